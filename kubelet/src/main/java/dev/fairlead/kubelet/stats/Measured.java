package dev.fairlead.kubelet.stats;

import java.time.Duration;
import java.time.Instant;

/**
 * A usage with the rate that led to it.
 *
 * @param at when it was read
 * @param window the time over which the rate was taken; never zero
 * @param nanoCores CPU nanoseconds per second
 */
public record Measured(Instant at, Duration window, Usage usage, long nanoCores) {

  /** From two readings; a counter that went back counts as standing still. */
  static Measured between(Instant before, long cpuBefore, Instant now, Usage usage) {
    Duration window = Duration.between(before, now);
    if (!window.isPositive()) {
      window = Duration.ofMillis(1);
    }
    long used = Math.max(0, usage.cpuNanos() - cpuBefore);
    return new Measured(
        now, window, usage, Math.round(used / (window.toNanos() / 1_000_000_000.0)));
  }
}
