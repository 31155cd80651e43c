package dev.fairlead.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A check of a container (API: {@code core/v1 Probe}), with upstream's defaults where a field is
 * missing.
 *
 * @param terminationGracePeriodSeconds for the container that it kills; null for the pod's own
 */
public record Probe(
    Handler handler,
    Duration initialDelay,
    Duration timeout,
    Duration period,
    int successThreshold,
    int failureThreshold,
    @Nullable Long terminationGracePeriodSeconds) {

  static @Nullable Probe of(JsonNode node) {
    Handler handler = Handler.of(node);
    if (handler == null) {
      return null;
    }
    JsonNode grace = node.path("terminationGracePeriodSeconds");
    return new Probe(
        handler,
        Duration.ofSeconds(node.path("initialDelaySeconds").asInt(0)),
        Duration.ofSeconds(positive(node, "timeoutSeconds", 1)),
        Duration.ofSeconds(positive(node, "periodSeconds", 10)),
        positive(node, "successThreshold", 1),
        positive(node, "failureThreshold", 3),
        grace.isNumber() ? Long.valueOf(grace.asLong()) : null);
  }

  private static int positive(JsonNode node, String field, int whenMissing) {
    int value = node.path(field).asInt(0);
    return value > 0 ? value : whenMissing;
  }
}
