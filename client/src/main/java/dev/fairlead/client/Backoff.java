package dev.fairlead.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential back-off: the delay doubles with each failure in a row, up to a bound.
 *
 * @param base delay after the first failure
 * @param max no delay is longer
 */
public record Backoff(Duration base, Duration max) {
  /** Per key of a work queue: 5 ms up to 1000 s (upstream: client-go's default rate limiter). */
  public static final Backoff QUEUE = new Backoff(Duration.ofMillis(5), Duration.ofSeconds(1000));

  /** Towards an API server that does not answer: 100 ms up to 10 s. */
  public static final Backoff CONNECTION =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

  private static final int DOUBLINGS_MAX = 40;

  public Backoff {
    if (base.isNegative() || base.isZero() || max.compareTo(base) < 0) {
      throw new IllegalArgumentException(
          "back-off needs 0 < base <= max, got " + base + ", " + max);
    }
  }

  /**
   * The delay after so many failures in a row.
   *
   * @param failures 1 for the first
   */
  public Duration delay(int failures) {
    int doublings = Math.clamp(failures - 1L, 0, DOUBLINGS_MAX);
    double nanos = Math.scalb((double) base.toNanos(), doublings);
    return nanos >= max.toNanos() ? max : Duration.ofNanos((long) nanos);
  }

  /**
   * Like {@link #delay(int)}, drawn from the upper half of the delay, so that many do not march in
   * step.
   */
  public Duration delay(int failures, RandomGenerator random) {
    long nanos = delay(failures).toNanos();
    return Duration.ofNanos(nanos - (long) (random.nextDouble() * nanos / 2));
  }
}
