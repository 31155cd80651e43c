package dev.fairlead.kubelet.pod;

import dev.fairlead.api.view.Handler;
import dev.fairlead.kubelet.probe.Answer;
import dev.fairlead.kubelet.probe.ProbeTarget;
import java.time.Duration;
import java.util.function.Consumer;

/** Runs postStart hooks beside the worker. */
final class Hooks {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final PodContext context;

  Hooks(PodContext context) {
    this.context = context;
  }

  /**
   * Runs a hook.
   *
   * @param then told the answer, on another thread
   */
  void postStart(Handler hook, ProbeTarget target, Consumer<Answer> then) {
    Thread.ofVirtual()
        .name("poststart-" + target.container().name())
        .start(() -> {
          try {
            then.accept(context.prober().ask(hook, target, TIMEOUT));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }
}
