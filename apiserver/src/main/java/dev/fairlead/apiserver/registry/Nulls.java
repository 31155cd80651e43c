package dev.fairlead.apiserver.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Drops fields that are null: to a typed API they are the same as missing. */
final class Nulls {
  private Nulls() {}

  static void strip(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().removeIf(entry -> entry.getValue().isNull());
    }
    node.forEach(Nulls::strip);
  }
}
