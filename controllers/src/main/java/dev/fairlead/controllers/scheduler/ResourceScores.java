package dev.fairlead.controllers.scheduler;

import java.util.List;

/**
 * What nodes would have left of CPU and memory (upstream: NodeResourcesFit with {@code
 * LeastAllocated}, and NodeResourcesBalancedAllocation). A resource that a node has not told of is
 * left out.
 */
final class ResourceScores {
  private ResourceScores() {}

  /** More left is better. Containers that ask for nothing are taken to need a little. */
  static long[] leastAllocated(PodInfo pod, List<NodeState> nodes) {
    return nodes.stream()
        .mapToLong(node -> {
          Amounts all = node.info().scored();
          Amounts used = node.used().assumed().plus(pod.assumed());
          long cpu = left(all.milliCpu(), used.milliCpu());
          long memory = left(all.memoryBytes(), used.memoryBytes());
          int resources = (all.milliCpu() > 0 ? 1 : 0) + (all.memoryBytes() > 0 ? 1 : 0);
          return resources == 0 ? 0 : (cpu + memory) / resources;
        })
        .toArray();
  }

  private static long left(long all, long used) {
    return all <= 0 || used > all ? 0 : (all - used) * Scores.MAX / all;
  }

  /** Shares of CPU and memory in use that are nearer to each other are better. */
  static long[] balanced(PodInfo pod, List<NodeState> nodes) {
    if (pod.scored().equals(Amounts.NONE)) {
      return new long[nodes.size()];
    }
    return nodes.stream()
        .mapToLong(node -> {
          Amounts all = node.info().scored();
          Amounts used = node.used().scored().plus(pod.scored());
          boolean both = all.milliCpu() > 0 && all.memoryBytes() > 0;
          double difference =
              both
                  ? share(used.milliCpu(), all.milliCpu())
                      - share(used.memoryBytes(), all.memoryBytes())
                  : 0;
          return (long) ((1 - Math.abs(difference) / 2) * Scores.MAX);
        })
        .toArray();
  }

  private static double share(long used, long all) {
    return Math.min(1, (double) used / all);
  }
}
