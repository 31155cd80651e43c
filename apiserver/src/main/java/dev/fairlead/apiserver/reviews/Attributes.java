package dev.fairlead.apiserver.reviews;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.apiserver.auth.Action;
import java.util.List;
import java.util.Set;

/** Turns the attributes of a review into an action; the resource need not be one that we serve. */
final class Attributes {
  private Attributes() {}

  static Action onResource(JsonNode attributes) {
    String group = attributes.path("group").asText("");
    String plural = attributes.path("resource").asText("");
    ResourceType type =
        Kinds.SERVED.stream()
            .filter(known -> known.group().equals(group) && known.plural().equals(plural))
            .findFirst()
            .orElseGet(() -> unknown(group, attributes.path("version").asText(""), plural));
    return new Action.OnResource(
        attributes.path("verb").asText(""),
        new Target(
            type,
            attributes.path("namespace").asText(""),
            attributes.path("name").asText(""),
            attributes.path("subresource").asText("")));
  }

  static ResourceType unknown(String group, String version, String plural) {
    return new ResourceType(
        group, version, "", plural, plural, true, List.of(), List.of(), Set.of(), plural);
  }
}
