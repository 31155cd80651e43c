package dev.fairlead.apiserver.allocation;

import dev.fairlead.api.net.Cidr;
import dev.fairlead.api.net.Ip;

/** Well-known addresses of a range of cluster IPs. */
public final class ClusterAddresses {
  private static final int PREFIX_MIN = 8;
  private static final int PREFIX_MAX = 30;

  private ClusterAddresses() {}

  /**
   * The first address of a range, which belongs to the Service {@code kubernetes}.
   *
   * @throws IllegalArgumentException when the range is no IPv4 range of /8 to /30
   */
  public static String first(String cidr) {
    Ip base = range(cidr).first();
    return new Ip(base.family(), 0, base.low() + 1).text();
  }

  /** The range that a server is started with. */
  static Cidr range(String cidr) {
    return Cidr.parse(cidr)
        .filter(each -> each.family() == Ip.Family.IPv4)
        .filter(each -> each.prefix() >= PREFIX_MIN && each.prefix() <= PREFIX_MAX)
        .orElseThrow(
            () -> new IllegalArgumentException("not an IPv4 range from /8 to /30: " + cidr));
  }
}
