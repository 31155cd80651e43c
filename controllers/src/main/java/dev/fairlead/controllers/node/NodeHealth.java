package dev.fairlead.controllers.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a node's conditions and taints should be, in pure code and upstream's words (upstream:
 * {@code pkg/controller/nodelifecycle}).
 */
final class NodeHealth {
  static final String NOT_READY = "node.kubernetes.io/not-ready";
  static final String UNREACHABLE = "node.kubernetes.io/unreachable";
  static final String UNSCHEDULABLE = "node.kubernetes.io/unschedulable";

  private static final Set<String> OURS = Set.of(NOT_READY, UNREACHABLE, UNSCHEDULABLE);
  private static final List<String> CONDITIONS =
      List.of("Ready", "MemoryPressure", "DiskPressure", "PIDPressure");

  private NodeHealth() {}

  /** {@code True}, {@code False} or {@code Unknown}; a node that never said is {@code Unknown}. */
  static String ready(Document node) {
    return condition(node, "Ready").path("status").asText("Unknown");
  }

  /** The node's status after its kubelet has fallen silent. */
  static ObjectNode silent(Document node, Instant now) {
    ObjectNode status =
        node.status() instanceof ObjectNode known ? known.deepCopy() : Json.object();
    ArrayNode conditions = Json.object().putArray("conditions");
    for (JsonNode each : node.status().path("conditions")) {
      if (!CONDITIONS.contains(each.path("type").asText())) {
        conditions.add(each.deepCopy());
      }
    }
    CONDITIONS.forEach(type -> conditions.add(unknown(node, type, time(now))));
    status.set("conditions", conditions);
    return status;
  }

  private static ObjectNode unknown(Document node, String type, String now) {
    if (!(condition(node, type) instanceof ObjectNode before)) {
      return Json.object()
          .put("type", type)
          .put("status", "Unknown")
          .put("lastHeartbeatTime", time(node.meta().creationTimestamp(), now))
          .put("lastTransitionTime", now)
          .put("reason", "NodeStatusNeverUpdated")
          .put("message", "Kubelet never posted node status.");
    }
    ObjectNode next = before.deepCopy();
    if (!before.path("status").asText().equals("Unknown")) {
      next.put("status", "Unknown")
          .put("lastTransitionTime", now)
          .put("reason", "NodeStatusUnknown")
          .put("message", "Kubelet stopped posting node status.");
    }
    return next;
  }

  /** All taints that the node should have; those of others stay as they are. */
  static ArrayNode taints(Document node, Instant now) {
    ArrayNode wanted = Json.object().putArray("taints");
    for (JsonNode each : node.spec().path("taints")) {
      if (!OURS.contains(each.path("key").asText())) {
        wanted.add(each.deepCopy());
      }
    }
    switch (condition(node, "Ready").path("status").asText("")) {
      case "True" -> {}
      case "False", "" -> add(wanted, node, NOT_READY, now);
      default -> add(wanted, node, UNREACHABLE, now);
    }
    if (node.spec().path("unschedulable").asBoolean(false)) {
      wanted.add(taint(node, UNSCHEDULABLE, "NoSchedule", now));
    }
    return wanted;
  }

  private static void add(ArrayNode wanted, Document node, String key, Instant now) {
    wanted.add(taint(node, key, "NoSchedule", now));
    wanted.add(taint(node, key, "NoExecute", now));
  }

  /** The taint as it is there already, with the time it was added, else a new one. */
  private static ObjectNode taint(Document node, String key, String effect, Instant now) {
    for (JsonNode each : node.spec().path("taints")) {
      if (each.path("key").asText().equals(key) && each.path("effect").asText().equals(effect)) {
        return each.deepCopy();
      }
    }
    return Json.object().put("key", key).put("effect", effect).put("timeAdded", time(now));
  }

  static JsonNode condition(Document node, String type) {
    for (JsonNode each : node.status().path("conditions")) {
      if (each.path("type").asText().equals(type)) {
        return each;
      }
    }
    return node.status().path("no such condition");
  }

  private static String time(@Nullable Instant time, String otherwise) {
    return time == null ? otherwise : time(time);
  }

  static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
