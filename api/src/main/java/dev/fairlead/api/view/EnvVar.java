package dev.fairlead.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One environment variable of a container (API: {@code core/v1 EnvVar}).
 *
 * @param source where the value comes from; null when {@code value} says it
 */
public record EnvVar(String name, String value, @Nullable Source source) {

  /** Where a value comes from. */
  public sealed interface Source {
    /** A field of the pod itself, for example {@code status.podIP}. */
    record Field(String path) implements Source {}

    /** A key of a ConfigMap. */
    record ConfigMapKey(String name, String key, boolean optional) implements Source {}

    /** A key of a Secret. */
    record SecretKey(String name, String key, boolean optional) implements Source {}

    /**
     * An amount that a container asks for.
     *
     * @param container empty for the one that asks
     * @param resource for example {@code limits.cpu}
     * @param divisor {@code 0} when missing
     */
    record Resource(String container, String resource, String divisor) implements Source {}

    /** Any other source. {@code field} is its name in the API, for example {@code fileKeyRef}. */
    record Other(String field) implements Source {}
  }

  static List<EnvVar> all(JsonNode array) {
    List<EnvVar> result = new ArrayList<>(array.size());
    for (JsonNode each : array) {
      result.add(
          new EnvVar(
              each.path("name").asText(""),
              each.path("value").asText(""),
              source(each.path("valueFrom"))));
    }
    return List.copyOf(result);
  }

  private static @Nullable Source source(JsonNode from) {
    if (from.has("fieldRef")) {
      return new Source.Field(from.path("fieldRef").path("fieldPath").asText(""));
    }
    JsonNode map = from.path("configMapKeyRef");
    if (map.isObject()) {
      return new Source.ConfigMapKey(name(map), key(map), optional(map));
    }
    JsonNode secret = from.path("secretKeyRef");
    if (secret.isObject()) {
      return new Source.SecretKey(name(secret), key(secret), optional(secret));
    }
    JsonNode resource = from.path("resourceFieldRef");
    if (resource.isObject()) {
      return new Source.Resource(
          resource.path("containerName").asText(""),
          resource.path("resource").asText(""),
          resource.path("divisor").asText("0"));
    }
    return from.properties().stream()
        .findFirst()
        .map(other -> (Source) new Source.Other(other.getKey()))
        .orElse(null);
  }

  private static String name(JsonNode reference) {
    return reference.path("name").asText("");
  }

  private static String key(JsonNode reference) {
    return reference.path("key").asText("");
  }

  private static boolean optional(JsonNode reference) {
    return reference.path("optional").asBoolean(false);
  }
}
