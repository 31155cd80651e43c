package dev.fairlead.kubelet.pod;

import dev.fairlead.api.view.Container;
import dev.fairlead.api.view.Pod;
import dev.fairlead.kubelet.pod.ContainerState.Running;
import dev.fairlead.kubelet.pod.ContainerState.Terminated;
import dev.fairlead.kubelet.pod.ContainerState.Waiting;
import java.util.Map;

/**
 * Computes {@code status.phase} from the containers (upstream: {@code getPhase} of the kubelet).
 * Ephemeral containers do not count; a sidecar counts while it runs or waits for its first run.
 */
public final class PodPhase {
  private final Pod pod;
  private final Map<String, ContainerStatus> statuses;
  private int running;
  private int waiting;
  private int stopped;
  private int succeeded;
  private boolean begun;

  private PodPhase(Pod pod, Map<String, ContainerStatus> statuses) {
    this.pod = pod;
    this.statuses = statuses;
  }

  /**
   * The phase.
   *
   * @param terminal no container will be started any more, whatever the restart policy says
   */
  public static String of(Pod pod, Map<String, ContainerStatus> statuses, boolean terminal) {
    return new PodPhase(pod, statuses).phase(terminal);
  }

  private String phase(boolean terminal) {
    if (initFailed(terminal)) {
      return "Failed";
    }
    pod.containers().forEach(each -> count(status(each)));
    boolean pendingInit = pendingInit();
    if (((pendingInit && !begun) || waiting > 0) && !terminal) {
      return "Pending";
    }
    if (running > 0) {
      return "Running";
    }
    boolean pending = waiting > 0 || (pendingInit && !begun);
    return ended(stopped == succeeded && !pending, terminal);
  }

  private boolean initFailed(boolean terminal) {
    for (Container init : pod.initContainers()) {
      Terminated ended = status(init).ended();
      boolean failed = !init.sidecar() && ended != null && ended.exitCode() != 0;
      if (failed && (terminal || pod.restartPolicy().equals("Never"))) {
        return true;
      }
    }
    return false;
  }

  /** Whether init containers still hold up the pod's own; counts the sidecars. */
  private boolean pendingInit() {
    boolean pending = false;
    for (Container init : pod.initContainers()) {
      ContainerStatus status = status(init);
      if (init.sidecar()) {
        running += status.running() ? 1 : 0;
        waiting += !status.running() && status.ended() == null ? 1 : 0;
        pending |= status.running() ? !status.started() : status.ended() == null;
      } else {
        Terminated ended = status.ended();
        pending |= ended == null || ended.exitCode() != 0;
      }
    }
    return pending;
  }

  private void count(ContainerStatus status) {
    switch (status.state()) {
      case Running any -> {
        running++;
        begun = true;
      }
      case Terminated ended -> {
        stopped++;
        succeeded += ended.exitCode() == 0 ? 1 : 0;
        begun = true;
      }
      case Waiting any -> {
        boolean first = status.last() == null;
        waiting += first ? 1 : 0;
        stopped += first ? 0 : 1;
        begun |= !first;
      }
    }
  }

  private String ended(boolean success, boolean terminal) {
    if (terminal) {
      return success ? "Succeeded" : "Failed";
    }
    return switch (pod.restartPolicy()) {
      case "Always" -> "Running";
      case "Never" -> success ? "Succeeded" : "Failed";
      default -> success ? "Succeeded" : "Running";
    };
  }

  private ContainerStatus status(Container container) {
    ContainerStatus known = statuses.get(container.name());
    return known == null
        ? ContainerStatus.created(container.name(), container.image(), false)
        : known;
  }
}
