package dev.fairlead.controllers.scheduler;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether a node has enough left of what a pod asks for (upstream: NodeResourcesFit plugin). */
final class Fit {
  private Fit() {}

  static Verdict verdict(PodInfo pod, NodeState state) {
    List<String> reasons = new ArrayList<>();
    if (state.pods().size() + 1 > state.info().podsMax()) {
      reasons.add("Too many pods");
    }
    boolean curable = true;
    Map<String, BigDecimal> allocatable = state.info().allocatable();
    // What a node has not told yet counts as enough.
    if (!allocatable.isEmpty()) {
      for (Map.Entry<String, BigDecimal> need : new TreeMap<>(pod.requests()).entrySet()) {
        BigDecimal all = allocatable.getOrDefault(need.getKey(), BigDecimal.ZERO);
        BigDecimal taken = state.used().requests().getOrDefault(need.getKey(), BigDecimal.ZERO);
        boolean wanted = need.getValue().signum() > 0;
        if (wanted && taken.add(need.getValue()).compareTo(all) > 0) {
          reasons.add("Insufficient " + need.getKey());
          curable &= need.getValue().compareTo(all) <= 0;
        }
      }
    }
    return new Verdict(reasons, curable);
  }
}
