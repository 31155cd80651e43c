package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.apiserver.allocation.ServiceNeeds;
import dev.fairlead.apiserver.registry.Trees;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What an update that does not speak of them does to allocated values: those still needed are kept,
 * those that the new type has no use for are dropped (upstream {@code
 * pkg/registry/core/service/strategy.go}, {@code storage.go}).
 */
final class ServiceCarryOver {
  private ServiceCarryOver() {}

  static void keep(JsonNode before, ObjectNode after) {
    followSingular(before, after);
    if (ServiceNeeds.clusterIp(before) && ServiceNeeds.clusterIp(after)) {
      if (after.path("clusterIP").asText("").isEmpty()) {
        Trees.take("clusterIP", before, after);
      }
      boolean same = after.path("clusterIP").equals(before.path("clusterIP"));
      if (after.path("clusterIPs").isEmpty() && same) {
        Trees.take("clusterIPs", before, after);
      }
    }
    if (!ServiceNeeds.type(after).equals("ExternalName")) {
      for (String field : new String[] {"ipFamilyPolicy", "ipFamilies"}) {
        if (!after.has(field) || (after.get(field).isArray() && after.get(field).isEmpty())) {
          Trees.take(field, before, after);
        }
      }
    }
    if (ServiceNeeds.mayHaveNodePorts(before) && ServiceNeeds.nodePorts(after)) {
      keepNodePorts(before, after);
    }
    boolean health =
        ServiceNeeds.healthCheckNodePort(before) && ServiceNeeds.healthCheckNodePort(after);
    if (health && after.path("healthCheckNodePort").asInt(0) == 0) {
      Trees.take("healthCheckNodePort", before, after);
    }
  }

  /** Who changes {@code clusterIP} alone means {@code clusterIPs[0]} too. */
  private static void followSingular(JsonNode before, ObjectNode after) {
    String address = after.path("clusterIP").asText("");
    boolean changed = !address.equals(before.path("clusterIP").asText(""));
    if (!changed || !after.path("clusterIPs").equals(before.path("clusterIPs"))) {
      return;
    }
    if (address.isEmpty()) {
      after.remove("clusterIPs");
    } else {
      after.putArray("clusterIPs").add(address);
    }
  }

  static void drop(JsonNode before, ObjectNode after) {
    if (ServiceNeeds.clusterIp(before) && !ServiceNeeds.clusterIp(after)) {
      boolean unchanged = after.path("clusterIP").equals(before.path("clusterIP"));
      if (unchanged && after.path("clusterIPs").equals(before.path("clusterIPs"))) {
        after.remove("clusterIP");
        after.remove("clusterIPs");
      }
    }
    if (ServiceNeeds.type(after).equals("ExternalName")) {
      for (String field : new String[] {"ipFamilyPolicy", "ipFamilies", "internalTrafficPolicy"}) {
        dropUnchanged(field, before, after);
      }
    }
    if (ServiceNeeds.mayHaveNodePorts(before) && !ServiceNeeds.mayHaveNodePorts(after)) {
      dropNodePorts(before, after);
    }
    if (ServiceNeeds.externallyAccessible(before) && !ServiceNeeds.externallyAccessible(after)) {
      dropUnchanged("externalTrafficPolicy", before, after);
    }
    if (ServiceNeeds.healthCheckNodePort(before) && !ServiceNeeds.healthCheckNodePort(after)) {
      dropUnchanged("healthCheckNodePort", before, after);
    }
    boolean balanced = ServiceNeeds.type(before).equals("LoadBalancer");
    if (balanced && !ServiceNeeds.type(after).equals("LoadBalancer")) {
      dropUnchanged("allocateLoadBalancerNodePorts", before, after);
      dropUnchanged("loadBalancerClass", before, after);
    }
  }

  private static void dropUnchanged(String field, JsonNode before, ObjectNode after) {
    if (after.path(field).equals(before.path(field))) {
      after.remove(field);
    }
  }

  private static void dropNodePorts(JsonNode before, ObjectNode after) {
    Set<Integer> old = nodePorts(before);
    if (!old.containsAll(nodePorts(after))) {
      return;
    }
    after.path("ports").forEach(port -> ((ObjectNode) port).remove("nodePort"));
  }

  private static void keepNodePorts(JsonNode before, ObjectNode after) {
    Set<Integer> used = nodePorts(before);
    used.retainAll(nodePorts(after));
    Map<String, Integer> byName = new HashMap<>();
    for (JsonNode port : before.path("ports")) {
      byName.put(port.path("name").asText(""), port.path("nodePort").asInt(0));
    }
    for (JsonNode port : after.path("ports")) {
      int old = byName.getOrDefault(port.path("name").asText(""), 0);
      if (port.path("nodePort").asInt(0) == 0 && old != 0 && used.add(old)) {
        ((ObjectNode) port).put("nodePort", old);
      }
    }
  }

  private static Set<Integer> nodePorts(JsonNode spec) {
    Set<Integer> ports = new HashSet<>();
    for (JsonNode port : spec.path("ports")) {
      if (port.path("nodePort").asInt(0) != 0) {
        ports.add(port.path("nodePort").asInt());
      }
    }
    return ports;
  }
}
