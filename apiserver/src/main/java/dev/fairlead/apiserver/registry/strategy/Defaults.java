package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Fills in what was not given. */
final class Defaults {
  private Defaults() {}

  static void put(ObjectNode object, String field, String value) {
    JsonNode known = object.get(field);
    if (known == null || (known.isTextual() && known.asText().isEmpty())) {
      object.put(field, value);
    }
  }

  static void put(ObjectNode object, String field, int value) {
    if (!object.has(field)) {
      object.put(field, value);
    }
  }

  /** A default where zero means not given, as in fields that are no pointers upstream. */
  static void putPositive(ObjectNode object, String field, int value) {
    if (object.path(field).asInt(0) == 0) {
      object.put(field, value);
    }
  }

  static void put(ObjectNode object, String field, boolean value) {
    if (!object.has(field)) {
      object.put(field, value);
    }
  }

  static void object(ObjectNode object, String field) {
    if (!object.has(field)) {
      object.putObject(field);
    }
  }
}
