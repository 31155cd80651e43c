package dev.fairlead.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.select.LabelSelector;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What Fairlead reads of a ReplicaSet (API: {@code apps/v1 ReplicaSet}) or of a
 * ReplicationController (API: {@code core/v1 ReplicationController}). Numbers that are missing are
 * 0.
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

  /** Reads the document of a ReplicaSet or of a ReplicationController. */
  public static ReplicaSet of(Document document) {
    JsonNode spec = document.spec();
    JsonNode status = document.status();
    return new ReplicaSet(
        document.key(),
        document.meta().uid(),
        spec.path("replicas").asInt(1),
        spec.path("minReadySeconds").asInt(0),
        selector(document),
        labels(spec.at("/template/metadata/labels")),
        new Status(
            status.path("replicas").asInt(0),
            status.path("readyReplicas").asInt(0),
            status.path("availableReplicas").asInt(0),
            status.path("observedGeneration").asLong(0)));
  }

  /** The older kind has a plain map of labels. */
  private static LabelSelector selector(Document document) {
    JsonNode selector = document.spec().path("selector");
    return document.kind().equals("ReplicationController")
        ? LabelSelector.ofMap(labels(selector))
        : LabelSelector.ofTree(selector);
  }

  private static Map<String, String> labels(JsonNode tree) {
    Map<String, String> labels = new LinkedHashMap<>();
    tree.properties().forEach(entry -> labels.put(entry.getKey(), entry.getValue().asText()));
    return Collections.unmodifiableMap(labels);
  }
}
