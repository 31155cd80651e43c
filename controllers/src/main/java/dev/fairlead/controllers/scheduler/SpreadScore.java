package dev.fairlead.controllers.scheduler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How evenly a pod's soft constraints would be met on each node (upstream: PodTopologySpread
 * plugin). A pod without any constraint is spread among its relatives, over hosts and zones.
 */
final class SpreadScore {
  private final PodInfo pod;
  private final List<SpreadConstraint> constraints;
  private final boolean everywhere;
  private final List<NodeState> nodes;
  private final List<Map<String, Integer>> counts = new ArrayList<>();
  private final List<Double> weights = new ArrayList<>();

  /**
   * Prepares.
   *
   * @param everywhere whether nodes count that lack one of the topology keys
   * @param nodes those that can take the pod
   */
  private SpreadScore(
      PodInfo pod, List<SpreadConstraint> constraints, boolean everywhere, List<NodeState> nodes) {
    this.pod = pod;
    this.constraints = constraints;
    this.everywhere = everywhere;
    this.nodes = nodes;
  }

  static long[] of(PodInfo pod, Snapshot snapshot, List<NodeState> nodes) {
    boolean defaults = pod.spread().isEmpty();
    List<SpreadConstraint> soft =
        defaults
            ? SpreadConstraint.defaults(snapshot.relatives().apply(pod.pod()))
            : pod.spread().stream().filter(each -> !each.hard()).toList();
    if (soft.isEmpty()) {
      return new long[nodes.size()];
    }
    SpreadScore score = new SpreadScore(pod, soft, defaults, nodes);
    score.count(snapshot);
    return score.normalized();
  }

  private boolean scored(NodeState node) {
    return everywhere || TopologySpread.inAll(constraints, node.labels());
  }

  /** By domain of the nodes that can take the pod, or by the name of the node for hosts. */
  private void count(Snapshot snapshot) {
    List<NodeState> scored = nodes.stream().filter(this::scored).toList();
    for (SpreadConstraint each : constraints) {
      Map<String, Integer> there = each.count(snapshot.staying(), pod.pod().namespace());
      if (each.topologyKey().equals(SpreadConstraint.HOSTNAME)) {
        counts.add(there);
        weights.add(weight(scored.size()));
      } else {
        Map<String, Integer> domains = new HashMap<>();
        scored.forEach(node -> domains.put(domain(each, node), 0));
        snapshot.nodes().forEach(node -> count(each, node, there, domains));
        counts.add(domains);
        weights.add(weight(domains.size()));
      }
    }
  }

  private static double weight(int domains) {
    return Math.log(domains + 2.0);
  }

  private void count(
      SpreadConstraint constraint,
      NodeState node,
      Map<String, Integer> there,
      Map<String, Integer> domains) {
    if (scored(node) && constraint.considers(pod, node.info())) {
      domains.computeIfPresent(
          domain(constraint, node), (_, sum) -> sum + there.getOrDefault(node.name(), 0));
    }
  }

  private static String domain(SpreadConstraint constraint, NodeState node) {
    return node.labels().getOrDefault(constraint.topologyKey(), "");
  }

  /** The fewer pods the better; domains that are many weigh more, or the few would drown them. */
  private long crowd(NodeState node) {
    double crowd = 0;
    for (int i = 0; i < constraints.size(); i++) {
      SpreadConstraint each = constraints.get(i);
      if (node.labels().containsKey(each.topologyKey())) {
        boolean host = each.topologyKey().equals(SpreadConstraint.HOSTNAME);
        int count = counts.get(i).getOrDefault(host ? node.name() : domain(each, node), 0);
        crowd += count * weights.get(i) + (each.maxSkew() - 1);
      }
    }
    return Math.round(crowd);
  }

  private long[] normalized() {
    long[] crowds = nodes.stream().mapToLong(node -> scored(node) ? crowd(node) : -1).toArray();
    long least = Long.MAX_VALUE;
    long most = 0;
    for (long crowd : crowds) {
      if (crowd >= 0) {
        least = Math.min(least, crowd);
        most = Math.max(most, crowd);
      }
    }
    for (int i = 0; i < crowds.length; i++) {
      long score = most == 0 ? Scores.MAX : Scores.MAX * (most + least - crowds[i]) / most;
      crowds[i] = crowds[i] < 0 ? 0 : score;
    }
    return crowds;
  }
}
