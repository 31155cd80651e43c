package dev.fairlead.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.select.LabelSelector;

/**
 * What Fairlead reads of a Deployment (API: {@code apps/v1 Deployment}). Missing fields have the
 * API's defaults.
 *
 * @param replicas wanted pods
 * @param recreate whether all old pods go before the first new one comes; else a rolling update
 * @param maxSurge a number, or a percentage of {@code replicas} such as {@code 25%}
 * @param maxUnavailable a number, or a percentage of {@code replicas}
 * @param template the pod template; shared, never changed
 * @param progressDeadlineSeconds {@link Integer#MAX_VALUE} for none
 */
public record Deployment(
    ObjectKey key,
    String uid,
    int replicas,
    LabelSelector selector,
    JsonNode template,
    boolean recreate,
    String maxSurge,
    String maxUnavailable,
    int minReadySeconds,
    int revisionHistoryLimit,
    int progressDeadlineSeconds,
    boolean paused) {
  private static final int HISTORY_DEFAULT = 10;
  private static final int DEADLINE_SECONDS_DEFAULT = 600;

  /** Reads a Deployment's document. */
  public static Deployment of(Document document) {
    JsonNode spec = document.spec();
    JsonNode strategy = spec.path("strategy");
    JsonNode rolling = strategy.path("rollingUpdate");
    return new Deployment(
        document.key(),
        document.meta().uid(),
        spec.path("replicas").asInt(1),
        LabelSelector.ofTree(spec.path("selector")),
        spec.path("template"),
        strategy.path("type").asText("").equals("Recreate"),
        rolling.path("maxSurge").asText("25%"),
        rolling.path("maxUnavailable").asText("25%"),
        spec.path("minReadySeconds").asInt(0),
        spec.path("revisionHistoryLimit").asInt(HISTORY_DEFAULT),
        spec.path("progressDeadlineSeconds").asInt(DEADLINE_SECONDS_DEFAULT),
        spec.path("paused").asBoolean(false));
  }

  /** Whether a rollout that does not progress is to be reported. */
  public boolean hasProgressDeadline() {
    return progressDeadlineSeconds != Integer.MAX_VALUE;
  }
}
