package dev.fairlead.cluster;

/**
 * An IPv4 network.
 *
 * @param first its first address as an unsigned number
 * @param prefix length in bits, 0 to 32
 */
record Ipv4Network(long first, int prefix) {
  private static final String FORM =
      "(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}/(3[0-2]|[12]?\\d)";

  /**
   * Parses {@code 10.115.240.0/20}.
   *
   * @throws IllegalArgumentException with a sentence, also when the address is not the network's
   *     first
   */
  static Ipv4Network parse(String text) {
    if (!text.matches(FORM)) {
      throw new IllegalArgumentException(
          "\"%s\" is not an IPv4 network such as 10.115.240.0/20".formatted(text));
    }
    int slash = text.indexOf('/');
    long address = 0;
    for (String octet : text.substring(0, slash).split("\\.", -1)) {
      address = address << 8 | Integer.parseInt(octet);
    }
    Ipv4Network network = new Ipv4Network(address, Integer.parseInt(text.substring(slash + 1)));
    if (address % network.size() != 0) {
      throw new IllegalArgumentException(
          "\"%s\" has bits set after its prefix; did you mean %s?"
              .formatted(text, network.at(-(address % network.size())) + text.substring(slash)));
    }
    return network;
  }

  long size() {
    return 1L << (32 - prefix);
  }

  boolean overlaps(Ipv4Network other) {
    return first < other.first + other.size() && other.first < first + size();
  }

  /** The address that lies {@code offset} after the first, dotted. */
  String at(long offset) {
    long address = first + offset;
    return "%d.%d.%d.%d"
        .formatted(address >> 24 & 255, address >> 16 & 255, address >> 8 & 255, address & 255);
  }
}
