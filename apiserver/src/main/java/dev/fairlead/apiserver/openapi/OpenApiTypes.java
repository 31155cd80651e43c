package dev.fairlead.apiserver.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.schema.Field;
import dev.fairlead.api.schema.FieldType;
import dev.fairlead.api.schema.Schema;
import dev.fairlead.api.schema.TypeSchema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The schema's types as OpenAPI definitions, with the extensions that kubectl reads. */
final class OpenApiTypes {
  private final Schema schema;
  private final boolean v3;

  /**
   * Definitions of one OpenAPI version.
   *
   * @param v3 else version 2
   */
  OpenApiTypes(Schema schema, boolean v3) {
    this.schema = schema;
    this.v3 = v3;
  }

  /** These types and all that they refer to, by name. */
  ObjectNode definitions(Set<String> roots) {
    Set<String> names = new TreeSet<>();
    roots.forEach(root -> collect(root, names));
    ObjectNode definitions = Json.object();
    names.forEach(name -> definitions.set(name, definition(schema.type(name))));
    return definitions;
  }

  private void collect(String name, Set<String> names) {
    Optional<TypeSchema> type = schema.find(name);
    if (type.isEmpty() || !names.add(name)) {
      return;
    }
    for (Field field : type.get().fields().values()) {
      if (!field.reference().isEmpty()) {
        collect(field.reference(), names);
      }
    }
  }

  private ObjectNode definition(TypeSchema type) {
    ObjectNode node = Json.object();
    if (!type.description().isEmpty()) {
      node.put("description", type.description());
    }
    node.put("type", "object");
    if (!type.required().isEmpty()) {
      strings(node.putArray("required"), type.required());
    }
    ObjectNode properties = node.putObject("properties");
    type.fields().values().forEach(field -> properties.set(field.name(), property(field)));
    if (!type.mapType().isEmpty()) {
      node.put("x-kubernetes-map-type", type.mapType());
    }
    kinds(node, type);
    return node;
  }

  private void kinds(ObjectNode node, TypeSchema type) {
    for (ResourceType each : Kinds.MODELLED) {
      boolean own = schema.of(each).name().equals(type.name());
      boolean list =
          !Kinds.REVIEWS.contains(each) && schema.listOf(each).name().equals(type.name());
      if (own || list) {
        kind(
            node.withArray("x-kubernetes-group-version-kind").addObject(),
            each,
            list ? each.kind() + "List" : each.kind());
      }
    }
  }

  /** Fills in group, version and kind. */
  static void kind(ObjectNode node, ResourceType type, String kind) {
    node.put("group", type.group()).put("kind", kind).put("version", type.version());
  }

  private ObjectNode property(Field field) {
    ObjectNode node = value(field.type());
    ObjectNode property = node;
    if (v3 && node.has("$ref")) {
      property = Json.object();
      property.putArray("allOf").add(node);
    }
    if (!field.description().isEmpty()) {
      property.put("description", field.description());
    }
    rules(property, field.rules());
    return property;
  }

  private void rules(ObjectNode property, Field.Rules rules) {
    if (rules.defaultValue() != null && (v3 || !rules.defaultValue().isObject())) {
      property.set("default", rules.defaultValue()); // Upstream's version 2 has no default objects.
    }
    put(property, "x-kubernetes-patch-strategy", rules.patchStrategy());
    put(property, "x-kubernetes-patch-merge-key", rules.patchMergeKey());
    put(property, "x-kubernetes-list-type", rules.listType());
    put(property, "x-kubernetes-map-type", rules.mapType());
    if (!rules.listMapKeys().isEmpty()) {
      strings(property.putArray("x-kubernetes-list-map-keys"), rules.listMapKeys());
    }
  }

  private ObjectNode value(FieldType type) {
    ObjectNode node = Json.object();
    switch (type) {
      case FieldType.Scalar scalar -> {
        node.put("type", scalar.openApiType());
        put(node, "format", scalar.openApiFormat());
      }
      case FieldType.Array(FieldType element) ->
          node.put("type", "array").set("items", value(element));
      case FieldType.Dictionary(FieldType value) ->
          node.put("type", "object").set("additionalProperties", value(value));
      case FieldType.Reference(String name) -> {
        if (schema.find(name).isPresent()) {
          node.put("$ref", (v3 ? "#/components/schemas/" : "#/definitions/") + name);
        } else {
          node.put("type", "object");
        }
      }
    }
    return node;
  }

  private static void put(ObjectNode node, String field, String value) {
    if (!value.isEmpty()) {
      node.put(field, value);
    }
  }

  private static void strings(ArrayNode array, List<String> values) {
    values.forEach(array::add);
  }
}
