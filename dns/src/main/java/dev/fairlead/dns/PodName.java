package dev.fairlead.dns;

/** Reads pod names: {@code 10-112-1-5.default.pod.cluster.local}. */
final class PodName {
  /** The name is a namespace's, not a pod's. */
  static final long NAMESPACE = -2;

  /** The name is neither. */
  static final long NONE = -1;

  private PodName() {}

  /**
   * The address that a name spells.
   *
   * @param pods the name above all pod names, which {@code name} lies below
   * @return the address as an unsigned number, {@link #NAMESPACE} or {@link #NONE}
   */
  static long address(WireName name, WireName pods) {
    int below = name.length() - pods.length();
    int first = name.at(0) + 1;
    if (first == below) {
      return NAMESPACE;
    }
    int second = first + name.at(first) + 1;
    return second == below ? parse(name.label(0)) : NONE;
  }

  private static long parse(String label) {
    String[] parts = label.split("-", -1);
    if (parts.length != 4) {
      return NONE;
    }
    long address = 0;
    for (String part : parts) {
      if (part.isEmpty()
          || part.length() > 3
          || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return NONE;
      }
      int octet = Integer.parseInt(part);
      if (octet > 255) {
        return NONE;
      }
      address = (address << 8) | octet;
    }
    return address;
  }
}
