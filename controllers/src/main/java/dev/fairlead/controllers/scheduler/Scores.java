package dev.fairlead.controllers.scheduler;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which of the nodes that can take a pod is best: the sum of upstream's scores, each from 0 to 100
 * and with upstream's weight. Among equals the one with the fewest pods, then by name.
 */
final class Scores {
  static final int MAX = 100;

  private static final int TAINTS = 3;
  private static final int NODE_AFFINITY = 2;
  private static final int SPREAD = 2;
  private static final int POD_AFFINITY = 2;
  private static final int LEAST_ALLOCATED = 1;
  private static final int BALANCED = 1;

  private Scores() {}

  /**
   * The best.
   *
   * @param fitting at least one
   */
  static NodeState best(Attempt attempt, List<NodeState> fitting) {
    if (fitting.size() == 1) {
      return fitting.getFirst();
    }
    long[] sums = sums(attempt, fitting);
    int best =
        IntStream.range(0, sums.length)
            .boxed()
            .min(
                Comparator.<Integer>comparingLong(i -> -sums[i])
                    .thenComparingInt(i -> fitting.get(i).pods().size())
                    .thenComparing(i -> fitting.get(i).name()))
            .orElseThrow();
    return fitting.get(best);
  }

  private static long[] sums(Attempt attempt, List<NodeState> nodes) {
    PodInfo pod = attempt.pod();
    long[] sums = new long[nodes.size()];
    add(sums, TAINTS, NodeScores.taints(pod, nodes));
    add(sums, NODE_AFFINITY, NodeScores.affinity(pod, nodes));
    add(sums, SPREAD, SpreadScore.of(pod, attempt.snapshot(), nodes));
    add(sums, POD_AFFINITY, PodAffinityScore.of(pod, attempt.snapshot(), nodes));
    add(sums, LEAST_ALLOCATED, ResourceScores.leastAllocated(pod, nodes));
    add(sums, BALANCED, ResourceScores.balanced(pod, nodes));
    return sums;
  }

  private static void add(long[] sums, int weight, long[] scores) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += weight * scores[i];
    }
  }
}
