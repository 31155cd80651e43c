package dev.fairlead.kubelet.pod;

import dev.fairlead.api.view.Container;
import dev.fairlead.api.view.Pod;
import dev.fairlead.kubelet.pod.ContainerState.Running;
import dev.fairlead.kubelet.pod.ContainerState.Terminated;
import dev.fairlead.kubelet.pod.ContainerState.Waiting;
import java.util.Map;

/**
 * Computes {@code status.phase} from the containers (upstream: {@code getPhase} of the kubelet).
 */
public final class PodPhase {
  private PodPhase() {}

  /**
   * The phase.
   *
   * @param terminal no container will be started any more, whatever the restart policy says
   */
  public static String of(Pod pod, Map<String, ContainerStatus> statuses, boolean terminal) {
    boolean waitingForInit = false;
    for (Container init : pod.initContainers()) {
      Terminated ended = status(statuses, init).ended();
      boolean failed = ended != null && ended.exitCode() != 0;
      if (failed && (terminal || pod.restartPolicy().equals("Never"))) {
        return "Failed";
      }
      waitingForInit |= ended == null || ended.exitCode() != 0;
    }
    int running = 0;
    int waiting = 0;
    int stopped = 0;
    int succeeded = 0;
    for (Container container : pod.containers()) {
      switch (status(statuses, container).state()) {
        case Running any -> running++;
        case Terminated ended -> {
          stopped++;
          succeeded += ended.exitCode() == 0 ? 1 : 0;
        }
        case Waiting any -> {
          if (status(statuses, container).last() == null) {
            waiting++;
          } else {
            stopped++;
          }
        }
      }
    }
    if ((waitingForInit || waiting > 0) && !terminal) {
      return "Pending";
    }
    if (running > 0) {
      return "Running";
    }
    return ended(pod, stopped == succeeded && waiting == 0 && !waitingForInit, terminal);
  }

  private static String ended(Pod pod, boolean succeeded, boolean terminal) {
    if (terminal) {
      return succeeded ? "Succeeded" : "Failed";
    }
    return switch (pod.restartPolicy()) {
      case "Always" -> "Running";
      case "Never" -> succeeded ? "Succeeded" : "Failed";
      default -> succeeded ? "Succeeded" : "Running";
    };
  }

  private static ContainerStatus status(
      Map<String, ContainerStatus> statuses, Container container) {
    ContainerStatus known = statuses.get(container.name());
    return known == null
        ? ContainerStatus.created(container.name(), container.image(), false)
        : known;
  }
}
