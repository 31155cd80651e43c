package dev.fairlead.cluster;

import dev.fairlead.api.net.Cidr;
import dev.fairlead.api.net.Ip;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Which ranges of cluster IPs this machine routes, and which it had better not. Pure. */
final class ServiceNetworks {
  /** Where nothing of the internet is: RFC 1918, 6598 and 2544. */
  private static final List<Cidr> PRIVATE =
      List.of(
          cidr("10.0.0.0/8"),
          cidr("172.16.0.0/12"),
          cidr("192.168.0.0/16"),
          cidr("100.64.0.0/10"),
          cidr("198.18.0.0/15"));

  private ServiceNetworks() {}

  /** The IPv4 ranges without those that lie within another. */
  static List<Cidr> outermost(Collection<Cidr> ranges) {
    List<Cidr> kept = new ArrayList<>();
    ranges.stream()
        .filter(range -> range.family() == Ip.Family.IPv4)
        .sorted((a, b) -> Integer.compare(a.prefix(), b.prefix()))
        .filter(range -> kept.stream().noneMatch(wider -> wider.contains(range)))
        .forEach(kept::add);
    return kept;
  }

  /**
   * Why a range gets no route here; empty when it gets one. A route to it would take addresses away
   * from whoever has them now.
   *
   * @param taken the networks of nodes, pods and load balancers
   */
  static Optional<String> objection(Cidr range, Collection<Cidr> taken) {
    if (PRIVATE.stream().noneMatch(each -> each.contains(range))) {
      return Optional.of("it is not private");
    }
    return taken.stream()
        .filter(range::overlaps)
        .findFirst()
        .map(each -> "it overlaps " + each.text());
  }

  private static Cidr cidr(String text) {
    return Cidr.parse(text).orElseThrow();
  }
}
