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
