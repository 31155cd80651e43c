package dev.fairlead.kubelet;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Timers of the machine: one thread waits, each action runs on a virtual thread of its own. */
final class SystemTimers implements Timers, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SystemTimers.class);

  private final ScheduledThreadPoolExecutor executor;

  SystemTimers(String name) {
    executor =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name(name + "-timer").factory());
    executor.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Runnable after(Duration delay, Runnable action) {
    try {
      ScheduledFuture<?> future =
          executor.schedule(
              () -> {
                Thread.ofVirtual().start(action);
              },
              delay.toNanos(),
              TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException e) {
      log.debug("closed: nothing is scheduled any more");
      return () -> {};
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
