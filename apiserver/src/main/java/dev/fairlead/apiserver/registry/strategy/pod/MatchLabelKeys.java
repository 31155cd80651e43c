package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.apiserver.registry.Trees;
import java.util.List;

/**
 * {@code matchLabelKeys} and {@code mismatchLabelKeys} of a new pod's affinities become part of
 * their selectors, with the values of the pod's own labels (KEP-3633).
 */
public final class MatchLabelKeys {
  private MatchLabelKeys() {}

  /** Extends the selectors of a pod's affinity terms. */
  public static void apply(ObjectNode pod) {
    JsonNode labels = pod.path("metadata").path("labels");
    JsonNode affinity = pod.path("spec").path("affinity");
    for (String kind : List.of("podAffinity", "podAntiAffinity")) {
      JsonNode known = affinity.path(kind);
      known
          .path("requiredDuringSchedulingIgnoredDuringExecution")
          .forEach(term -> extend(term, labels));
      known
          .path("preferredDuringSchedulingIgnoredDuringExecution")
          .forEach(weighted -> extend(weighted.path("podAffinityTerm"), labels));
    }
  }

  private static void extend(JsonNode term, JsonNode labels) {
    if (term.get("labelSelector") instanceof ObjectNode selector) {
      extend(selector, term.path("matchLabelKeys"), "In", labels);
      extend(selector, term.path("mismatchLabelKeys"), "NotIn", labels);
    }
  }

  private static void extend(ObjectNode selector, JsonNode keys, String operator, JsonNode labels) {
    for (JsonNode key : keys) {
      if (labels.has(key.asText())) {
        selector
            .withArray("matchExpressions")
            .addObject()
            .put("key", key.asText())
            .put("operator", operator)
            .putArray("values")
            .add(Trees.text(labels, key.asText()));
      }
    }
  }
}
