package dev.fairlead.controllers.scheduler;

import dev.fairlead.api.Document;
import java.util.List;

/** Whether a node can take a pod: the first filter that says no, with all of its reasons. */
final class Filters {
  private Filters() {}

  /**
   * Asks all filters. Pods that were promised room on the node count as if they were there, unless
   * they are less important.
   */
  static Verdict verdict(Document pod, NodeState state) {
    Verdict node = node(pod, state);
    return node.fits() ? room(pod, state.withPromised(pod)) : node;
  }

  private static Verdict node(Document pod, NodeState state) {
    if (state.unschedulable() && !tolerates(pod, cordon())) {
      return Verdict.never("node(s) were unschedulable");
    }
    for (Taint taint : state.taints()) {
      boolean cordon = taint.key().equals(NodeState.UNSCHEDULABLE);
      if (!cordon && taint.keepsAway() && !tolerates(pod, taint)) {
        return Verdict.never(
            "node(s) had untolerated taint {%s: %s}".formatted(taint.key(), taint.value()));
      }
    }
    return NodeAffinity.matches(pod.spec(), state.node())
        ? Verdict.FITS
        : Verdict.never("node(s) didn't match Pod's node affinity/selector");
  }

  private static Verdict room(Document pod, NodeState state) {
    return NodePorts.free(pod, state.pods())
        ? Fit.verdict(pod, state)
        : new Verdict(List.of(NodePorts.REASON), true);
  }

  static boolean tolerates(Document pod, Taint taint) {
    return taint.tolerated(pod.spec().path("tolerations"));
  }

  private static Taint cordon() {
    return new Taint(NodeState.UNSCHEDULABLE, "", "NoSchedule");
  }
}
