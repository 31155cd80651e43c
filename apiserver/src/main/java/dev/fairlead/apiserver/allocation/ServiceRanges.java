package dev.fairlead.apiserver.allocation;

import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.net.Cidr;
import dev.fairlead.api.net.Ip;
import dev.fairlead.api.view.ServiceCidr;
import dev.fairlead.apiserver.watch.Versions;
import dev.fairlead.store.Store.Compare;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The ranges that cluster IPs come from: those of every ServiceCIDR that is ready and not being
 * deleted. Until bootstrap has made the first ServiceCIDR, the range given at start stands for it.
 */
final class ServiceRanges {
  private final Cidr initial;
  private final Supplier<List<Document>> objects;

  /**
   * Ranges of these objects.
   *
   * @param initial an IPv4 range
   * @param objects the newest ServiceCIDRs that are known, by name
   */
  ServiceRanges(Cidr initial, Supplier<List<Document>> objects) {
    this.initial = initial;
    this.objects = objects;
  }

  /**
   * One range.
   *
   * @param unchanged what must hold on commit for an address of it to be taken: its ServiceCIDR is
   *     still the one that was seen
   */
  record Offer(ServiceRange range, List<Compare> unchanged) {}

  /** The ranges to take new addresses from. */
  List<Offer> usable() {
    List<Document> all = objects.get();
    if (all.isEmpty()) {
      return List.of(new Offer(new ServiceRange(initial), List.of()));
    }
    List<Offer> offers = new ArrayList<>();
    for (Document each : all) {
      ServiceCidr object = ServiceCidr.of(each);
      if (object.usable()) {
        object.cidrs().stream()
            .filter(cidr -> cidr.family() == Ip.Family.IPv4)
            .forEach(cidr -> offers.add(offer(cidr, each)));
      }
    }
    return offers;
  }

  private static Offer offer(Cidr cidr, Document object) {
    String key = Kinds.SERVICE_CIDR.storageKey(object.key());
    return new Offer(new ServiceRange(cidr), List.of(new Compare(key, Versions.of(object))));
  }
}
