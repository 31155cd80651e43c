package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.net.Cidr;
import dev.fairlead.api.net.Ip;
import dev.fairlead.apiserver.registry.Trees;
import java.util.ArrayList;
import java.util.List;

/** What whoever writes a Service should hear (upstream {@code pkg/api/service/warnings.go}). */
final class ServiceWarnings {
  private static final String HINTS = "service.kubernetes.io/topology-aware-hints";
  private static final String MODE = "service.kubernetes.io/topology-mode";

  private ServiceWarnings() {}

  static List<String> of(Document service) {
    JsonNode spec = service.spec();
    List<String> warnings = new ArrayList<>();
    if (service.meta().annotations().containsKey(HINTS)) {
      warnings.add("annotation %s is deprecated, please use %s instead".formatted(HINTS, MODE));
    }
    boolean headless = Trees.text(spec, "clusterIP").equals("None");
    if (headless && Trees.text(spec, "type").equals("ClusterIP")) {
      headless(spec, warnings);
    }
    addresses(spec, "clusterIPs", warnings);
    addresses(spec, "externalIPs", warnings);
    address(Trees.text(spec, "loadBalancerIP"), "spec.loadBalancerIP", warnings);
    ranges(spec, warnings);
    boolean external = Trees.text(spec, "type").equals("ExternalName");
    if (external && !spec.path("externalIPs").isEmpty()) {
      warnings.add("spec.externalIPs is ignored when spec.type is \"ExternalName\"");
    }
    if (!external && !Trees.text(spec, "externalName").isEmpty()) {
      warnings.add("spec.externalName is ignored when spec.type is not \"ExternalName\"");
    }
    return warnings;
  }

  private static void headless(JsonNode spec, List<String> warnings) {
    if (!Trees.text(spec, "loadBalancerIP").isEmpty()) {
      warnings.add("spec.loadBalancerIP is ignored for headless services");
    }
    if (!spec.path("externalIPs").isEmpty()) {
      warnings.add("spec.externalIPs is ignored for headless services");
    }
    if (!Trees.text(spec, "sessionAffinity").equals("None")) {
      warnings.add("spec.SessionAffinity is ignored for headless services");
    }
  }

  private static void addresses(JsonNode spec, String field, List<String> warnings) {
    for (int i = 0; i < spec.path(field).size(); i++) {
      address(spec.path(field).get(i).asText(), "spec.%s[%d]".formatted(field, i), warnings);
    }
  }

  /** Only IPv6 has spellings that are good and not canonical. */
  private static void address(String text, String path, List<String> warnings) {
    Ip.parse(text)
        .filter(ip -> !ip.text().equals(text))
        .ifPresent(ip ->
            warnings.add(
                "%s: IPv6 address \"%s\" should be in RFC 5952 canonical format (\"%s\")"
                    .formatted(path, text, ip.text())));
  }

  private static void ranges(JsonNode spec, List<String> warnings) {
    JsonNode ranges = spec.path("loadBalancerSourceRanges");
    for (int i = 0; i < ranges.size(); i++) {
      String text = ranges.get(i).asText();
      String path = "spec.loadBalancerSourceRanges[%d]".formatted(i);
      Cidr.parse(text)
          .filter(range -> !range.text().equals(text))
          .ifPresent(range ->
              warnings.add(
                  "%s: IPv6 CIDR value \"%s\" should be in RFC 5952 canonical format (\"%s\")"
                      .formatted(path, text, range.text())));
    }
  }
}
