package dev.fairlead.apiserver.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.ResourceType;

/** What somebody applies must say what it is. */
public final class ApplyConfig {
  private ApplyConfig() {}

  /**
   * The body of an apply, of this type.
   *
   * @throws ApiException 400 when it is of another, or of none
   */
  public static ObjectNode of(ResourceType type, JsonNode body) {
    String apiVersion = body.path("apiVersion").asText("");
    String kind = body.path("kind").asText("");
    if (body instanceof ObjectNode config
        && apiVersion.equals(type.apiVersion())
        && kind.equals(type.kind())) {
      return config;
    }
    throw ApiException.badRequest(
        "invalid object type: %s, Kind=%s"
            .formatted(apiVersion.contains("/") ? apiVersion : "/" + apiVersion, kind));
  }
}
