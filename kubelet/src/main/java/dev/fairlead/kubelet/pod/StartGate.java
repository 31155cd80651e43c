package dev.fairlead.kubelet.pod;

import dev.fairlead.api.view.Container;
import dev.fairlead.api.view.Pod;
import dev.fairlead.kubelet.GoDuration;
import dev.fairlead.kubelet.pod.ContainerState.Terminated;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When a container may be started, or started again: back-off after crashes and after images that
 * could not be had, a fixed wait after bad configuration. Used by one thread.
 */
final class StartGate {
  static final String IMAGE_PULL_BACK_OFF = "ImagePullBackOff";
  static final String CRASH_LOOP_BACK_OFF = "CrashLoopBackOff";

  private static final Duration CONFIG_RETRY = Duration.ofSeconds(10);
  private static final Duration SHOW_ERROR = Duration.ofSeconds(1);

  private final CrashBackoff crashes = new CrashBackoff();
  private final CrashBackoff pulls = new CrashBackoff();
  private final Map<String, PullFailure> pullFailures = new HashMap<>();
  private final Map<String, Instant> notBefore = new HashMap<>();

  private record PullFailure(Instant at, String message) {}

  /**
   * Why a container has to wait.
   *
   * @param left how long
   * @param reason of its waiting state; empty when its state stays as it is
   * @param event what to tell, when the state is new; may be empty
   */
  record Hold(Duration left, String reason, String message, String event) {}

  /** What holds a container up; null when it may start now. */
  @Nullable Hold hold(Pod pod, Container container, ContainerStatus status, Instant now) {
    Hold pull = pull(container, now);
    if (pull != null) {
      return pull;
    }
    Terminated ended = status.ended();
    String name = container.name();
    Duration left =
        ended == null ? Duration.ZERO : crashes.remaining(name, ended.finishedAt(), now);
    if (left.isPositive()) {
      String who =
          "%s_%s(%s)".formatted(pod.meta().name(), pod.meta().namespace(), pod.meta().uid());
      return new Hold(
          left,
          CRASH_LOOP_BACK_OFF,
          "back-off %s restarting failed container=%s pod=%s"
              .formatted(GoDuration.of(crashes.delay(name)), name, who),
          "Back-off restarting failed container %s in pod %s".formatted(name, who));
    }
    Instant earliest = notBefore.getOrDefault(name, now);
    return earliest.isAfter(now) ? quiet(Duration.between(now, earliest)) : null;
  }

  private @Nullable Hold pull(Container container, Instant now) {
    PullFailure failure = pullFailures.get(container.name());
    if (failure == null) {
      return null;
    }
    if (now.isBefore(failure.at().plus(SHOW_ERROR))) {
      return quiet(Duration.between(now, failure.at().plus(SHOW_ERROR)));
    }
    Duration left = pulls.remaining(container.name(), failure.at(), now);
    if (!left.isPositive()) {
      return null;
    }
    String text = "Back-off pulling image \"%s\"".formatted(container.image());
    return new Hold(left, IMAGE_PULL_BACK_OFF, text + ": ErrImagePull: " + failure.message(), text);
  }

  private static Hold quiet(Duration left) {
    return new Hold(left, "", "", "");
  }

  /** It is tried now, having ended like that the last time. */
  void trying(String name, @Nullable Terminated ended, Instant now) {
    if (ended != null) {
      crashes.next(name, ended.finishedAt(), now);
    }
  }

  /** It has started. */
  void started(String name) {
    pullFailures.remove(name);
    notBefore.remove(name);
  }

  /**
   * It could not be started.
   *
   * @return when to look again
   */
  Duration failed(String name, StartFailure failure, Instant now) {
    return switch (failure.kind()) {
      case IMAGE -> {
        pulls.next(name, now, now);
        pullFailures.put(name, new PullFailure(now, failure.message()));
        yield SHOW_ERROR;
      }
      case CONFIG -> {
        notBefore.put(name, now.plus(CONFIG_RETRY));
        yield CONFIG_RETRY;
      }
      case START -> SHOW_ERROR;
    };
  }
}
