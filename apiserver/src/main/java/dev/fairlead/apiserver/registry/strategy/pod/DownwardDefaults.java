package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.apiserver.registry.rules.Defaults;

/** Defaults of what refers to a field of the pod, or to a container's resource. */
final class DownwardDefaults {
  private DownwardDefaults() {}

  /** Completes the references that {@code holder} has. */
  static void apply(JsonNode holder) {
    if (holder.get("fieldRef") instanceof ObjectNode field) {
      Defaults.put(field, "apiVersion", "v1");
    }
    if (holder.get("resourceFieldRef") instanceof ObjectNode resource) {
      Defaults.put(resource, "divisor", "0");
    }
  }
}
