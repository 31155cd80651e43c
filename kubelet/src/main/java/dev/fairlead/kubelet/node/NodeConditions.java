package dev.fairlead.kubelet.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairlead.kubelet.pod.Timestamps;
import java.time.Instant;

/** Builds {@code status.conditions} of a Node; conditions of others are kept. */
final class NodeConditions {
  private final JsonNode before;
  private final String now;
  private final ArrayNode result = JsonNodeFactory.instance.arrayNode();

  NodeConditions(JsonNode before, Instant now) {
    this.before = before;
    this.now = Timestamps.seconds(now);
  }

  void set(String type, boolean holds, String reason, String message) {
    String status = holds ? "True" : "False";
    result
        .addObject()
        .put("type", type)
        .put("status", status)
        .put("lastHeartbeatTime", now)
        .put("lastTransitionTime", since(type, status))
        .put("reason", reason)
        .put("message", message);
  }

  ArrayNode all() {
    for (JsonNode other : before) {
      boolean ours = false;
      for (JsonNode known : result) {
        ours |= known.path("type").equals(other.path("type"));
      }
      if (!ours) {
        result.add(other.deepCopy());
      }
    }
    return result;
  }

  private String since(String type, String status) {
    for (JsonNode known : before) {
      if (known.path("type").asText().equals(type)
          && known.path("status").asText().equals(status)) {
        return known.path("lastTransitionTime").asText(now);
      }
    }
    return now;
  }
}
