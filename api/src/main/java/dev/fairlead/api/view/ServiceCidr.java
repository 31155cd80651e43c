package dev.fairlead.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.net.Cidr;
import dev.fairlead.api.net.Ip;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What Fairlead reads of a ServiceCIDR (API: {@code networking.k8s.io/v1 ServiceCIDR}, KEP-1880).
 *
 * @param cidrs the ranges that cluster IPs come from; what cannot be read is left out
 * @param deleting whether its deletion was asked for: no new address comes from it
 * @param ready false only when its condition {@code Ready} says so
 */
public record ServiceCidr(String name, List<Cidr> cidrs, boolean deleting, boolean ready) {
  /** The name of the one that the range given at start becomes. */
  public static final String DEFAULT_NAME = "kubernetes";

  /** Keeps a ServiceCIDR until nothing needs it any more. */
  public static final String FINALIZER = "networking.k8s.io/service-cidr-finalizer";

  public ServiceCidr {
    cidrs = List.copyOf(cidrs);
  }

  /** Reads a ServiceCIDR's document. */
  public static ServiceCidr of(Document document) {
    List<Cidr> cidrs = new ArrayList<>();
    for (JsonNode each : document.spec().path("cidrs")) {
      Cidr.parse(each.asText()).ifPresent(cidrs::add);
    }
    return new ServiceCidr(
        document.name(), cidrs, document.meta().deleting(), ready(document.status()));
  }

  /** Whether new addresses may come from it. */
  public boolean usable() {
    return ready && !deleting;
  }

  /** Whether an address is in one of its ranges. */
  public boolean contains(Ip ip) {
    return cidrs.stream().anyMatch(cidr -> cidr.contains(ip));
  }

  /** Whether any address is in this and in another one. */
  public boolean overlaps(ServiceCidr other) {
    return cidrs.stream().anyMatch(cidr -> other.cidrs.stream().anyMatch(cidr::overlaps));
  }

  /** Whether each of its ranges is within one of the others'. */
  public boolean coveredBy(Collection<ServiceCidr> others) {
    return cidrs.stream()
        .allMatch(cidr ->
            others.stream()
                .flatMap(other -> other.cidrs.stream())
                .anyMatch(other -> other.contains(cidr)));
  }

  private static boolean ready(JsonNode status) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return condition.path("status").asText().equals("True");
      }
    }
    return true;
  }
}
