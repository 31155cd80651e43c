package dev.fairlead.linux;

import java.net.InetAddress;

/**
 * An address with a prefix length, {@code 10.112.1.0/24}. Never asks DNS.
 *
 * @param address four or sixteen bytes
 */
record Cidr(byte[] address, int prefix) {
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;

  /**
   * @param text with or without a prefix; {@code default} is 0.0.0.0/0
   * @throws IllegalArgumentException naming the text
   */
  static Cidr parse(String text) {
    if (text.equals("default")) {
      return new Cidr(new byte[4], 0);
    }
    int slash = text.indexOf('/');
    byte[] address = address(slash < 0 ? text : text.substring(0, slash));
    int bits = address.length * 8;
    int prefix = slash < 0 ? bits : number(text, slash);
    if (prefix < 0 || prefix > bits) {
      throw new IllegalArgumentException(text + ": the prefix must be 0 to " + bits);
    }
    return new Cidr(address, prefix);
  }

  private static int number(String text, int slash) {
    try {
      return Integer.parseInt(text.substring(slash + 1));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(text + ": the prefix is not a number", e);
    }
  }

  private static byte[] address(String text) {
    return InetAddress.ofLiteral(text).getAddress();
  }

  int family() {
    return address.length == 4 ? AF_INET : AF_INET6;
  }
}
