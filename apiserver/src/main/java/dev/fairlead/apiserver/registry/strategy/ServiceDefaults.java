package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.apiserver.allocation.ServiceNeeds;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.Defaults;

/** Defaults of a Service's spec (upstream {@code pkg/apis/core/v1/defaults.go}). */
final class ServiceDefaults {
  private static final int AFFINITY_SECONDS = 10_800;

  private ServiceDefaults() {}

  static void apply(ObjectNode spec) {
    Defaults.put(spec, "type", "ClusterIP");
    Defaults.put(spec, "sessionAffinity", "None");
    affinity(spec);
    spec.path("ports").forEach(port -> port((ObjectNode) port));
    String type = ServiceNeeds.type(spec);
    if (ServiceNeeds.externallyAccessible(spec)) {
      Defaults.put(spec, "externalTrafficPolicy", "Cluster");
    }
    if (!type.equals("ExternalName")) {
      Defaults.put(spec, "internalTrafficPolicy", "Cluster");
    }
    if (type.equals("LoadBalancer") && !spec.has("allocateLoadBalancerNodePorts")) {
      spec.put("allocateLoadBalancerNodePorts", true);
    }
    addresses(spec);
  }

  /** The address families: after old values were carried over. */
  static void families(ObjectNode spec) {
    if (ServiceNeeds.type(spec).equals("ExternalName")) {
      return;
    }
    boolean free = ServiceNeeds.headless(spec) && spec.path("selector").isEmpty();
    Defaults.put(spec, "ipFamilyPolicy", free ? "RequireDualStack" : "SingleStack");
    ArrayNode families = spec.withArray("ipFamilies");
    if (families.isEmpty()) {
      families.add("IPv4");
    }
    boolean single = spec.path("ipFamilyPolicy").asText().equals("SingleStack");
    if (free && families.size() == 1 && !single) {
      families.add(families.get(0).asText().equals("IPv4") ? "IPv6" : "IPv4");
    }
  }

  private static void affinity(ObjectNode spec) {
    if (spec.path("sessionAffinity").asText().equals("None")) {
      spec.remove("sessionAffinityConfig");
    }
    if (spec.path("sessionAffinity").asText().equals("ClientIP")) {
      ObjectNode client = Trees.child(Trees.child(spec, "sessionAffinityConfig"), "clientIP");
      Defaults.put(client, "timeoutSeconds", AFFINITY_SECONDS);
    }
  }

  private static void port(ObjectNode port) {
    Defaults.put(port, "protocol", "TCP");
    JsonNode target = port.path("targetPort");
    boolean none =
        target.isMissingNode() || target.asText().isEmpty() || target.asText().equals("0");
    if (none && port.path("port").isNumber()) {
      port.set("targetPort", port.get("port"));
    }
  }

  /** {@code clusterIP} and {@code clusterIPs[0]} are the same thing, old and new. */
  private static void addresses(ObjectNode spec) {
    String one = spec.path("clusterIP").asText("");
    boolean many = !spec.path("clusterIPs").isEmpty();
    if (!one.isEmpty() && !many) {
      spec.putArray("clusterIPs").add(one);
    } else if (one.isEmpty() && many) {
      spec.put("clusterIP", spec.path("clusterIPs").get(0).asText());
    }
  }
}
