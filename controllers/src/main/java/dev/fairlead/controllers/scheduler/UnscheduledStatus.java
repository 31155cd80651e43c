package dev.fairlead.controllers.scheduler;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import dev.fairlead.controllers.Pods;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The {@code status} of a pod that has no node. */
final class UnscheduledStatus {
  private UnscheduledStatus() {}

  /**
   * The same with the condition {@code PodScheduled} false.
   *
   * @param nominated the node that it was promised room on; empty for none
   */
  static ObjectNode of(Document pod, String message, String nominated, Instant now) {
    ObjectNode status = pod.status() instanceof ObjectNode known ? known.deepCopy() : Json.object();
    ArrayNode conditions = Json.object().putArray("conditions");
    for (var condition : pod.status().path("conditions")) {
      if (!condition.path("type").asText().equals("PodScheduled")) {
        conditions.add(condition);
      }
    }
    var before = Pods.condition(pod, "PodScheduled");
    String since =
        before.path("status").asText().equals("False")
            ? before.path("lastTransitionTime").asText()
            : now.truncatedTo(ChronoUnit.SECONDS).toString();
    conditions
        .addObject()
        .put("type", "PodScheduled")
        .put("status", "False")
        .put("lastTransitionTime", since)
        .put("reason", "Unschedulable")
        .put("message", message);
    status.set("conditions", conditions);
    if (nominated.isEmpty()) {
      status.remove("nominatedNodeName");
    } else {
      status.put("nominatedNodeName", nominated);
    }
    return status;
  }
}
