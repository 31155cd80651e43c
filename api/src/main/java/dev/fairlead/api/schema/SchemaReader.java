package dev.fairlead.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.api.schema.FieldType.Scalar;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the extracted resource; its form is described in the room {@code api-schema}. */
final class SchemaReader {
  private static final String RESOURCE = "/dev/fairlead/api/schema/schema.json";

  private SchemaReader() {}

  static Schema read() {
    JsonNode root;
    try (InputStream in = Schema.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the schema resource is missing: " + RESOURCE);
      }
      root = new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException("the schema resource is broken", e);
    }
    SchemaRules rules = SchemaRules.read();
    Map<String, TypeSchema> types = new LinkedHashMap<>();
    root.path("types")
        .properties()
        .forEach(each -> types.put(each.getKey(), type(each.getKey(), each.getValue(), rules)));
    rules.requireAllKnown(types);
    MetadataTypes.all().forEach(type -> types.putIfAbsent(type.name(), type));
    return new Schema(types, scalars(root.path("scalars")));
  }

  private static Map<Scalar, String> scalars(JsonNode node) {
    Map<Scalar, String> scalars = new EnumMap<>(Scalar.class);
    node.forEachEntry((name, text) -> scalars.put(Scalar.valueOf(name), text.asText()));
    return scalars;
  }

  private static TypeSchema type(String name, JsonNode node, SchemaRules rules) {
    Map<String, Field> fields = new LinkedHashMap<>();
    node.path("f")
        .properties()
        .forEach(each -> {
          String field = each.getKey();
          fields.put(field, field(field, each.getValue(), rules.of(name, field)));
        });
    return new TypeSchema(
        name, node.path("d").asText(), rules.of(name, SchemaRules.SELF).mapType(), fields);
  }

  private static Field field(String name, JsonNode node, Field.Rules rules) {
    List<Integer> numbers = new ArrayList<>(2);
    node.path("n").forEach(number -> numbers.add(number.asInt()));
    return new Field(
        name,
        fieldType(node.path("t").asText()),
        node.path("d").asText(),
        node.path("r").asBoolean(),
        numbers,
        rules);
  }

  /** {@code []T}, {@code {}T}, {@code @name} or a scalar's name. */
  private static FieldType fieldType(String text) {
    if (text.startsWith("[]")) {
      return new FieldType.Array(fieldType(text.substring(2)));
    }
    if (text.startsWith("{}")) {
      return new FieldType.Dictionary(fieldType(text.substring(2)));
    }
    if (text.startsWith("@")) {
      return new FieldType.Reference(text.substring(1));
    }
    return Scalar.valueOf(text);
  }
}
