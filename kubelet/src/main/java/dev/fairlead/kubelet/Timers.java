package dev.fairlead.kubelet;

import java.time.Duration;

/** Runs things later. Tests move their own. */
@FunctionalInterface
public interface Timers {

  /**
   * Runs an action once after a delay, on a thread that it may block.
   *
   * @return cancels it; does nothing once it has begun
   */
  Runnable after(Duration delay, Runnable action);
}
