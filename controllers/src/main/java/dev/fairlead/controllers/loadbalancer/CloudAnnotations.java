package dev.fairlead.controllers.loadbalancer;

import dev.fairlead.api.Document;
import dev.fairlead.api.net.Ip;
import java.util.List;
import java.util.Map;

/**
 * The annotations by which the big clouds are asked for an internal load balancer or for a certain
 * address. All are understood, so manifests made for one of them work here. Pure.
 */
final class CloudAnnotations {
  /** An annotation that asks for something when it has this value; case does not matter. */
  private record Switch(String name, String value) {}

  private static final List<Switch> INTERNAL =
      List.of(
          new Switch("fairlead.dev/load-balancer-internal", "true"),
          new Switch("service.beta.kubernetes.io/azure-load-balancer-internal", "true"),
          new Switch("service.beta.kubernetes.io/aws-load-balancer-internal", "true"),
          new Switch("service.beta.kubernetes.io/aws-load-balancer-internal", "0.0.0.0/0"),
          new Switch("service.beta.kubernetes.io/aws-load-balancer-scheme", "internal"),
          new Switch(
              "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type", "intranet"),
          new Switch("cloud.google.com/load-balancer-type", "Internal"),
          new Switch("networking.gke.io/load-balancer-type", "Internal"));

  private static final List<String> FIXED_ADDRESS =
      List.of(
          "fairlead.dev/load-balancer-ip",
          "service.beta.kubernetes.io/azure-load-balancer-ipv4",
          "service.beta.kubernetes.io/aws-load-balancer-private-ipv4-addresses",
          "metallb.io/loadBalancerIPs");

  private CloudAnnotations() {}

  /** Whether an internal load balancer is asked for. */
  static boolean internal(Map<String, String> annotations) {
    return INTERNAL.stream()
        .anyMatch(each -> each.value().equalsIgnoreCase(annotations.get(each.name())));
  }

  /** The address asked for: {@code spec.loadBalancerIP}, else the first annotation; or empty. */
  static String fixedAddress(Document service) {
    String field = service.spec().path("loadBalancerIP").asText("").strip();
    if (!field.isEmpty()) {
      return Ip.canonical(field);
    }
    return FIXED_ADDRESS.stream()
        .map(name -> service.meta().annotations().getOrDefault(name, "").strip())
        .filter(value -> !value.isEmpty())
        .findFirst()
        .orElse("");
  }
}
