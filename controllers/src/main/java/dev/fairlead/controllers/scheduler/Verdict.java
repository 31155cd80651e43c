package dev.fairlead.controllers.scheduler;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the filters say of one pod on one node.
 *
 * @param reasons against it, worded as upstream's plugins do; empty when the pod fits
 * @param curable whether the pod might fit if other pods were gone
 */
record Verdict(List<String> reasons, boolean curable) {
  static final Verdict FITS = new Verdict(List.of(), false);
  static final Verdict HOPELESS = never("Preemption is not helpful for scheduling");
  static final Verdict NO_VICTIMS = never("No preemption victims found for incoming pod");

  Verdict {
    reasons = List.copyOf(reasons);
  }

  /** Against it, whatever other pods do. */
  static Verdict never(String reason) {
    return new Verdict(List.of(reason), false);
  }

  /** Against it, but other pods' end might help. */
  static Verdict curable(String reason) {
    return new Verdict(List.of(reason), true);
  }

  /** The same of a node. */
  record OfNode(NodeState node, Verdict verdict) {}

  boolean fits() {
    return reasons.isEmpty();
  }

  /** How many nodes say what. */
  static String summary(Collection<Verdict> verdicts) {
    Map<String, Integer> counts = new TreeMap<>();
    verdicts.forEach(
        verdict -> verdict.reasons().forEach(each -> counts.merge(each, 1, Integer::sum)));
    return counts.entrySet().stream()
        .map(each -> each.getValue() + " " + each.getKey())
        .sorted()
        .collect(
            Collectors.joining(", ", "0/%d nodes are available: ".formatted(verdicts.size()), "."));
  }
}
