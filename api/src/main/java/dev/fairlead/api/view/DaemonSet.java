package dev.fairlead.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.select.LabelSelector;

/**
 * What Fairlead reads of a DaemonSet (API: {@code apps/v1 DaemonSet}). Missing fields have the
 * API's defaults.
 *
 * @param template the pod template; shared, never changed
 * @param onDelete whether pods are updated only when somebody deletes them
 * @param maxUnavailable a number, or a percentage of the nodes such as {@code 10%}
 * @param maxSurge a number, or a percentage of the nodes
 * @param templateGeneration how often the template was set; empty when it was never counted
 */
public record DaemonSet(
    ObjectKey key,
    String uid,
    LabelSelector selector,
    JsonNode template,
    boolean onDelete,
    String maxUnavailable,
    String maxSurge,
    int minReadySeconds,
    int revisionHistoryLimit,
    String templateGeneration) {
  private static final int HISTORY_DEFAULT = 10;
  private static final String GENERATION = "deprecated.daemonset.template.generation";

  /** Reads a DaemonSet's document. */
  public static DaemonSet of(Document document) {
    JsonNode spec = document.spec();
    JsonNode strategy = spec.path("updateStrategy");
    JsonNode rolling = strategy.path("rollingUpdate");
    return new DaemonSet(
        document.key(),
        document.meta().uid(),
        LabelSelector.ofTree(spec.path("selector")),
        spec.path("template"),
        strategy.path("type").asText("").equals("OnDelete"),
        rolling.path("maxUnavailable").asText("1"),
        rolling.path("maxSurge").asText("0"),
        spec.path("minReadySeconds").asInt(0),
        spec.path("revisionHistoryLimit").asInt(HISTORY_DEFAULT),
        document.meta().annotations().getOrDefault(GENERATION, ""));
  }
}
