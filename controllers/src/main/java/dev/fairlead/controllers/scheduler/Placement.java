package dev.fairlead.controllers.scheduler;

import dev.fairlead.api.Document;
import dev.fairlead.controllers.scheduler.Verdict.OfNode;
import java.util.Collection;
import java.util.List;

/**
 * Where a pod goes, decided in pure code: first the nodes that can take it, then the best of them.
 * When none can, whether less important pods should go.
 */
final class Placement {
  private Placement() {}

  /** The decision. */
  sealed interface Decision {
    /** This node. */
    record Bind(String node) implements Decision {}

    /**
     * No node, and why.
     *
     * @param hopeless whether the node that it was promised, if any, is of no use any more
     */
    record Unschedulable(String message, boolean hopeless) implements Decision {}

    /** No node yet, but one as soon as these have gone. */
    record Preempt(Victims victims, String message) implements Decision {}
  }

  /**
   * Decides for one pod.
   *
   * @param budgets all disruption budgets
   */
  static Decision decide(PodInfo pod, Snapshot snapshot, Collection<Document> budgets) {
    if (snapshot.nodes().isEmpty()) {
      return new Decision.Unschedulable("no nodes available to schedule pods", false);
    }
    Attempt attempt = Attempt.of(pod, snapshot);
    List<OfNode> verdicts =
        attempt.nodes().stream()
            .map(node -> new OfNode(node, Filters.verdict(attempt, node)))
            .toList();
    List<NodeState> fitting =
        verdicts.stream().filter(each -> each.verdict().fits()).map(OfNode::node).toList();
    return fitting.isEmpty()
        ? nowhere(attempt, verdicts, budgets)
        : new Decision.Bind(Scores.best(attempt, fitting).name());
  }

  private static Decision nowhere(
      Attempt attempt, List<OfNode> verdicts, Collection<Document> budgets) {
    String why = why(attempt, verdicts);
    return switch (Preemption.decide(attempt, verdicts, budgets)) {
      case Preemption.Outcome.Room(Victims victims) -> new Decision.Preempt(victims, why);
      case Preemption.Outcome.Waits(String message) ->
          new Decision.Unschedulable(why + " preemption: " + message, false);
      case Preemption.Outcome.Futile(String message) ->
          new Decision.Unschedulable(why + " preemption: " + message, true);
    };
  }

  private static String why(Attempt attempt, List<OfNode> verdicts) {
    boolean contradiction = attempt.pinned().map(names -> names.isEmpty()).orElse(false);
    return contradiction
        ? "0/%d nodes are available: pod affinity terms conflict.".formatted(verdicts.size())
        : Verdict.summary(verdicts.stream().map(OfNode::verdict).toList());
  }
}
