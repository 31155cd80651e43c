package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.net.Ip;
import dev.fairlead.apiserver.registry.meta.Names;
import java.util.ArrayList;
import java.util.List;

/** {@code status.loadBalancer}, which Ingresses and Services have in common. */
final class LoadBalancerStatus {
  private LoadBalancerStatus() {}

  static List<FieldError> validate(JsonNode balancer) {
    List<FieldError> errors = new ArrayList<>();
    int index = 0;
    for (JsonNode ingress : balancer.path("ingress")) {
      point(ingress, "status.loadBalancer.ingress[%d]".formatted(index++), errors);
    }
    return errors;
  }

  private static void point(JsonNode ingress, String path, List<FieldError> errors) {
    String ip = ingress.path("ip").asText("");
    if (!ip.isEmpty()) {
      IpValidation.legacyIp(ip)
          .ifPresent(why -> errors.add(FieldError.invalid(path + ".ip", ip, why)));
    }
    String host = ingress.path("hostname").asText("");
    if (host.isEmpty()) {
      return;
    }
    Names.dnsSubdomain(host)
        .ifPresent(why -> errors.add(FieldError.invalid(path + ".hostname", host, why)));
    if (Ip.parse(host).isPresent()) {
      errors.add(
          FieldError.invalid(path + ".hostname", host, "must be a DNS name, not an IP address"));
    }
  }
}
