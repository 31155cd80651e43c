package dev.fairlead.controllers.statefulset;

import dev.fairlead.api.Document;
import dev.fairlead.controllers.Pods;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One place in a StatefulSet and the pod in it, at one moment.
 *
 * @param pod null while there is none
 * @param ready running and ready
 * @param available ready for long enough
 */
record Replica(int ordinal, @Nullable Document pod, boolean ready, boolean available) {

  static Replica of(int ordinal, @Nullable Document pod, Duration minReady, Instant now) {
    boolean ready = pod != null && Pods.phase(pod).equals("Running") && Pods.ready(pod);
    boolean available = ready && pod != null && Pods.available(pod, minReady, now);
    return new Replica(ordinal, pod, ready, available);
  }

  boolean terminating() {
    return pod != null && pod.meta().deleting();
  }

  boolean finished() {
    return pod != null && Pods.finished(pod);
  }

  /** Nobody can count on it now, or not for long. */
  boolean unavailable() {
    return !available || terminating();
  }

  /** The revision of its pod; empty without one. */
  String revision() {
    return pod == null ? "" : Identity.revision(pod);
  }
}
