package dev.fairlead.kubelet.pod;

import dev.fairlead.api.view.Container;
import dev.fairlead.api.view.Pod;
import dev.fairlead.kubelet.pod.ContainerState.Terminated;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Decides which containers of a pod should be started now; back-off is not its business. */
public final class Lifecycle {
  private Lifecycle() {}

  /**
   * The containers to start: the next init container, or, when all have done, every container that
   * does not run and should.
   *
   * @param statuses of all containers by name
   */
  public static List<Container> toStart(Pod pod, Map<String, ContainerStatus> statuses) {
    for (Container init : pod.initContainers()) {
      ContainerStatus status = status(statuses, init);
      if (!succeeded(status)) {
        boolean start = !status.running() && (neverRan(status) || mayRetry(pod));
        return start ? List.of(init) : List.of();
      }
    }
    List<Container> result = new ArrayList<>();
    for (Container container : pod.containers()) {
      if (shouldRun(pod, status(statuses, container))) {
        result.add(container);
      }
    }
    return result;
  }

  /** Whether all init containers have succeeded. */
  public static boolean initialized(Pod pod, Map<String, ContainerStatus> statuses) {
    return pod.initContainers().stream().allMatch(each -> succeeded(status(statuses, each)));
  }

  /** Whether nothing runs and nothing will: the pod has succeeded or failed for good. */
  public static boolean finished(Pod pod, Map<String, ContainerStatus> statuses) {
    boolean running = statuses.values().stream().anyMatch(ContainerStatus::running);
    return !running && toStart(pod, statuses).isEmpty();
  }

  private static boolean shouldRun(Pod pod, ContainerStatus status) {
    if (status.running()) {
      return false;
    }
    Terminated ended = status.ended();
    if (ended == null) {
      return true;
    }
    return switch (pod.restartPolicy()) {
      case "Never" -> false;
      case "OnFailure" -> ended.exitCode() != 0;
      default -> true;
    };
  }

  private static boolean succeeded(ContainerStatus status) {
    Terminated ended = status.ended();
    return ended != null && ended.exitCode() == 0;
  }

  private static boolean neverRan(ContainerStatus status) {
    return status.ended() == null;
  }

  private static boolean mayRetry(Pod pod) {
    return !pod.restartPolicy().equals("Never");
  }

  private static ContainerStatus status(
      Map<String, ContainerStatus> statuses, Container container) {
    ContainerStatus known = statuses.get(container.name());
    return known == null
        ? ContainerStatus.created(container.name(), container.image(), false)
        : known;
  }
}
