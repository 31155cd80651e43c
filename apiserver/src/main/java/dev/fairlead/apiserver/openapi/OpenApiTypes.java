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
import dev.fairlead.apiserver.discovery.SubresourceKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The schema's types as OpenAPI definitions, with the extensions that kubectl reads. */
final class OpenApiTypes {
  private final Schema schema;
  private final Dialect dialect;

  OpenApiTypes(Schema schema, Dialect dialect) {
    this.schema = schema;
    this.dialect = dialect;
  }

  /** The types that the operations on these kinds take and give, and all that they refer to. */
  ObjectNode definitions(List<ResourceType> kinds) {
    Set<String> names = new TreeSet<>();
    TypeNames.COMMON.forEach(name -> collect(name, names));
    for (ResourceType kind : kinds) {
      collect(TypeNames.of(kind, ""), names);
      collect(TypeNames.listOf(kind), names);
      kind.subresources().forEach(each -> collect(TypeNames.of(kind, each), names));
    }
    ObjectNode definitions = Json.object();
    names.forEach(name -> find(name).ifPresent(type -> definitions.set(name, definition(type))));
    for (NamedScalar each : NamedScalar.values()) {
      definitions.set(each.canonicalName(), each.definition(schema, dialect));
    }
    definitions
        .putObject(TypeNames.PATCH)
        .put("description", "A patch, in the form that its media type names.")
        .put("type", "object");
    return definitions;
  }

  private Optional<TypeSchema> find(String name) {
    return schema.find(name).or(() -> MetricsTypes.find(name));
  }

  private void collect(String name, Set<String> names) {
    Optional<TypeSchema> type = find(name);
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
    put(node, "description", type.description());
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
    for (ResourceType each : Kinds.SERVED) {
      boolean list = TypeNames.listOf(each).equals(type.name());
      if (list || TypeNames.of(each, "").equals(type.name())) {
        kind(node, each.group(), each.version(), list ? each.kind() + "List" : each.kind());
      }
      for (String name : each.subresources()) {
        SubresourceKind sub = SubresourceKind.of(each, name);
        if (!sub.kind().equals(each.kind()) && TypeNames.of(each, name).equals(type.name())) {
          kind(node, sub.group(), sub.version(), sub.kind());
        }
      }
    }
  }

  /** Adds a kind, once. */
  private static void kind(ObjectNode node, String group, String version, String kind) {
    ObjectNode added = Json.object().put("group", group).put("kind", kind).put("version", version);
    ArrayNode all = node.withArray("x-kubernetes-group-version-kind");
    if (!all.valueStream().anyMatch(added::equals)) {
      all.add(added);
    }
  }

  private ObjectNode property(Field field) {
    ObjectNode node = value(field.type());
    ObjectNode property = node;
    if (dialect == Dialect.V3 && node.has("$ref")) {
      property = Json.object();
      property.putArray("allOf").add(node);
    }
    put(property, "description", EnumValues.description(field));
    rules(property, field.rules());
    EnumValues.add(property, field);
    return property;
  }

  private void rules(ObjectNode property, Field.Rules rules) {
    if (rules.defaultValue() != null && !rules.defaultValue().isObject()) {
      // Upstream's version 3 also has empty objects as defaults, which no generator makes code of.
      property.set("default", rules.defaultValue());
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
      case FieldType.Scalar scalar -> scalar(node, scalar);
      case FieldType.Array(FieldType element) ->
          node.put("type", "array").set("items", value(element));
      case FieldType.Dictionary(FieldType value) ->
          node.put("type", "object").set("additionalProperties", value(value));
      case FieldType.Reference(String name) -> {
        if (find(name).isPresent()) {
          node.put("$ref", dialect.reference(name));
        } else {
          node.put("type", "object");
        }
      }
    }
    return node;
  }

  private void scalar(ObjectNode node, FieldType.Scalar scalar) {
    NamedScalar named = NamedScalar.of(scalar);
    if (named == null) {
      node.put("type", scalar.openApiType());
      put(node, "format", scalar.openApiFormat());
    } else {
      node.put("$ref", dialect.reference(named.canonicalName()));
    }
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
