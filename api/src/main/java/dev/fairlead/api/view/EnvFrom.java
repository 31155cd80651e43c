package dev.fairlead.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * All keys of a ConfigMap or Secret as variables (API: {@code core/v1 EnvFromSource}).
 *
 * @param prefix put before each key; may be empty
 * @param secret whether {@code name} is a Secret and not a ConfigMap
 */
public record EnvFrom(String prefix, boolean secret, String name, boolean optional) {

  static List<EnvFrom> all(JsonNode array) {
    List<EnvFrom> result = new ArrayList<>(array.size());
    for (JsonNode each : array) {
      boolean secret = each.has("secretRef");
      JsonNode reference = each.path(secret ? "secretRef" : "configMapRef");
      result.add(
          new EnvFrom(
              each.path("prefix").asText(""),
              secret,
              reference.path("name").asText(""),
              reference.path("optional").asBoolean(false)));
    }
    return List.copyOf(result);
  }
}
