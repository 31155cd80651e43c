package dev.fairlead.kubelet.probe;

import dev.fairlead.api.view.Probe;
import dev.fairlead.kubelet.Timers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks one probe of one run of a container again and again, at a fixed distance, never twice at a
 * time. What it hears goes to the listener, on the loop's own thread.
 */
public final class ProbeLoop implements AutoCloseable {
  private final ProbeKind kind;
  private final Probe probe;
  private final ProbeTarget target;
  private final Prober prober;
  private final Timers timers;
  private final Listener listener;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Runnable cancel = () -> {};
  private ProbeMachine machine;

  /** Hears what a loop learns. */
  public interface Listener {
    /**
     * One more answer.
     *
     * @param verdict what holds after it
     * @param decided whether the thresholds are met, so that the verdict is more than the start
     */
    void answered(ProbeKind kind, Answer answer, boolean verdict, boolean decided);
  }

  private ProbeLoop(
      ProbeKind kind,
      Probe probe,
      ProbeTarget target,
      Prober prober,
      Timers timers,
      Listener listener) {
    this.kind = kind;
    this.probe = probe;
    this.target = target;
    this.prober = prober;
    this.timers = timers;
    this.listener = listener;
    this.machine = ProbeMachine.start(kind, probe.successThreshold(), probe.failureThreshold());
  }

  /**
   * Starts a loop; the first check comes after what is left of the probe's initial delay.
   *
   * @param age how long the container has been running
   */
  public static ProbeLoop start(
      ProbeKind kind,
      Probe probe,
      ProbeTarget target,
      Prober prober,
      Timers timers,
      Duration age,
      Listener listener) {
    ProbeLoop loop = new ProbeLoop(kind, probe, target, prober, timers, listener);
    Duration first = probe.initialDelay().minus(age);
    loop.cancel = timers.after(first.isNegative() ? Duration.ZERO : first, loop::check);
    return loop;
  }

  private void check() {
    if (closed.get()) {
      return;
    }
    try {
      Answer answer = prober.ask(probe.handler(), target, probe.timeout());
      if (!closed.get()) {
        machine = machine.answer(answer.success());
        listener.answered(kind, answer, machine.verdict(), machine.decided().isPresent());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (!closed.get()) {
      cancel = timers.after(probe.period(), this::check);
    }
  }

  @Override
  public void close() {
    closed.set(true);
    cancel.run();
  }
}
