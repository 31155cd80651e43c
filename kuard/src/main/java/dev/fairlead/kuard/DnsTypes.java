package dev.fairlead.kuard;

import java.util.List;
import java.util.Locale;

/** Names of DNS numbers. */
final class DnsTypes {
  private static final List<String> RCODES =
      List.of("NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED");

  private DnsTypes() {}

  /**
   * The number of a record type.
   *
   * @throws IllegalArgumentException when the type is unknown
   */
  static int number(String type) {
    return switch (type.toUpperCase(Locale.ROOT)) {
      case "A" -> 1;
      case "NS" -> 2;
      case "CNAME" -> 5;
      case "SOA" -> 6;
      case "PTR" -> 12;
      case "MX" -> 15;
      case "TXT" -> 16;
      case "AAAA" -> 28;
      case "SRV" -> 33;
      case "ANY" -> 255;
      default -> throw new IllegalArgumentException("Unknown DNS type: " + type);
    };
  }

  static String name(int number) {
    return switch (number) {
      case 1 -> "A";
      case 2 -> "NS";
      case 5 -> "CNAME";
      case 6 -> "SOA";
      case 12 -> "PTR";
      case 15 -> "MX";
      case 16 -> "TXT";
      case 28 -> "AAAA";
      case 33 -> "SRV";
      case 41 -> "OPT";
      case 255 -> "ANY";
      default -> "TYPE" + number;
    };
  }

  static String rcode(int number) {
    return number < RCODES.size() ? RCODES.get(number) : "RCODE" + number;
  }
}
