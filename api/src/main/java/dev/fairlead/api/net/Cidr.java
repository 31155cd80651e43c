package dev.fairlead.api.net;

import dev.fairlead.api.net.Ip.Family;
import java.util.Optional;

/**
 * A range of addresses.
 *
 * @param address the address before the slash, with all of its bits
 * @param prefix how many leading bits the addresses of the range share
 */
public record Cidr(Ip address, int prefix) {
  /** What stands before an IPv4 address in one of IPv6. */
  private static final int MAPPED_BITS = 96;

  /** The range of a text such as {@code 10.0.0.0/8}; empty when it is none. */
  public static Optional<Cidr> parse(String text) {
    int slash = text.indexOf('/');
    String length = text.substring(slash + 1);
    if (slash < 0 || !length.matches("0|[1-9]\\d{0,2}")) {
      return Optional.empty();
    }
    int prefix = Integer.parseInt(length);
    return Ip.parse(text.substring(0, slash))
        .filter(ip -> prefix <= ip.family().bits())
        .map(ip -> new Cidr(ip, prefix));
  }

  /**
   * The range of a text as Go once read it, and the API's old fields still do (KEP-4858): zeros
   * before a number mean nothing. An IPv4 address written as one of IPv6 keeps its prefix of 128.
   */
  public static Optional<Cidr> parseLegacy(String text) {
    return parse(Ip.withoutSurplusZeros(text));
  }

  /**
   * The canonical form of a range that an old field has, without spaces around it; the text itself
   * where it is none.
   */
  public static String canonical(String text) {
    String bare = text.strip();
    return parseLegacy(bare).map(range -> range.unmapped().text()).orElse(bare);
  }

  /** The range of IPv4 where this is one written as IPv6; else itself. */
  public Cidr unmapped() {
    boolean whole = address.isMapped() && prefix >= MAPPED_BITS;
    return whole ? new Cidr(address.unmapped(), prefix - MAPPED_BITS) : this;
  }

  public Family family() {
    return address.family();
  }

  /** The first address of the range. */
  public Ip first() {
    return address.masked(prefix);
  }

  /** Whether an address, of the same family, is in the range. */
  public boolean contains(Ip ip) {
    return ip.family() == family() && ip.masked(prefix).equals(first());
  }

  /** Whether all of another range is in this one. */
  public boolean contains(Cidr other) {
    return prefix <= other.prefix && contains(other.address);
  }

  /** Whether any address is in both. */
  public boolean overlaps(Cidr other) {
    return contains(other) || other.contains(this);
  }

  /** The range in its canonical form, its first address before the slash. */
  public String text() {
    return first().text() + "/" + prefix;
  }
}
