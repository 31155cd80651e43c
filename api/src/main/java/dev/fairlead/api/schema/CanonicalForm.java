package dev.fairlead.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;

/**
 * The form that an object has after upstream's typed decoding and encoding: without nulls, zeros
 * and empty collections that say nothing, so that two manifests that mean the same are the same.
 * Fields that the type does not know stay.
 */
public final class CanonicalForm {
  /** An empty list asks for something, and copies of an object share it. */
  private static final String AS_IT_IS = "managedFields";

  private static final ZeroRules ZEROS = ZeroRules.load();

  private final Schema schema;

  private CanonicalForm(Schema schema) {
    this.schema = schema;
  }

  /** Brings a tree of this type into its form, in place. */
  public static void give(TypeSchema type, ObjectNode tree) {
    new CanonicalForm(Schema.load()).struct(type, tree);
  }

  private void struct(TypeSchema type, ObjectNode tree) {
    for (Iterator<Map.Entry<String, JsonNode>> each = tree.properties().iterator();
        each.hasNext(); ) {
      Map.Entry<String, JsonNode> entry = each.next();
      JsonNode value = entry.getValue();
      Field field = type.field(entry.getKey());
      if (value.isNull()) {
        each.remove();
      } else if (field != null && !entry.getKey().equals(AS_IT_IS)) {
        if (ZEROS.isNone(type, field, value)) {
          each.remove();
        } else {
          value(field.type(), value);
        }
      }
    }
  }

  private void value(FieldType type, JsonNode node) {
    switch (type) {
      case FieldType.Reference(String name) -> {
        if (node instanceof ObjectNode object) {
          schema.find(name).ifPresent(inner -> struct(inner, object));
        }
      }
      case FieldType.Array(FieldType element) -> {
        if (node instanceof ArrayNode array) {
          items(element, array);
        }
      }
      case FieldType.Dictionary(FieldType value) -> {
        if (node instanceof ObjectNode object) {
          entries(value, object);
        }
      }
      case FieldType.Scalar _ -> {} // Is what it is.
    }
  }

  private void items(FieldType element, ArrayNode array) {
    for (int i = 0; i < array.size(); i++) {
      if (array.get(i).isNull()) {
        array.set(i, ZeroRules.zero(element));
      } else {
        value(element, array.get(i));
      }
    }
  }

  private void entries(FieldType type, ObjectNode map) {
    for (Map.Entry<String, JsonNode> each : map.properties()) {
      if (each.getValue().isNull()) {
        each.setValue(ZeroRules.zero(type));
      } else {
        value(type, each.getValue());
      }
    }
  }
}
