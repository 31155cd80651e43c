package dev.fairlead.kubelet.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How far a change of a pod's resources has come, and how its status tells it (KEP-1287).
 *
 * @param actual what running containers are held to, by name; missing where the node cannot tell
 * @param verdict what the node said of the newest wish
 * @param unfinished whether a running container is not yet held to what was granted
 * @param error why the kernel refused; empty when it has not
 */
record ResizeState(
    Map<String, JsonNode> actual, ResizeVerdict verdict, boolean unfinished, String error) {
  private static final String PENDING = "PodResizePending";
  private static final String IN_PROGRESS = "PodResizeInProgress";

  ResizeState {
    actual = Map.copyOf(actual);
  }

  /**
   * Puts its conditions in.
   *
   * @param conditions of the pod, with those of a former state
   */
  void write(ArrayNode conditions, JsonNode before, Instant now) {
    for (String type : List.of(PENDING, IN_PROGRESS)) {
      for (int i = conditions.size() - 1; i >= 0; i--) {
        if (conditions.get(i).path("type").asText("").equals(type)) {
          conditions.remove(i);
        }
      }
    }
    switch (verdict) {
      case ResizeVerdict.Granted granted -> {}
      case ResizeVerdict.Deferred(String message) ->
          add(conditions, PENDING, "Deferred", message, before, now);
      case ResizeVerdict.Infeasible(String message) ->
          add(conditions, PENDING, "Infeasible", message, before, now);
    }
    if (unfinished) {
      add(conditions, IN_PROGRESS, error.isEmpty() ? "" : "Error", error, before, now);
    }
  }

  private static void add(
      ArrayNode conditions,
      String type,
      String reason,
      String message,
      JsonNode before,
      Instant now) {
    ObjectNode condition = conditions.addObject();
    condition.put("type", type).put("status", "True");
    condition.put("lastTransitionTime", Timestamps.seconds(now));
    for (JsonNode known : before) {
      if (known.path("type").asText("").equals(type)) {
        JsonNode probed = known.get("lastProbeTime");
        if (probed != null) { // Null where the server keeps nulls; nobody sets it.
          condition.set("lastProbeTime", probed);
        }
        condition.set("lastTransitionTime", known.path("lastTransitionTime"));
      }
    }
    if (!reason.isEmpty()) {
      condition.put("reason", reason);
    }
    if (!message.isEmpty()) {
      condition.put("message", message);
    }
  }
}
