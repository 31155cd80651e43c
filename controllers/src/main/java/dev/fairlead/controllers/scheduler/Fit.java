package dev.fairlead.controllers.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether a node has enough left of what a pod asks for (upstream: NodeResourcesFit plugin). */
final class Fit {
  private Fit() {}

  static Verdict verdict(Document pod, NodeState state) {
    List<String> reasons = new ArrayList<>();
    if (state.pods().size() + 1 > state.podsMax()) {
      reasons.add("Too many pods");
    }
    boolean curable = true;
    JsonNode allocatable = state.node().status().path("allocatable");
    Map<String, BigDecimal> needs = Requests.of(pod);
    // What a node has not told yet counts as enough.
    if (!needs.isEmpty() && allocatable.isObject()) {
      Map<String, BigDecimal> used = used(state);
      for (Map.Entry<String, BigDecimal> need : needs.entrySet()) {
        BigDecimal all = Requests.quantity(allocatable.path(need.getKey()));
        BigDecimal taken = used.getOrDefault(need.getKey(), BigDecimal.ZERO);
        boolean wanted = need.getValue().signum() > 0;
        if (wanted && taken.add(need.getValue()).compareTo(all) > 0) {
          reasons.add("Insufficient " + need.getKey());
          curable &= need.getValue().compareTo(all) <= 0;
        }
      }
    }
    return new Verdict(reasons, curable);
  }

  private static Map<String, BigDecimal> used(NodeState state) {
    Map<String, BigDecimal> used = new TreeMap<>();
    for (Document pod : state.pods()) {
      Requests.of(pod).forEach((name, value) -> used.merge(name, value, BigDecimal::add));
    }
    return used;
  }
}
