package dev.fairlead.proxy;

import java.util.regex.Pattern;

/**
 * Tells IPv4 literals from everything else. Nothing else may reach nft's language: nft would look a
 * host name up in DNS.
 */
final class Ipv4 {
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern ADDRESS = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern RANGE = Pattern.compile(ADDRESS.pattern() + "(/(3[0-2]|[12]?\\d))?");

  private Ipv4() {}

  static boolean isAddress(String text) {
    return ADDRESS.matcher(text).matches();
  }

  /** An address with or without a prefix length. */
  static boolean isRange(String text) {
    return RANGE.matcher(text).matches();
  }
}
