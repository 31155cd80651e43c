package dev.fairlead.controllers.scheduler;

import dev.fairlead.api.Document;

/**
 * Whether a node can take a pod: the first filter that says no, with all of its reasons. In
 * upstream's order.
 */
final class Filters {
  private static final Verdict PINNED_ELSEWHERE =
      Verdict.never("node(s) didn't satisfy plugin(s) [NodeAffinity]");

  private Filters() {}

  /**
   * Asks all filters. A node must do both with and without the pods that were promised room on it
   * and are not less important: they may come, and they may not.
   */
  static Verdict verdict(Attempt attempt, NodeState state) {
    Verdict node = node(attempt, state);
    if (!node.fits()) {
      return node;
    }
    return state
        .withPromised(attempt.pod())
        .map(crowded -> room(attempt, crowded))
        .filter(verdict -> !verdict.fits())
        .orElseGet(() -> room(attempt, state));
  }

  private static Verdict node(Attempt attempt, NodeState state) {
    Document pod = attempt.pod().pod();
    if (attempt.pinned().map(names -> !names.contains(state.name())).orElse(false)) {
      return PINNED_ELSEWHERE;
    }
    if (state.info().unschedulable() && !tolerates(pod, cordon())) {
      return Verdict.never("node(s) were unschedulable");
    }
    for (Taint taint : state.info().taints()) {
      boolean cordon = taint.key().equals(NodeInfo.UNSCHEDULABLE);
      if (!cordon && taint.keepsAway() && !tolerates(pod, taint)) {
        return Verdict.never(
            "node(s) had untolerated taint {%s: %s}".formatted(taint.key(), taint.value()));
      }
    }
    return NodeAffinity.matches(pod.spec(), state.info().node())
        ? Verdict.FITS
        : Verdict.never("node(s) didn't match Pod's node affinity/selector");
  }

  private static Verdict room(Attempt attempt, NodeState state) {
    if (!NodePorts.free(attempt.pod(), state.pods())) {
      return Verdict.curable(NodePorts.REASON);
    }
    Verdict fit = Fit.verdict(attempt.pod(), state);
    if (!fit.fits()) {
      return fit;
    }
    Verdict spread = attempt.spread().verdict(state);
    return spread.fits() ? attempt.affinity().verdict(state) : spread;
  }

  static boolean tolerates(Document pod, Taint taint) {
    return taint.tolerated(pod.spec().path("tolerations"));
  }

  private static Taint cordon() {
    return new Taint(NodeInfo.UNSCHEDULABLE, "", "NoSchedule");
  }
}
