package dev.fairlead.kubelet.pod;

import dev.fairlead.api.view.Handler;
import dev.fairlead.kubelet.probe.Answer;
import dev.fairlead.kubelet.probe.ProbeTarget;
import dev.fairlead.kubelet.probe.Prober;
import java.time.Duration;
import java.util.function.Consumer;

/** Runs lifecycle hooks beside the worker. */
final class Hooks {
  /** Upstream waits for a postStart hook for as long as its container runs. */
  static final Duration POST_START_MAX = Duration.ofHours(1);

  private final Prober prober;

  Hooks(Prober prober) {
    this.prober = prober;
  }

  /**
   * Runs a hook.
   *
   * @param name of the thread
   * @param then told the answer, on another thread; not when it was stopped before
   * @return stops it
   */
  Runnable run(
      String name, Handler hook, ProbeTarget target, Duration timeout, Consumer<Answer> then) {
    Thread thread =
        Thread.ofVirtual()
            .name(name + "-" + target.container().name())
            .start(() -> {
              try {
                then.accept(prober.hook(hook, target, timeout));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    return thread::interrupt;
  }
}
