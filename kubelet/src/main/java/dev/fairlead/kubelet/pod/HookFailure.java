package dev.fairlead.kubelet.pod;

import dev.fairlead.api.view.Container;
import dev.fairlead.api.view.Handler;
import dev.fairlead.api.view.Pod;
import dev.fairlead.kubelet.probe.Answer;

/** What a container's status says when its postStart hook has failed and it will start again. */
final class HookFailure {
  /** {@code reason} of the waiting state. */
  static final String REASON = "PostStartHookError";

  private HookFailure() {}

  /** The message (upstream: {@code pkg/kubelet/lifecycle/handlers.go}). */
  static String message(Handler hook, Pod pod, Container container, Answer answer) {
    String who =
        "for Container \"%s\" in Pod \"%s_%s(%s)\" failed - "
            .formatted(
                container.name(), pod.meta().name(), pod.meta().namespace(), pod.meta().uid());
    return switch (hook) {
      case Handler.Exec exec ->
          "Exec lifecycle hook ([%s]) %s%s"
              .formatted(String.join(" ", exec.command()), who, answer.message());
      case Handler.HttpGet get ->
          "HTTP lifecycle hook (%s) %serror: %s".formatted(get.path(), who, answer.message());
      case Handler.Sleep sleep ->
          "Sleep lifecycle hook (%d) %serror: %s"
              .formatted(sleep.duration().toSeconds(), who, answer.message());
      case Handler.TcpSocket any -> "Cannot run handler: " + answer.message();
      case Handler.Grpc any -> "Cannot run handler: " + answer.message();
    };
  }
}
