package dev.fairlead.api.structured;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.codec.GoText;
import dev.fairlead.api.fieldset.PathElement;
import dev.fairlead.api.schema.Field;
import dev.fairlead.api.schema.FieldType;
import dev.fairlead.api.schema.Schema;
import dev.fairlead.api.schema.TypeSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks an applied object against its type, as structured-merge-diff does: fields that do not
 * exist, wrong types, items without keys and items that stand twice.
 */
final class Conformance {
  /** No client reads more. */
  private static final int ERRORS_MAX = 100;

  private final Schema schema;
  private final Structures structures;
  private final List<String> errors = new ArrayList<>();

  Conformance(Schema schema, Structures structures) {
    this.schema = schema;
    this.structures = structures;
  }

  /** What is wrong, each as path and reason in upstream's words; empty when nothing is. */
  List<String> check(TypeSchema type, JsonNode object) {
    struct(type, object, "");
    return List.copyOf(errors);
  }

  private void error(String path, String message) {
    if (errors.size() < ERRORS_MAX) {
      errors.add(path.isEmpty() ? message : path + ": " + message);
    }
  }

  private void struct(TypeSchema type, JsonNode node, String path) {
    if (node.isNull()) {
      return;
    }
    if (!node.isObject()) {
      error(path, "expected map, got &{%s}".formatted(GoText.of(node)));
      return;
    }
    for (Map.Entry<String, JsonNode> each : node.properties()) {
      Field field = type.field(each.getKey());
      String inner = path + "." + each.getKey();
      if (field == null) {
        error(inner, "field not declared in schema");
        return;
      }
      value(field.type(), structures.of(field), each.getValue(), inner);
    }
  }

  private void value(FieldType type, @Nullable Structure structure, JsonNode node, String path) {
    if (node.isNull()) {
      return;
    }
    switch (type) {
      case FieldType.Scalar scalar -> scalar(scalar, node, path);
      case FieldType.Array(FieldType element) -> list(element, structure, node, path);
      case FieldType.Dictionary(FieldType value) -> dictionary(value, node, path);
      case FieldType.Reference(String name) ->
          schema.find(name).ifPresent(found -> struct(found, node, path));
    }
  }

  private void dictionary(FieldType value, JsonNode node, String path) {
    if (!node.isObject()) {
      error(path, "expected map, got &{%s}".formatted(GoText.of(node)));
      return;
    }
    node.properties()
        .forEach(each -> value(value, null, each.getValue(), path + "." + each.getKey()));
  }

  private void list(FieldType item, @Nullable Structure structure, JsonNode node, String path) {
    if (!node.isArray()) {
      error(path, "expected list, got &{%s}".formatted(GoText.of(node)));
      return;
    }
    boolean associative =
        structure instanceof Structure.KeyedList || structure instanceof Structure.SetList;
    TreeSet<PathElement> seen = new TreeSet<>();
    for (int i = 0; i < node.size(); i++) {
      PathElement element = new PathElement.Index(i);
      if (associative && structure != null) {
        PathElement known = Items.element(structure, node.get(i));
        if (known == null) {
          error(path, "element %d: %s".formatted(i, missing(structure, node.get(i))));
          return;
        }
        element = known;
        if (!seen.add(known)) {
          error(path, "duplicate entries for key " + known);
        }
      }
      value(item, null, node.get(i), path + element);
    }
  }

  private static String missing(Structure list, JsonNode item) {
    if (!(list instanceof Structure.KeyedList keyed)) {
      return item.isObject()
          ? "associative list without keys has an element that's a map type"
          : item.isArray()
              ? "not supported: associative list with lists as elements"
              : "associative list without keys has an element that's an explicit null";
    }
    if (item.isNull()) {
      return "associative list with keys may not have a null element";
    }
    if (!item.isObject()) {
      return "associative list with keys may not have non-map elements";
    }
    String key =
        keyed.keys().stream()
            .filter(name -> !item.has(name) && !keyed.defaults().containsKey(name))
            .findFirst()
            .orElse("");
    return "associative list with keys has an element that omits key field \"%s\" (and doesn't have default value)"
        .formatted(key);
  }

  private void scalar(FieldType.Scalar type, JsonNode node, String path) {
    switch (type) {
      case STRING, BYTES -> {
        if (!node.isTextual()) {
          error(
              path,
              "expected string, got &value.valueUnstructured{Value:%s}".formatted(GoText.of(node)));
        }
      }
      case INT32, INT64, NUMBER -> {
        if (!node.isNumber()) {
          error(path, "expected numeric (int or float), got " + GoText.typeOf(node));
        }
      }
      case BOOLEAN -> {
        if (!node.isBoolean()) {
          error(path, "expected boolean, got &{%s}".formatted(GoText.of(node)));
        }
      }
      case DATE_TIME, MICRO_TIME, INT_OR_STRING, QUANTITY -> {
        if (node.isContainerNode()) {
          error(path, "expected any scalar, got &{%s}".formatted(GoText.of(node)));
        }
      }
      case ANY, FIELDS_V1 -> {} // Anything goes.
    }
  }
}
