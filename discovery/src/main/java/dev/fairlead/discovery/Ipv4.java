package dev.fairlead.discovery;

/** IPv4 addresses in dotted form. */
final class Ipv4 {
  private static final long INVALID = -1;

  private Ipv4() {}

  /** Whether the text is four numbers from 0 to 255 with dots between them. */
  static boolean valid(String address) {
    return number(address) != INVALID;
  }

  /** The address as an unsigned number, by which addresses are ordered; -1 when invalid. */
  static long number(String address) {
    long number = 0;
    int octets = 0;
    int octet = -1;
    for (int i = 0; i <= address.length(); i++) {
      char c = i < address.length() ? address.charAt(i) : '.';
      if (c == '.') {
        if (octet < 0 || ++octets > 4) {
          return INVALID;
        }
        number = number << 8 | octet;
        octet = -1;
      } else if (c >= '0' && c <= '9') {
        octet = Math.max(octet, 0) * 10 + (c - '0');
        if (octet > 255) {
          return INVALID;
        }
      } else {
        return INVALID;
      }
    }
    return octets == 4 ? number : INVALID;
  }
}
