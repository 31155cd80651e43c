package dev.fairlead.controllers.scheduler;

import java.util.List;
import java.util.stream.LongStream;

/** What nodes say of themselves (upstream: TaintToleration and NodeAffinity plugins). */
final class NodeScores {
  private NodeScores() {}

  /** Fewer taints {@code PreferNoSchedule} that the pod does not tolerate are better. */
  static long[] taints(PodInfo pod, List<NodeState> nodes) {
    long[] counts = nodes.stream().mapToLong(node -> softTaints(pod, node)).toArray();
    long most = LongStream.of(counts).max().orElse(0);
    return LongStream.of(counts)
        .map(count -> most == 0 ? Scores.MAX : Scores.MAX - Scores.MAX * count / most)
        .toArray();
  }

  private static long softTaints(PodInfo pod, NodeState node) {
    return node.info().taints().stream()
        .filter(taint ->
            taint.effect().equals("PreferNoSchedule") && !Filters.tolerates(pod.pod(), taint))
        .count();
  }

  /** More weight of preferred node affinity is better. */
  static long[] affinity(PodInfo pod, List<NodeState> nodes) {
    long[] weights =
        nodes.stream()
            .mapToLong(node -> NodeAffinity.preference(pod.pod().spec(), node.info().node()))
            .toArray();
    long most = LongStream.of(weights).max().orElse(0);
    return LongStream.of(weights)
        .map(weight -> most == 0 ? 0 : Scores.MAX * weight / most)
        .toArray();
  }
}
