package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.net.Ip;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.IpValidation;
import dev.fairlead.apiserver.registry.rules.IpWarnings;
import java.util.ArrayList;
import java.util.List;

/** {@code status.loadBalancer}, which Ingresses and Services have in common. */
final class LoadBalancerStatus {
  private static final List<String> MODES = List.of("Proxy", "VIP");

  private LoadBalancerStatus() {}

  /** A Service's: a load balancer for those of that type only, and how its address is reached. */
  static List<FieldError> ofService(Document service) {
    JsonNode ingress = service.status().path("loadBalancer").path("ingress");
    if (ingress.isEmpty()) {
      return List.of();
    }
    if (!service.spec().path("type").asText().equals("LoadBalancer")) {
      return List.of(
          FieldError.forbidden(
              "status.loadBalancer.ingress",
              "may only be used when `spec.type` is \"LoadBalancer\""));
    }
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < ingress.size(); i++) {
      String path = "status.loadBalancer.ingress[%d]".formatted(i);
      point(ingress.get(i), path, errors);
      mode(ingress.get(i), path + ".ipMode", errors);
    }
    return errors;
  }

  private static void mode(JsonNode ingress, String path, List<FieldError> errors) {
    boolean address = !ingress.path("ip").asText("").isEmpty();
    String mode = ingress.path("ipMode").asText("");
    if (ingress.has("ipMode") && !address) {
      errors.add(FieldError.forbidden(path, "may not be specified when `ip` is not set"));
    } else if (ingress.has("ipMode") && !MODES.contains(mode)) {
      errors.add(FieldError.notSupported(path, mode, MODES));
    }
  }

  /** Of addresses that not all programs read alike. Upstream names the entry, not the field. */
  static List<String> warnings(Document object) {
    List<String> warnings = new ArrayList<>();
    JsonNode ingress = object.status().path("loadBalancer").path("ingress");
    FieldPath path = FieldPath.of("status.loadBalancer.ingress");
    for (int i = 0; i < ingress.size(); i++) {
      IpWarnings.address(Trees.text(ingress.get(i), "ip"), path.index(i), warnings);
    }
    return warnings;
  }

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
          .forEach(why -> errors.add(FieldError.invalid(path + ".ip", ip, why)));
    }
    String host = ingress.path("hostname").asText("");
    if (host.isEmpty()) {
      return;
    }
    Names.dnsSubdomain(host)
        .forEach(why -> errors.add(FieldError.invalid(path + ".hostname", host, why)));
    if (Ip.parseLegacy(host).isPresent()) {
      errors.add(
          FieldError.invalid(path + ".hostname", host, "must be a DNS name, not an IP address"));
    }
  }
}
