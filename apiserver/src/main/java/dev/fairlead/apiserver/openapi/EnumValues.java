package dev.fairlead.apiserver.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.schema.Field;
import dev.fairlead.api.schema.FieldType.Scalar;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What both versions of OpenAPI say of fields whose values are all known, as upstream's generator
 * does (KEP-2887, {@code kube-openapi/pkg/generators/enum.go}).
 */
final class EnumValues {
  private static final String HEADING = "Possible enum values:\n";

  private EnumValues() {}

  /** The field's description; below that of a single text stand its values. */
  static String description(Field field) {
    List<String> values = sorted(field);
    if (values.isEmpty() || field.type() != Scalar.STRING) {
      return field.description();
    }
    String list = values.stream().map(" - `\"%s\"`"::formatted).collect(Collectors.joining("\n"));
    return (field.description() + "\n\n" + HEADING + list).strip();
  }

  /** Adds {@code enum} to a text, to the elements of a list or to the values of a map. */
  static void add(ObjectNode property, Field field) {
    List<String> values = sorted(field);
    if (values.isEmpty()) {
      return;
    }
    ObjectNode text = property;
    for (String inner : List.of("items", "additionalProperties")) {
      JsonNode node = text.path(inner);
      text = node instanceof ObjectNode object ? object : text;
    }
    ArrayNode list = text.putArray("enum");
    values.forEach(list::add);
  }

  private static List<String> sorted(Field field) {
    return field.rules().enumeration().values().stream().sorted().toList();
  }
}
