package dev.fairlead.controllers.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A node with what the scheduler reads of it, read once.
 *
 * @param taints those that it has, and the one that a node which is not ready is about to get
 * @param allocatable by name of the resource; empty when the node has not told yet
 * @param scored the same of CPU and memory
 */
record NodeInfo(
    Document node, List<Taint> taints, Map<String, BigDecimal> allocatable, Amounts scored) {
  static final String UNSCHEDULABLE = "node.kubernetes.io/unschedulable";
  static final String NOT_READY = "node.kubernetes.io/not-ready";
  private static final BigDecimal PODS_MAX = BigDecimal.valueOf(110);

  NodeInfo {
    taints = List.copyOf(taints);
    allocatable = Map.copyOf(allocatable);
  }

  static NodeInfo of(Document node) {
    Map<String, BigDecimal> allocatable = new HashMap<>();
    node.status()
        .path("allocatable")
        .properties()
        .forEach(each -> allocatable.put(each.getKey(), Requests.quantity(each.getValue())));
    return new NodeInfo(node, taints(node), allocatable, Amounts.of(allocatable));
  }

  String name() {
    return node.name();
  }

  Map<String, String> labels() {
    return node.meta().labels();
  }

  boolean unschedulable() {
    return node.spec().path("unschedulable").asBoolean(false);
  }

  long podsMax() {
    return allocatable.getOrDefault("pods", PODS_MAX).longValue();
  }

  /** A pod must not slip in between a node's trouble and its taint. */
  private static List<Taint> taints(Document node) {
    List<Taint> taints = new ArrayList<>();
    node.spec().path("taints").forEach(each -> taints.add(Taint.of(each)));
    boolean told = taints.stream().anyMatch(taint -> taint.key().startsWith("node.kubernetes.io/"));
    if (!ready(node) && !told) {
      taints.add(new Taint(NOT_READY, "", "NoSchedule"));
    }
    return taints;
  }

  static boolean ready(Document node) {
    for (JsonNode condition : node.status().path("conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return condition.path("status").asText().equals("True");
      }
    }
    return false;
  }
}
