package dev.fairlead.apiserver.watch;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs short tasks later. An argument, so that a test can hold time in its hand. */
public interface Timers extends AutoCloseable {

  /** Runs {@code task} after each {@code period} until the timer is closed. */
  Timer every(Duration period, Runnable task);

  /** Runs {@code task} once, unless the timer is closed before. */
  Timer after(Duration delay, Runnable task);

  @Override
  void close();

  /** A task that is planned. */
  interface Timer extends AutoCloseable {
    /** Runs the task no more. */
    @Override
    void close();
  }

  /** Timers on one daemon thread and the machine's clock. */
  static Timers daemon() {
    return new Daemon();
  }

  /** Timers over a scheduled executor. A failing task is logged and runs again when it is due. */
  final class Daemon implements Timers {
    private static final Logger LOG = LoggerFactory.getLogger(Timers.class);
    private final ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("registry-timers").factory());

    private Daemon() {}

    @Override
    public Timer every(Duration period, Runnable task) {
      long nanos = period.toNanos();
      return timer(
          executor.scheduleWithFixedDelay(guarded(task), nanos, nanos, TimeUnit.NANOSECONDS));
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
      return timer(executor.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public void close() {
      executor.shutdownNow();
    }

    private static Timer timer(Future<?> planned) {
      return () -> planned.cancel(false);
    }

    private static Runnable guarded(Runnable task) {
      return () -> {
        try {
          task.run();
        } catch (RuntimeException e) {
          LOG.warn("a timed task failed", e);
        }
      };
    }
  }
}
