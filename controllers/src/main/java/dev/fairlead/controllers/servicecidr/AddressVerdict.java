package dev.fairlead.controllers.servicecidr;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.net.Ip;
import dev.fairlead.api.view.IpAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a cluster IP and its IPAddress object point at each other. Pure; the words are upstream's
 * ({@code ipallocator/controller/repairip.go}).
 */
sealed interface AddressVerdict {
  /** They do, or nothing can be done here. */
  record Fine() implements AddressVerdict {}

  /** The Service's administrator has to act. */
  record Complain(String reason, String message) implements AddressVerdict {}

  /** The object is missing. */
  record Create(String message) implements AddressVerdict {}

  /** The object is wrong and made anew; an empty message says nothing. */
  record Recreate(String message) implements AddressVerdict {}

  /**
   * Judges one cluster IP of a Service.
   *
   * @param inRange whether it is in any ServiceCIDR
   * @param address its object; null when there is none
   * @param holder the Service that the object names, when that is another; null when it is gone
   */
  static AddressVerdict ofService(
      Document service,
      Ip ip,
      boolean inRange,
      @Nullable Document address,
      @Nullable Document holder) {
    String family = ip.family().name();
    String shown = ip.text();
    if (!inRange) {
      return new Complain(
          "ClusterIPOutOfRange",
          "Cluster IP [%s]: %s is not within any configured Service CIDR; please recreate service"
              .formatted(family, shown));
    }
    if (address == null) {
      return new Create("Cluster IP [%s]: %s is not allocated; repairing".formatted(family, shown));
    }
    IpAddress object = IpAddress.of(address);
    boolean own = object.ofService() && object.parent().equals(service.key());
    if (own) {
      return object.labelled() ? new Fine() : new Recreate("");
    }
    if (object.ofService() && holder != null && clusterIps(holder).contains(shown)) {
      return new Complain(
          "ClusterIPAlreadyAllocated",
          "Cluster IP [%s]:%s was assigned to multiple services; please recreate service"
              .formatted(family, shown));
    }
    return new Recreate(
        "the ClusterIP [%s]: %s for Service %s has a wrong reference; repairing"
            .formatted(family, shown, service.key()));
  }

  /** The cluster IPs of a Service, in canonical form. */
  static List<String> clusterIps(Document service) {
    List<String> all = new ArrayList<>();
    for (JsonNode each : service.spec().path("clusterIPs")) {
      if (!each.asText().equals("None")) {
        all.add(Ip.canonical(each.asText()));
      }
    }
    return all;
  }
}
