package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Pods stay five minutes on a node that is gone or not ready, unless they say otherwise. */
public final class PodTolerations {
  private static final int SECONDS = 300;
  private static final String[] KEYS = {
    "node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"
  };

  private PodTolerations() {}

  /** Adds them to a new pod. */
  public static void addDefaults(ObjectNode spec) {
    for (String key : KEYS) {
      if (!tolerates(spec.path("tolerations"), key)) {
        ArrayNode tolerations = spec.withArray("tolerations");
        tolerations
            .addObject()
            .put("key", key)
            .put("operator", "Exists")
            .put("effect", "NoExecute")
            .put("tolerationSeconds", SECONDS);
      }
    }
  }

  private static boolean tolerates(JsonNode tolerations, String key) {
    for (JsonNode each : tolerations) {
      String named = each.path("key").asText("");
      String effect = each.path("effect").asText("");
      if ((named.equals(key) || named.isEmpty())
          && (effect.equals("NoExecute") || effect.isEmpty())) {
        return true;
      }
    }
    return false;
  }
}
