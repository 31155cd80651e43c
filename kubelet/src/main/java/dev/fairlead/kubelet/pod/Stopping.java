package dev.fairlead.kubelet.pod;

import dev.fairlead.kubelet.Timers;
import dev.fairlead.kubelet.runtime.ContainerProcess;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The end of one run: it gets SIGTERM when its preStop hook is done and its turn has come, or when
 * its grace is over, whichever is first; then at least {@link #WINDOW} to end, then SIGKILL. Used
 * by the pod's worker only.
 */
final class Stopping {
  /** What a container has at least between SIGTERM and SIGKILL (upstream: two seconds). */
  static final Duration WINDOW = Duration.ofSeconds(2);

  private final ContainerProcess process;
  private final Timers timers;
  private final Consumer<Runnable> tell;
  private Runnable cancel = () -> {};
  private boolean begun;
  private boolean hookDone;
  private boolean turn;
  private boolean terminated;
  private boolean over;

  Stopping(ContainerProcess process, Timers timers, Consumer<Runnable> tell) {
    this.process = process;
    this.timers = timers;
    this.tell = tell;
  }

  boolean begun() {
    return begun;
  }

  /**
   * Begins, or changes the grace.
   *
   * @param hooked whether a preStop hook has to be waited for
   */
  void begin(Duration grace, boolean hooked) {
    hookDone |= !hooked;
    begun = true;
    if (grace.isZero()) {
      process.kill();
      return;
    }
    at(grace, this::graceOver);
    proceed();
  }

  /** The preStop hook has ended. */
  void hooked() {
    hookDone = true;
    proceed();
  }

  /** Those that must end before it have ended. */
  void turn() {
    turn = true;
    proceed();
  }

  /** The process has ended. */
  void ended() {
    cancel.run();
  }

  private void proceed() {
    if (begun && hookDone && turn && !terminated) {
      terminate();
    }
  }

  private void terminate() {
    terminated = true;
    process.terminate();
    if (over) {
      at(WINDOW, process::kill);
    }
  }

  private void graceOver() {
    over = true;
    if (terminated) {
      process.kill();
    } else {
      terminate();
    }
  }

  private void at(Duration delay, Runnable action) {
    cancel.run();
    cancel = timers.after(delay, () -> tell.accept(action));
  }
}
