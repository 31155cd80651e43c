package dev.fairlead.apiserver.allocation;

import java.util.Optional;
import java.util.regex.Pattern;

/** IPv4 addresses as numbers and as text. No names are ever looked up. */
final class Ipv4 {
  private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern SHAPE = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");

  private Ipv4() {}

  /** The address as 32 bits; empty when the text is none. */
  public static Optional<Integer> parse(String text) {
    if (!SHAPE.matcher(text).matches()) {
      return Optional.empty();
    }
    int value = 0;
    for (String part : text.split("\\.", -1)) {
      value = (value << 8) | Integer.parseInt(part);
    }
    return Optional.of(value);
  }

  /** Whether the text is an address in its usual form. */
  public static boolean isAddress(String text) {
    return parse(text).isPresent();
  }

  static String text(int value) {
    return "%d.%d.%d.%d"
        .formatted(value >>> 24, value >>> 16 & 255, value >>> 8 & 255, value & 255);
  }
}
