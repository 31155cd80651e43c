package dev.fairlead.controllers.disruption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import java.time.Instant;
import java.util.TreeMap;

/** The status of a budget. Pure. */
final class BudgetStatus {
  private BudgetStatus() {}

  /** What stands when everything could be counted. */
  static ObjectNode of(Document budget, Need need, int healthy, Disrupted disrupted, Instant now) {
    int spare = healthy - need.healthy();
    int allowed = need.expected() <= 0 ? 0 : Math.max(0, spare);
    ObjectNode status = Json.object();
    long generation = budget.meta().generation();
    status.set("observedGeneration", number(generation));
    if (!disrupted.byName().isEmpty()) {
      ObjectNode pods = status.putObject("disruptedPods");
      new TreeMap<>(disrupted.byName()).forEach((name, at) -> pods.put(name, at.toString()));
    }
    status
        .put("disruptionsAllowed", allowed)
        .put("currentHealthy", healthy)
        .put("desiredHealthy", need.healthy())
        .put("expectedPods", need.expected());
    String reason = allowed > 0 ? "SufficientPods" : "InsufficientPods";
    condition(status, budget, allowed > 0, reason, "", now);
    return status;
  }

  /** What stands when the pods' controllers cannot be read: nothing may be disrupted. */
  static ObjectNode failed(Document budget, String why, Instant now) {
    ObjectNode status =
        budget.status() instanceof ObjectNode known ? known.deepCopy() : Json.object();
    for (String field : new String[] {"currentHealthy", "desiredHealthy", "expectedPods"}) {
      if (!status.has(field)) {
        status.put(field, 0);
      }
    }
    status.put("disruptionsAllowed", 0);
    status.set("observedGeneration", number(budget.meta().generation()));
    condition(status, budget, false, "SyncFailed", why, now);
    return status;
  }

  private static void condition(
      ObjectNode status,
      Document budget,
      boolean allowed,
      String reason,
      String message,
      Instant now) {
    String value = allowed ? "True" : "False";
    String since = now.toString();
    for (JsonNode each : budget.status().path("conditions")) {
      if (each.path("type").asText().equals("DisruptionAllowed")
          && each.path("status").asText().equals(value)) {
        since = each.path("lastTransitionTime").asText(since);
      }
    }
    ObjectNode condition = Json.object().put("type", "DisruptionAllowed").put("status", value);
    condition.set("observedGeneration", number(budget.meta().generation()));
    condition.put("lastTransitionTime", since).put("reason", reason).put("message", message);
    status.putArray("conditions").add(condition);
  }

  private static JsonNode number(long value) {
    ObjectNode holder = Json.object();
    return value == (int) value ? holder.numberNode((int) value) : holder.numberNode(value);
  }
}
