package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.IpWarnings;
import java.util.ArrayList;
import java.util.List;

/** What whoever writes a Service should hear (upstream {@code pkg/api/service/warnings.go}). */
final class ServiceWarnings {
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final String HINTS = "service.kubernetes.io/topology-aware-hints";
  private static final String MODE = "service.kubernetes.io/topology-mode";

  private ServiceWarnings() {}

  static List<String> of(Document service) {
    JsonNode spec = service.spec();
    List<String> warnings = new ArrayList<>();
    if (service.meta().annotations().containsKey(HINTS)) {
      warnings.add("annotation %s is deprecated, please use %s instead".formatted(HINTS, MODE));
    }
    IpWarnings.addresses(spec.path("clusterIPs"), SPEC.child("clusterIPs"), warnings);
    boolean headless = Trees.text(spec, "clusterIP").equals("None");
    if (headless && Trees.text(spec, "type").equals("ClusterIP")) {
      headless(spec, warnings);
    }
    addresses(spec, warnings);
    boolean external = Trees.text(spec, "type").equals("ExternalName");
    if (external && !spec.path("externalIPs").isEmpty()) {
      warnings.add("spec.externalIPs is ignored when spec.type is \"ExternalName\"");
    }
    if (!external && !Trees.text(spec, "externalName").isEmpty()) {
      warnings.add("spec.externalName is ignored when spec.type is not \"ExternalName\"");
    }
    return warnings;
  }

  private static void addresses(JsonNode spec, List<String> warnings) {
    IpWarnings.addresses(spec.path("externalIPs"), SPEC.child("externalIPs"), warnings);
    String balancer = Trees.text(spec, "loadBalancerIP");
    IpWarnings.address(balancer, SPEC.child("loadBalancerIP"), warnings);
    JsonNode ranges = spec.path("loadBalancerSourceRanges");
    IpWarnings.ranges(ranges, SPEC.child("loadBalancerSourceRanges"), warnings);
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
}
