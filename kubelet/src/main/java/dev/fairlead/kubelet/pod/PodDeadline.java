package dev.fairlead.kubelet.pod;

import dev.fairlead.api.view.Pod;
import dev.fairlead.kubelet.Timers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Watches over a pod's {@code activeDeadlineSeconds}. Used by the pod's worker only. */
final class PodDeadline implements AutoCloseable {
  private final Instant start;
  private final Clock clock;
  private final Timers timers;
  private @Nullable Long armed;
  private Runnable cancel = () -> {};

  PodDeadline(Instant start, Clock clock, Timers timers) {
    this.start = start;
    this.clock = clock;
    this.timers = timers;
  }

  /**
   * Whether the time is over.
   *
   * @param look runs when it is, on any thread
   */
  boolean isOver(Pod pod, Runnable look) {
    Long seconds = pod.activeDeadlineSeconds();
    if (seconds == null) {
      return false;
    }
    Duration left = Duration.between(clock.instant(), start.plusSeconds(seconds));
    if (!left.isPositive()) {
      return true;
    }
    if (!seconds.equals(armed)) {
      armed = seconds;
      cancel.run();
      cancel = timers.after(left, look);
    }
    return false;
  }

  @Override
  public void close() {
    cancel.run();
  }
}
