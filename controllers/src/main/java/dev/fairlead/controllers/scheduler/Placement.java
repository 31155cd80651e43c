package dev.fairlead.controllers.scheduler;

import dev.fairlead.api.Document;
import dev.fairlead.api.OwnerReference;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Where a pod goes, decided in pure code: first the nodes that can take it, then the one that
 * spreads it best. Reasons and messages are worded as upstream's plugins do.
 */
final class Placement {
  private Placement() {}

  /** The decision. */
  sealed interface Decision {
    /** This node. */
    record Bind(String node) implements Decision {}

    /** No node, and why. */
    record Unschedulable(String message) implements Decision {}
  }

  /** Decides for one pod. */
  static Decision decide(Document pod, Collection<NodeState> nodes) {
    if (nodes.isEmpty()) {
      return new Decision.Unschedulable("no nodes available to schedule pods");
    }
    List<NodeState> fitting = new ArrayList<>();
    Map<String, Integer> reasons = new TreeMap<>();
    for (NodeState node : nodes) {
      List<String> against = against(pod, node);
      if (against.isEmpty()) {
        fitting.add(node);
      }
      against.forEach(reason -> reasons.merge(reason, 1, Integer::sum));
    }
    return fitting.stream()
        .min(order(pod))
        .<Decision>map(best -> new Decision.Bind(best.name()))
        .orElseGet(() -> new Decision.Unschedulable(message(nodes.size(), reasons)));
  }

  private static String message(int nodes, Map<String, Integer> reasons) {
    return reasons.entrySet().stream()
        .map(each -> each.getValue() + " " + each.getKey())
        .sorted()
        .collect(Collectors.joining(", ", "0/%d nodes are available: ".formatted(nodes), "."));
  }

  /** Why the pod cannot go to the node: the first filter that says no, with all of its reasons. */
  private static List<String> against(Document pod, NodeState state) {
    if (state.unschedulable() && !tolerates(pod, cordon())) {
      return List.of("node(s) were unschedulable");
    }
    for (Taint taint : state.taints()) {
      boolean cordon = taint.key().equals(NodeState.UNSCHEDULABLE);
      if (!cordon && taint.keepsAway() && !tolerates(pod, taint)) {
        return List.of(
            "node(s) had untolerated taint {%s: %s}".formatted(taint.key(), taint.value()));
      }
    }
    if (!NodeAffinity.matches(pod.spec(), state.node())) {
      return List.of("node(s) didn't match Pod's node affinity/selector");
    }
    if (!NodePorts.free(pod, state.pods())) {
      return List.of(NodePorts.REASON);
    }
    return fit(pod, state);
  }

  private static List<String> fit(Document pod, NodeState state) {
    List<String> reasons = new ArrayList<>();
    if (state.pods().size() + 1 > state.podsMax()) {
      reasons.add("Too many pods");
    }
    Map<String, BigDecimal> needs = Requests.of(pod);
    Requests.insufficient(needs, state).forEach(name -> reasons.add("Insufficient " + name));
    return reasons;
  }

  private static Taint cordon() {
    return new Taint(NodeState.UNSCHEDULABLE, "", "NoSchedule");
  }

  private static boolean tolerates(Document pod, Taint taint) {
    return taint.tolerated(pod.spec().path("tolerations"));
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
        .filter(taint -> taint.effect().equals("PreferNoSchedule") && !tolerates(pod, taint))
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
