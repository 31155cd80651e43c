package dev.fairlead.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What controllers ask of a pod (API: {@code core/v1 Pod}). */
public final class Pods {
  private Pods() {}

  /** Whether the condition {@code Ready} is {@code True}. */
  public static boolean ready(Document pod) {
    return condition(pod, "Ready").path("status").asText().equals("True");
  }

  /** When the pod became ready or stopped being so; null when it never said. */
  public static @Nullable Instant readyTransition(Document pod) {
    JsonNode time = condition(pod, "Ready").path("lastTransitionTime");
    return time.isTextual() ? Instant.parse(time.asText()) : null;
  }

  /**
   * When the pod is, was or will be available: ready for {@code minReady} without a break.
   *
   * @return null when it is not ready
   */
  public static @Nullable Instant availableAt(Document pod, Duration minReady) {
    if (!ready(pod)) {
      return null;
    }
    if (minReady.isZero()) {
      return Instant.EPOCH;
    }
    Instant since = readyTransition(pod);
    return since == null ? null : since.plus(minReady);
  }

  /** Whether the pod has been ready for {@code minReady} without a break. */
  public static boolean available(Document pod, Duration minReady, Instant now) {
    Instant at = availableAt(pod, minReady);
    return at != null && !at.isAfter(now);
  }

  /**
   * When the next of these pods becomes available by the mere passing of time.
   *
   * @return null when none will
   */
  public static @Nullable Instant nextAvailable(
      Collection<Document> pods, Duration minReady, Instant now) {
    Instant next = null;
    for (Document pod : pods) {
      Instant at = availableAt(pod, minReady);
      if (at != null && at.isAfter(now) && (next == null || at.isBefore(next))) {
        next = at;
      }
    }
    return next;
  }

  /** Whether the pod still counts: neither finished nor being deleted. */
  public static boolean active(Document pod) {
    return !finished(pod) && !pod.meta().deleting();
  }

  /** Whether all its containers have ended for good. */
  public static boolean finished(Document pod) {
    String phase = phase(pod);
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  /** {@code status.phase}; {@code Pending} when missing. */
  public static String phase(Document pod) {
    return pod.status().path("phase").asText("Pending");
  }

  /** {@code spec.nodeName}; empty while unscheduled. */
  public static String nodeName(Document pod) {
    return pod.spec().path("nodeName").asText("");
  }

  /** How often its containers were restarted, all together. */
  public static int restarts(Document pod) {
    int restarts = 0;
    for (JsonNode container : pod.status().path("containerStatuses")) {
      restarts += container.path("restartCount").asInt(0);
    }
    return restarts;
  }

  /** A condition of its status, or a missing node. */
  public static JsonNode condition(Document pod, String type) {
    for (JsonNode condition : pod.status().path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    return pod.status().path("no such condition");
  }
}
