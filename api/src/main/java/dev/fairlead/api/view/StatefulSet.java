package dev.fairlead.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.select.LabelSelector;

/**
 * What Fairlead reads of a StatefulSet (API: {@code apps/v1 StatefulSet}). Missing fields have the
 * API's defaults.
 *
 * @param replicas wanted pods
 * @param startOrdinal the number of the first pod
 * @param template the pod template; shared, never changed
 * @param serviceName the headless Service that gives its pods names; may be empty
 * @param parallel whether pods come and go all at once; else in order, each when its predecessors
 *     are available
 * @param onDelete whether pods are updated only when somebody deletes them
 * @param partition replicas before this one are not updated; negative when there is no {@code
 *     rollingUpdate}
 */
public record StatefulSet(
    ObjectKey key,
    String uid,
    int replicas,
    int startOrdinal,
    LabelSelector selector,
    JsonNode template,
    String serviceName,
    boolean parallel,
    boolean onDelete,
    int partition,
    int minReadySeconds,
    int revisionHistoryLimit) {
  private static final int HISTORY_DEFAULT = 10;

  /** Reads a StatefulSet's document. */
  public static StatefulSet of(Document document) {
    JsonNode spec = document.spec();
    JsonNode strategy = spec.path("updateStrategy");
    JsonNode rolling = strategy.path("rollingUpdate");
    return new StatefulSet(
        document.key(),
        document.meta().uid(),
        spec.path("replicas").asInt(1),
        spec.path("ordinals").path("start").asInt(0),
        LabelSelector.ofTree(spec.path("selector")),
        spec.path("template"),
        spec.path("serviceName").asText(""),
        spec.path("podManagementPolicy").asText("").equals("Parallel"),
        strategy.path("type").asText("").equals("OnDelete"),
        rolling.isObject() ? rolling.path("partition").asInt(0) : -1,
        spec.path("minReadySeconds").asInt(0),
        spec.path("revisionHistoryLimit").asInt(HISTORY_DEFAULT));
  }
}
