package dev.fairlead.kubelet.pod;

import dev.fairlead.kubelet.pod.ContainerState.Running;
import dev.fairlead.kubelet.pod.ContainerState.Terminated;
import dev.fairlead.kubelet.pod.ContainerState.Waiting;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one container (API: {@code core/v1 ContainerStatus}).
 *
 * @param last how the run before ended; null when there was none
 * @param containerId with its scheme; empty before the first run
 */
public record ContainerStatus(
    String name,
    String image,
    String imageId,
    String containerId,
    ContainerState state,
    @Nullable Terminated last,
    int restartCount,
    boolean started,
    boolean ready) {

  /** A container that has never run. */
  public static ContainerStatus created(String name, String image, boolean afterInit) {
    String reason = afterInit ? "PodInitializing" : "ContainerCreating";
    return new ContainerStatus(name, image, "", "", new Waiting(reason, ""), null, 0, false, false);
  }

  /** Whether it runs now. */
  public boolean running() {
    return state instanceof Running;
  }

  /** How its newest run ended; null when it runs or has never run. */
  public @Nullable Terminated ended() {
    return switch (state) {
      case Terminated terminated -> terminated;
      case Waiting waiting -> last;
      case Running running -> null;
    };
  }

  /** The same, waiting; how its last run ended is kept. */
  public ContainerStatus waiting(String reason, String message) {
    return new ContainerStatus(
        name,
        image,
        imageId,
        containerId,
        new Waiting(reason, message),
        ended(),
        restartCount,
        false,
        false);
  }

  /** The same in its next run. */
  public ContainerStatus running(
      String newImage, String newImageId, String newContainerId, Running running) {
    Terminated before = ended();
    return new ContainerStatus(
        name,
        newImage,
        newImageId,
        newContainerId,
        running,
        before,
        before == null ? restartCount : restartCount + 1,
        false,
        false);
  }

  /** The same, ended. */
  public ContainerStatus terminated(Terminated end) {
    Terminated before = running() ? last : ended();
    int restarts = running() || before == null ? restartCount : restartCount + 1;
    return new ContainerStatus(
        name, image, imageId, containerId, end, before, restarts, false, false);
  }

  /** The same with these marks. */
  public ContainerStatus marked(boolean nowStarted, boolean nowReady) {
    return new ContainerStatus(
        name, image, imageId, containerId, state, last, restartCount, nowStarted, nowReady);
  }
}
