package dev.fairlead.controllers.scheduler;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * How much a pod prefers the neighbours that a node would give it, and they it (upstream:
 * InterPodAffinity plugin). What pods that are there prefer comes from an index.
 */
final class PodAffinityScore {
  private PodAffinityScore() {}

  static long[] of(PodInfo pod, Snapshot snapshot, List<NodeState> nodes) {
    TopologyCounts weights = snapshot.preferences().meaning(pod.pod(), snapshot.namespaces());
    add(pod.affinity(), 1, snapshot, weights);
    add(pod.antiAffinity(), -1, snapshot, weights);
    return normalized(nodes.stream().mapToLong(node -> weights.sum(node.labels())).toArray());
  }

  private static void add(PodAffinity affinity, int sign, Snapshot snapshot, TopologyCounts to) {
    for (PodAffinity.Preference each : affinity.preferred()) {
      Map<String, Integer> weights = each.term().count(snapshot.pods(), snapshot.namespaces());
      weights.replaceAll((_, pods) -> sign * each.weight() * pods);
      to.addAll(each.term().topologyKey(), snapshot.nodes(), weights);
    }
  }

  /** From 0 for the least to 100 for the most; 0 for all when they are equal. */
  private static long[] normalized(long[] weights) {
    long least = LongStream.of(weights).min().orElse(0);
    long most = LongStream.of(weights).max().orElse(0);
    return LongStream.of(weights)
        .map(weight ->
            most == least ? 0 : (long) (Scores.MAX * ((double) (weight - least) / (most - least))))
        .toArray();
  }
}
