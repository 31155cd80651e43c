package dev.fairlead.api.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IP address as a number.
 *
 * @param high the first 64 bits of an IPv6 address; 0 for IPv4
 * @param low the last 64 bits; of an IPv4 address its 32
 */
public record Ip(Family family, long high, long low) {
  private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern V4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
  private static final Pattern SURPLUS_ZEROS = Pattern.compile("(?<![0-9a-fA-F])0+(?=[0-9a-fA-F])");
  private static final Pattern V6 =
      Pattern.compile("(?!.*[0-9a-fA-F]{5})[0-9a-fA-F:]{2,39}(" + V4 + ")?");

  /** The two families, by the names of the API's {@code IPFamily}. */
  public enum Family {
    IPv4(32),
    IPv6(128);

    private final int bits;

    Family(int bits) {
      this.bits = bits;
    }

    /** The length of an address. */
    public int bits() {
      return bits;
    }
  }

  /** The address of a text; empty when it is none. Zones and leading zeros of IPv4 are refused. */
  public static Optional<Ip> parse(String text) {
    if (V4.matcher(text).matches()) {
      return Optional.of(new Ip(Family.IPv4, 0, v4(text)));
    }
    if (!text.contains(":") || !V6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      InetAddress parsed = Inet6Address.ofLiteral(text);
      byte[] bytes = parsed.getAddress();
      return Optional.of(bytes.length == 4 ? mapped(bytes) : v6(bytes));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * The address of a text as Go once read it, and the API's old fields still do (KEP-4858): zeros
   * before a number mean nothing, and an IPv4 address written as one of IPv6 is one of IPv4.
   */
  public static Optional<Ip> parseLegacy(String text) {
    return parse(withoutSurplusZeros(text)).map(Ip::unmapped);
  }

  /**
   * The canonical form of what an old field has, so that nobody further on has to know the other
   * forms; the text itself where it is no address.
   */
  public static String canonical(String text) {
    boolean usual = text.indexOf(':') < 0 && !hasSurplusZeros(text);
    return usual ? text : parseLegacy(text).map(Ip::text).orElse(text);
  }

  static String withoutSurplusZeros(String text) {
    return SURPLUS_ZEROS.matcher(text).replaceAll("");
  }

  /** Whether a zero stands where a number of IPv4 begins and goes on. */
  private static boolean hasSurplusZeros(String text) {
    for (int i = 0; i + 1 < text.length(); i++) {
      boolean begins = text.charAt(i) == '0' && (i == 0 || text.charAt(i - 1) == '.');
      if (begins && text.charAt(i + 1) != '.') {
        return true;
      }
    }
    return false;
  }

  /** The IPv4 address where this is one written as IPv6; else itself. */
  public Ip unmapped() {
    return isMapped() ? new Ip(Family.IPv4, 0, low & 0xffffffffL) : this;
  }

  /** Whether this is an IPv4 address written as {@code ::ffff:1.2.3.4}. */
  public boolean isMapped() {
    return family == Family.IPv6 && high == 0 && low >>> 32 == 0xffff;
  }

  /** The address in its canonical form, for IPv6 that of RFC 5952. */
  public String text() {
    if (family == Family.IPv4) {
      return v4Text(low);
    }
    return isMapped() ? "::ffff:" + v4Text(low & 0xffffffffL) : V6Text.of(high, low);
  }

  /** The bits after the first {@code prefix} set to zero. */
  Ip masked(int prefix) {
    if (family == Family.IPv4) {
      return new Ip(family, 0, low & mask(prefix + 32) & 0xffffffffL);
    }
    return new Ip(family, high & mask(prefix), low & mask(prefix - 64));
  }

  /** The first {@code bits} of 64 set. */
  private static long mask(int bits) {
    if (bits <= 0) {
      return 0;
    }
    return bits >= 64 ? -1 : -1L << (64 - bits);
  }

  private static long v4(String text) {
    long value = 0;
    for (String part : text.split("\\.", -1)) {
      value = value << 8 | Integer.parseInt(part);
    }
    return value;
  }

  private static String v4Text(long value) {
    return "%d.%d.%d.%d"
        .formatted(value >> 24 & 255, value >> 16 & 255, value >> 8 & 255, value & 255);
  }

  private static Ip v6(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new Ip(Family.IPv6, buffer.getLong(), buffer.getLong());
  }

  /** Java reads mapped addresses as IPv4; the API keeps them apart. */
  private static Ip mapped(byte[] bytes) {
    long value = Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt());
    return new Ip(Family.IPv6, 0, 0xffffL << 32 | value);
  }
}
