package dev.fairlead.kubelet.pod;

import dev.fairlead.api.view.Container;
import dev.fairlead.api.view.Pod;
import dev.fairlead.kubelet.pod.ContainerState.Terminated;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides which containers of a pod should be started now; back-off is not its business. Init
 * containers run one after the other; a sidecar (KEP-753) among them holds up the next only until
 * it has started, and is started again whenever it ends, until the pod's own containers are done.
 * An ephemeral container is started once.
 *
 * @param statuses of all containers by name
 * @param here the containers that have run since the pod's namespaces were made: init containers of
 *     former ones run again
 */
public record Lifecycle(Pod pod, Map<String, ContainerStatus> statuses, Set<String> here) {

  /** The containers to start, in this order. */
  public List<Container> toStart() {
    List<Container> result = new ArrayList<>();
    if (done()) {
      return result;
    }
    for (Container ephemeral : pod.ephemeralContainers()) {
      ContainerStatus status = status(ephemeral);
      if (!status.running() && status.ended() == null) {
        result.add(ephemeral);
      }
    }
    if (!initStarts(result)) {
      for (Container container : pod.containers()) {
        if (shouldRun(status(container))) {
          result.add(container);
        }
      }
    }
    return result;
  }

  /** Adds the init containers to start; true when the pod's own containers must wait. */
  private boolean initStarts(List<Container> result) {
    boolean begun = begun();
    for (Container init : pod.initContainers()) {
      ContainerStatus status = initStatus(init);
      if (init.sidecar()) {
        if (!status.running()) {
          result.add(init);
        }
        if (!begun && !status.started()) {
          return true;
        }
      } else if (!begun && !succeeded(status)) {
        if (!status.running()) {
          result.add(init);
        }
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the pod's own containers have done all they will do, so that nothing is started any
   * more and sidecars have to end.
   */
  public boolean done() {
    return initFailed() || pod.containers().stream().noneMatch(each -> mayRun(status(each)));
  }

  /** Whether nothing runs and nothing will: the pod has succeeded or failed for good. */
  public boolean finished() {
    return done() && statuses.values().stream().noneMatch(ContainerStatus::running);
  }

  private boolean initFailed() {
    if (!pod.restartPolicy().equals("Never") || begun()) {
      return false;
    }
    for (Container init : pod.initContainers()) {
      Terminated ended = initStatus(init).ended();
      if (!init.sidecar() && ended != null && ended.exitCode() != 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether one of the pod's own containers has begun, which no init container can undo. */
  private boolean begun() {
    return pod.containers().stream().anyMatch(each -> here.contains(each.name()));
  }

  private boolean mayRun(ContainerStatus status) {
    return status.running() || shouldRun(status);
  }

  private boolean shouldRun(ContainerStatus status) {
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

  /** What is known of an init container in the namespaces that exist now. */
  private ContainerStatus initStatus(Container init) {
    return here.contains(init.name())
        ? status(init)
        : ContainerStatus.created(init.name(), init.image(), false);
  }

  private ContainerStatus status(Container container) {
    ContainerStatus known = statuses.get(container.name());
    return known == null
        ? ContainerStatus.created(container.name(), container.image(), false)
        : known;
  }
}
