package dev.fairlead.apiserver.registry.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Fills in what was not given. */
public final class Defaults {
  private Defaults() {}

  /** A text, where an empty one is none. */
  public static void put(ObjectNode object, String field, String value) {
    JsonNode known = object.get(field);
    if (known == null || (known.isTextual() && known.asText().isEmpty())) {
      object.put(field, value);
    }
  }

  /** A number. */
  public static void put(ObjectNode object, String field, int value) {
    if (!object.has(field)) {
      object.put(field, value);
    }
  }

  /** A default where zero means not given, as in fields that are no pointers upstream. */
  public static void putPositive(ObjectNode object, String field, int value) {
    if (object.path(field).asInt(0) == 0) {
      object.put(field, value);
    }
  }

  /** A truth. */
  public static void put(ObjectNode object, String field, boolean value) {
    if (!object.has(field)) {
      object.put(field, value);
    }
  }

  /** An empty object. */
  public static void object(ObjectNode object, String field) {
    if (!object.has(field)) {
      object.putObject(field);
    }
  }
}
