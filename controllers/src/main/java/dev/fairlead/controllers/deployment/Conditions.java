package dev.fairlead.controllers.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** The conditions of a Deployment's status while they are being worked out. */
final class Conditions {
  static final String AVAILABLE = "Available";
  static final String PROGRESSING = "Progressing";
  static final String REPLICA_FAILURE = "ReplicaFailure";

  private final Map<String, JsonNode> byType = new LinkedHashMap<>();
  private final String now;

  Conditions(JsonNode known, Instant now) {
    this.now = now.truncatedTo(ChronoUnit.SECONDS).toString();
    known.forEach(condition -> byType.put(condition.path("type").asText(), condition));
  }

  /** The reason of a condition; empty when there is no such condition. */
  String reason(String type) {
    return byType
        .getOrDefault(type, JsonNodeFactory.instance.objectNode())
        .path("reason")
        .asText("");
  }

  /** When a condition was last written; null-free: the epoch when there is none. */
  Instant updated(String type) {
    JsonNode condition = byType.get(type);
    String time = condition == null ? "" : condition.path("lastUpdateTime").asText("");
    return time.isEmpty() ? Instant.EPOCH : Instant.parse(time);
  }

  /** Sets a condition; nothing changes when status and reason stay. */
  void set(String type, String status, String reason, String message) {
    JsonNode known = byType.get(type);
    if (known == null
        || !known.path("status").asText().equals(status)
        || !known.path("reason").asText().equals(reason)) {
      renew(type, status, reason, message);
    }
  }

  /** Sets a condition and its time, even when nothing else changes. */
  void renew(String type, String status, String reason, String message) {
    JsonNode known = byType.remove(type);
    boolean turned = known == null || !known.path("status").asText().equals(status);
    ObjectNode condition = JsonNodeFactory.instance.objectNode();
    condition.put("type", type).put("status", status);
    condition.put("lastUpdateTime", now);
    condition.put(
        "lastTransitionTime",
        turned || known == null ? now : known.path("lastTransitionTime").asText(now));
    condition.put("reason", reason).put("message", message);
    byType.put(type, condition);
  }

  void remove(String type) {
    byType.remove(type);
  }

  ArrayNode toTree() {
    ArrayNode tree = JsonNodeFactory.instance.arrayNode();
    byType.values().forEach(condition -> tree.add(condition.deepCopy()));
    return tree;
  }
}
