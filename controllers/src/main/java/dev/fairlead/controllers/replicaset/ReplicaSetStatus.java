package dev.fairlead.controllers.replicaset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.select.LabelSelector;
import dev.fairlead.api.view.ReplicaSet;
import dev.fairlead.controllers.Pods;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes the status of a ReplicaSet or ReplicationController from its pods. Pure. */
final class ReplicaSetStatus {

  /**
   * A failure to show in the condition {@code ReplicaFailure}.
   *
   * @param reason {@code FailedCreate} or {@code FailedDelete}
   */
  record Failure(String reason, String message) {}

  private ReplicaSetStatus() {}

  /**
   * The whole status.
   *
   * @param pods the active pods that belong to the set
   * @param failure null when all went well
   */
  static ObjectNode of(
      Document object, List<Document> pods, @Nullable Failure failure, Instant now) {
    ReplicaSet set = ReplicaSet.of(object);
    LabelSelector template = LabelSelector.ofMap(set.templateLabels());
    Duration minReady = Duration.ofSeconds(set.minReadySeconds());
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.put("replicas", pods.size());
    put(status, "fullyLabeledReplicas", pods, pod -> template.matches(pod.meta().labels()));
    put(status, "readyReplicas", pods, Pods::ready);
    put(status, "availableReplicas", pods, pod -> Pods.available(pod, minReady, now));
    status.put("observedGeneration", object.meta().generation());
    ArrayNode conditions = conditions(object, failure, now);
    if (!conditions.isEmpty()) {
      status.set("conditions", conditions);
    }
    return status;
  }

  /** Zero is left out, as upstream. */
  private static void put(
      ObjectNode status,
      String field,
      List<Document> pods,
      java.util.function.Predicate<Document> counted) {
    long count = pods.stream().filter(counted).count();
    if (count > 0) {
      status.put(field, count);
    }
  }

  private static ArrayNode conditions(Document object, @Nullable Failure failure, Instant now) {
    ArrayNode conditions = JsonNodeFactory.instance.arrayNode();
    JsonNode known = null;
    for (JsonNode condition : object.status().path("conditions")) {
      if (condition.path("type").asText().equals("ReplicaFailure")) {
        known = condition;
      } else {
        conditions.add(condition.deepCopy());
      }
    }
    if (failure != null) {
      boolean same = known != null && known.path("reason").asText().equals(failure.reason());
      conditions.add(same && known != null ? known.deepCopy() : condition(failure, now));
    }
    return conditions;
  }

  private static ObjectNode condition(Failure failure, Instant now) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "ReplicaFailure")
        .put("status", "True")
        .put("lastTransitionTime", now.truncatedTo(ChronoUnit.SECONDS).toString())
        .put("reason", failure.reason())
        .put("message", failure.message());
  }
}
