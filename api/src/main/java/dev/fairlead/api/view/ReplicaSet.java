package dev.fairlead.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.select.LabelSelector;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What Fairlead reads of a ReplicaSet (API: {@code apps/v1 ReplicaSet}). Numbers that are missing
 * are 0.
 *
 * @param replicas wanted pods; 1 when missing
 * @param selector selects nothing when missing
 * @param templateLabels labels of the pod template
 */
public record ReplicaSet(
    ObjectKey key,
    String uid,
    int replicas,
    int minReadySeconds,
    LabelSelector selector,
    Map<String, String> templateLabels,
    Status status) {

  /** {@code status}. */
  public record Status(int replicas, int ready, int available, long observedGeneration) {}

  /** Reads a ReplicaSet's document. */
  public static ReplicaSet of(Document document) {
    JsonNode spec = document.spec();
    JsonNode status = document.status();
    Map<String, String> labels = new LinkedHashMap<>();
    spec.at("/template/metadata/labels")
        .properties()
        .forEach(entry -> labels.put(entry.getKey(), entry.getValue().asText()));
    return new ReplicaSet(
        document.key(),
        document.meta().uid(),
        spec.path("replicas").asInt(1),
        spec.path("minReadySeconds").asInt(0),
        LabelSelector.ofTree(spec.path("selector")),
        Collections.unmodifiableMap(labels),
        new Status(
            status.path("replicas").asInt(0),
            status.path("readyReplicas").asInt(0),
            status.path("availableReplicas").asInt(0),
            status.path("observedGeneration").asLong(0)));
  }
}
