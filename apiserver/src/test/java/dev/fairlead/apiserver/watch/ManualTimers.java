package dev.fairlead.apiserver.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Timers that a test moves by hand. */
public final class ManualTimers implements Timers {
  private final List<Planned> planned = new ArrayList<>();
  private Duration now = Duration.ZERO;

  private static final class Planned {
    private final Runnable task;
    private final Duration period;
    private Duration due;
    private boolean closed;

    private Planned(Runnable task, Duration due, Duration period) {
      this.task = task;
      this.due = due;
      this.period = period;
    }
  }

  @Override
  public synchronized Timer every(Duration period, Runnable task) {
    return plan(new Planned(task, now.plus(period), period));
  }

  @Override
  public synchronized Timer after(Duration delay, Runnable task) {
    return plan(new Planned(task, now.plus(delay), Duration.ZERO));
  }

  /** Lets time pass and runs what is due. */
  public void advance(Duration time) {
    for (Planned each : due(time)) {
      each.task.run();
    }
  }

  @Override
  public synchronized void close() {
    planned.clear();
  }

  private synchronized List<Planned> due(Duration time) {
    now = now.plus(time);
    List<Planned> due = new ArrayList<>();
    for (Planned each : planned) {
      if (!each.closed && each.due.compareTo(now) <= 0) {
        due.add(each);
        each.due = now.plus(each.period);
        each.closed = each.period.isZero();
      }
    }
    planned.removeIf(each -> each.closed);
    return due;
  }

  private Timer plan(Planned task) {
    planned.add(task);
    return () -> task.closed = true;
  }
}
