package dev.fairlead.controllers.scheduler;

import dev.fairlead.api.Document;
import dev.fairlead.api.OwnerReference;
import dev.fairlead.controllers.scheduler.Verdict.OfNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Where a pod goes, decided in pure code: first the nodes that can take it, then the one that
 * spreads it best. When none can, whether less important pods should go.
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
  static Decision decide(Document pod, Collection<NodeState> nodes, Collection<Document> budgets) {
    if (nodes.isEmpty()) {
      return new Decision.Unschedulable("no nodes available to schedule pods", false);
    }
    List<OfNode> verdicts =
        nodes.stream().map(node -> new OfNode(node, Filters.verdict(pod, node))).toList();
    return verdicts.stream()
        .filter(each -> each.verdict().fits())
        .map(OfNode::node)
        .min(order(pod))
        .<Decision>map(best -> new Decision.Bind(best.name()))
        .orElseGet(() -> nowhere(pod, verdicts, budgets));
  }

  private static Decision nowhere(
      Document pod, List<OfNode> verdicts, Collection<Document> budgets) {
    String why = Verdict.summary(verdicts.stream().map(OfNode::verdict).toList());
    return switch (Preemption.decide(pod, verdicts, budgets)) {
      case Preemption.Outcome.Room(Victims victims) -> new Decision.Preempt(victims, why);
      case Preemption.Outcome.Waits(String message) ->
          new Decision.Unschedulable(why + " preemption: " + message, false);
      case Preemption.Outcome.Futile(String message) ->
          new Decision.Unschedulable(why + " preemption: " + message, true);
    };
  }

  /** Fewest soft taints, then fewest of its kind, then fewest pods, then by name. */
  private static Comparator<NodeState> order(Document pod) {
    return Comparator.<NodeState>comparingLong(node -> softTaints(pod, node))
        .thenComparingLong(node -> siblings(pod, node))
        .thenComparingInt(node -> node.pods().size())
        .thenComparing(NodeState::name);
  }

  private static long softTaints(Document pod, NodeState node) {
    return node.taints().stream()
        .filter(
            taint -> taint.effect().equals("PreferNoSchedule") && !Filters.tolerates(pod, taint))
        .count();
  }

  private static long siblings(Document pod, NodeState node) {
    return node.pods().stream().filter(other -> sameKind(pod, other)).count();
  }

  /** Of the same controller; without one, of the same labels. */
  private static boolean sameKind(Document pod, Document other) {
    if (!pod.namespace().equals(other.namespace()) || other.meta().deleting()) {
      return false;
    }
    OwnerReference owner = pod.meta().controller();
    OwnerReference otherOwner = other.meta().controller();
    if (owner != null && otherOwner != null) {
      return owner.uid().equals(otherOwner.uid());
    }
    return owner == null
        && otherOwner == null
        && !pod.meta().labels().isEmpty()
        && pod.meta().labels().equals(other.meta().labels());
  }
}
