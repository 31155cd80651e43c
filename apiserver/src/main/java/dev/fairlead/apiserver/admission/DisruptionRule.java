package dev.fairlead.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.select.LabelSelector;
import dev.fairlead.apiserver.registry.Trees;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether a pod may be evicted now, by its budgets. Pure; worded as upstream's eviction. */
final class DisruptionRule {
  /** So many evictions may wait for the controller to see them. */
  private static final int DISRUPTED_MAX = 2000;

  private static final String REFUSED =
      "Cannot evict pod as it would violate the pod's disruption budget.";
  private static final int RETRY_SECONDS = 10;

  private DisruptionRule() {}

  /**
   * Decides on one eviction.
   *
   * @param budgets those of the pod's namespace
   * @return the budget as it is after the eviction; empty when none has to change
   * @throws ApiException 429 when a budget is against it, 500 when there are several
   */
  static Optional<Document> evict(Document pod, List<Document> budgets, Instant now) {
    if (free(pod)) {
      return Optional.empty();
    }
    List<Document> own = budgets.stream().filter(budget -> selects(budget, pod)).toList();
    if (own.size() > 1) {
      throw new ApiException(
          500,
          "",
          "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.",
          null);
    }
    return own.isEmpty() || unhealthyMayGo(pod, own.getFirst())
        ? Optional.empty()
        : Optional.of(charge(own.getFirst(), pod.name(), now));
  }

  /** Nobody misses what does not run yet, has ended, or is going already. */
  private static boolean free(Document pod) {
    String phase = pod.status().path("phase").asText("");
    return List.of("Succeeded", "Failed", "Pending").contains(phase) || pod.meta().deleting();
  }

  private static boolean selects(Document budget, Document pod) {
    return LabelSelector.ofTree(budget.spec().path("selector")).matches(pod.meta().labels());
  }

  /** KEP-3017: pods that are not ready may go while the budget is met, or always. */
  private static boolean unhealthyMayGo(Document pod, Document budget) {
    if (ready(pod)) {
      return false;
    }
    if (budget.spec().path("unhealthyPodEvictionPolicy").asText("").equals("AlwaysAllow")) {
      return true;
    }
    long desired = budget.status().path("desiredHealthy").asLong(0);
    return desired > 0 && budget.status().path("currentHealthy").asLong(0) >= desired;
  }

  private static boolean ready(Document pod) {
    for (JsonNode condition : pod.status().path("conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return condition.path("status").asText().equals("True");
      }
    }
    return false;
  }

  private static Document charge(Document budget, String pod, Instant now) {
    JsonNode status = budget.status();
    if (status.path("observedGeneration").asLong(0) < budget.meta().generation()) {
      throw tooMany(
          RETRY_SECONDS,
          "The disruption budget %s is still being processed by the server."
              .formatted(budget.name()));
    }
    if (status.path("disruptedPods").size() > DISRUPTED_MAX) {
      throw ApiException.forbidden(
          "%s \"%s\" is forbidden: DisruptedPods map too big - too many evictions not confirmed by PDB controller"
              .formatted(Kinds.POD_DISRUPTION_BUDGET, budget.name()));
    }
    long allowed = status.path("disruptionsAllowed").asLong(0);
    if (allowed <= 0) {
      throw tooMany(0, why(budget));
    }
    return budget.with(tree -> {
      ObjectNode next = Trees.child(tree, "status");
      Trees.put(next, "disruptionsAllowed", allowed - 1);
      Trees.child(next, "disruptedPods").put(pod, now.toString());
      if (allowed == 1) {
        exhausted(next, budget.meta().generation(), now);
      }
    });
  }

  private static void exhausted(ObjectNode status, long generation, Instant now) {
    ArrayNode conditions = status.withArray("conditions");
    ObjectNode condition = null;
    for (JsonNode each : conditions) {
      if (each.path("type").asText().equals("DisruptionAllowed")) {
        condition = (ObjectNode) each;
      }
    }
    if (condition == null) {
      condition = conditions.addObject().put("type", "DisruptionAllowed").put("message", "");
    }
    condition
        .put("status", "False")
        .put("reason", "InsufficientPods")
        .put("lastTransitionTime", now.toString());
    Trees.put(condition, "observedGeneration", generation);
  }

  private static String why(Document budget) {
    JsonNode status = budget.status();
    String reason = "";
    String message = "";
    for (JsonNode each : status.path("conditions")) {
      if (each.path("type").asText().equals("DisruptionAllowed")
          && each.path("status").asText().equals("False")) {
        reason = each.path("reason").asText("");
        message = each.path("message").asText("");
      }
    }
    long current = status.path("currentHealthy").asLong(0);
    long desired = status.path("desiredHealthy").asLong(0);
    if (reason.equals("SyncFailed") && !message.isEmpty()) {
      return "The disruption budget %s does not allow evicting pods currently because it failed sync: %s"
          .formatted(budget.name(), message);
    }
    if (current <= desired) {
      return "The disruption budget %s needs %d healthy pods and has %d currently"
          .formatted(budget.name(), desired, current);
    }
    return "The disruption budget %s does not allow evicting pods currently"
        .formatted(budget.name());
  }

  private static ApiException tooMany(int retryAfterSeconds, String why) {
    ObjectNode details = Json.object();
    details.putArray("causes").addObject().put("reason", "DisruptionBudget").put("message", why);
    if (retryAfterSeconds > 0) {
      details.put("retryAfterSeconds", retryAfterSeconds);
    }
    return new ApiException(429, "TooManyRequests", REFUSED, details);
  }
}
