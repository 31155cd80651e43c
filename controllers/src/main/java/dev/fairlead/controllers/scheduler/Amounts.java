package dev.fairlead.controllers.scheduler;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/** What is scored of a node's resources. */
record Amounts(long milliCpu, long memoryBytes) {
  static final Amounts NONE = new Amounts(0, 0);

  /** Of resources by name; 0 for what is missing. */
  static Amounts of(Map<String, BigDecimal> resources) {
    return new Amounts(
        whole(resources.getOrDefault("cpu", BigDecimal.ZERO).movePointRight(3)),
        whole(resources.getOrDefault("memory", BigDecimal.ZERO)));
  }

  Amounts plus(Amounts other) {
    return new Amounts(milliCpu + other.milliCpu, memoryBytes + other.memoryBytes);
  }

  /** Rounded up, and no more than a long can hold. */
  private static long whole(BigDecimal value) {
    return value
        .setScale(0, RoundingMode.CEILING)
        .min(BigDecimal.valueOf(Long.MAX_VALUE >> 20))
        .longValue();
  }
}
