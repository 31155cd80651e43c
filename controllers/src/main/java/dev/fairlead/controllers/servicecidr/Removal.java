package dev.fairlead.controllers.servicecidr;

import dev.fairlead.api.net.Ip;
import dev.fairlead.api.view.IpAddress;
import dev.fairlead.api.view.ServiceCidr;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Whether a range that is being deleted can go. Pure. */
final class Removal {
  private Removal() {}

  /**
   * The address that would be left without a range; empty when there is none.
   *
   * @param going the ServiceCIDR to go
   * @param all every ServiceCIDR; those being deleted hold nothing for others
   * @param addresses every IPAddress
   */
  static Optional<String> orphan(
      ServiceCidr going, Collection<ServiceCidr> all, Collection<IpAddress> addresses) {
    List<ServiceCidr> staying =
        all.stream().filter(each -> !each.name().equals(going.name()) && !each.deleting()).toList();
    if (going.coveredBy(staying)) {
      return Optional.empty();
    }
    return addresses.stream()
        .filter(IpAddress::managed)
        .map(IpAddress::name)
        .filter(name -> Ip.parse(name).filter(ip -> orphaned(ip, going, staying)).isPresent())
        .findFirst();
  }

  private static boolean orphaned(Ip ip, ServiceCidr going, List<ServiceCidr> staying) {
    return going.contains(ip) && staying.stream().noneMatch(each -> each.contains(ip));
  }
}
