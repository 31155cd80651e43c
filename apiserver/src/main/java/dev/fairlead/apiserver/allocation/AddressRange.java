package dev.fairlead.apiserver.allocation;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * An IPv4 range of cluster IPs. Number 0 is its first usable address; the network's own and the
 * broadcast address are never handed out.
 */
final class AddressRange {
  private final String cidr;
  private final int base;
  private final int size;

  private AddressRange(String cidr, int base, int size) {
    this.cidr = cidr;
    this.base = base;
    this.size = size;
  }

  /**
   * Reads {@code 10.115.240.0/20}.
   *
   * @throws IllegalArgumentException when it is no IPv4 range of /8 to /30
   */
  static AddressRange parse(String cidr) {
    String[] parts = cidr.split("/", -1);
    Optional<Integer> address = Ipv4.parse(parts[0]);
    int prefix = parts.length == 2 && parts[1].matches("\\d{1,2}") ? Integer.parseInt(parts[1]) : 0;
    if (address.isEmpty() || prefix < 8 || prefix > 30) {
      throw new IllegalArgumentException("not an IPv4 range from /8 to /30: " + cidr);
    }
    int hosts = 1 << (32 - prefix);
    return new AddressRange(cidr, address.get() & -hosts, hosts - 2);
  }

  String cidr() {
    return cidr;
  }

  /** How many addresses can be handed out. */
  int size() {
    return size;
  }

  /** The addresses of the lower band, kept for those who ask for one: as KEP-3070. */
  int lowerBand() {
    int hosts = size + 2;
    int band = Math.min(Math.max(16, hosts / 16), 256);
    return size <= 16 ? 0 : Math.min(band, size);
  }

  String address(int number) {
    return Ipv4.text(base + 1 + number);
  }

  /** The number of an address; empty when it is outside of the range. */
  OptionalInt number(String address) {
    Optional<Integer> value = Ipv4.parse(address);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    long number = Integer.toUnsignedLong(value.get()) - Integer.toUnsignedLong(base) - 1;
    return number >= 0 && number < size ? OptionalInt.of((int) number) : OptionalInt.empty();
  }
}
