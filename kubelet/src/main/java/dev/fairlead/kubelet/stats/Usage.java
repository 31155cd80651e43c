package dev.fairlead.kubelet.stats;

/**
 * What has been used.
 *
 * @param cpuNanos CPU time since the start, over all cores
 * @param memoryBytes resident memory now; what processes share is counted in equal parts
 */
public record Usage(long cpuNanos, long memoryBytes) {
  static final Usage NONE = new Usage(0, 0);

  Usage plus(Usage other) {
    return new Usage(cpuNanos + other.cpuNanos, memoryBytes + other.memoryBytes);
  }
}
