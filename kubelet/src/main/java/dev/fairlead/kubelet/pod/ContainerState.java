package dev.fairlead.kubelet.pod;

import java.time.Instant;

/** What a container is doing (API: {@code core/v1 ContainerState}). */
public sealed interface ContainerState {

  /** Not running yet, or not running again yet. */
  record Waiting(String reason, String message) implements ContainerState {}

  /** Running. */
  record Running(Instant startedAt) implements ContainerState {}

  /**
   * It has ended.
   *
   * @param reason {@code Completed} or {@code Error}, or another of upstream's
   * @param containerId with its scheme; empty when it never had one
   */
  record Terminated(
      int exitCode,
      String reason,
      String message,
      Instant startedAt,
      Instant finishedAt,
      String containerId)
      implements ContainerState {}
}
