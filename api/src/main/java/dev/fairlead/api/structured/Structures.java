package dev.fairlead.api.structured;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.fieldset.PathElement;
import dev.fairlead.api.schema.Field;
import dev.fairlead.api.schema.FieldType;
import dev.fairlead.api.schema.Schema;
import dev.fairlead.api.schema.TypeSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The structures of the schema's types, made on first use. For any number of threads. */
final class Structures {
  private static final Set<String> ROOT_STRUCTS = Set.of("metadata", "spec", "status");

  private final Schema schema;
  private final Map<String, Structure> known = new HashMap<>();

  Structures(Schema schema) {
    this.schema = schema;
  }

  /** The structure of a whole object of this type. */
  synchronized Structure of(TypeSchema type) {
    return type(type);
  }

  /** The structure of one field's values. */
  synchronized Structure of(Field field) {
    return structure(field);
  }

  private Structure type(TypeSchema type) {
    Structure found = known.get(type.name());
    if (found != null) {
      return found;
    }
    if (type.mapType().equals("atomic")) {
      return new Structure.Leaf(new FieldType.Reference(type.name()));
    }
    Map<String, Structure.Member> fields = new HashMap<>();
    Structure.Struct struct = new Structure.Struct(fields);
    known.put(type.name(), struct);
    boolean root = type.field("apiVersion") != null && type.field("metadata") != null;
    type.fields().values().forEach(field -> fields.put(field.name(), member(field, root)));
    return struct;
  }

  private Structure.Member member(Field field, boolean root) {
    JsonNode value = field.rules().defaultValue();
    boolean byValue = value != null && value.isObject();
    boolean always = field.required() && !(field.type() instanceof FieldType.Scalar);
    boolean present = byValue || always || (root && ROOT_STRUCTS.contains(field.name()));
    return new Structure.Member(new PathElement.Name(field.name()), structure(field), present);
  }

  private Structure structure(Field field) {
    Field.Rules rules = field.rules();
    return switch (field.type()) {
      case FieldType.Array(FieldType element) -> list(field.type(), element, rules);
      case FieldType.Dictionary(FieldType value) ->
          rules.mapType().equals("atomic")
              ? new Structure.Leaf(field.type())
              : new Structure.Dictionary(value(value));
      case FieldType.Reference reference ->
          rules.mapType().equals("atomic") ? new Structure.Leaf(reference) : value(reference);
      case FieldType.Scalar scalar -> new Structure.Leaf(scalar);
    };
  }

  private Structure list(FieldType type, FieldType element, Field.Rules rules) {
    return switch (rules.listType()) {
      case "set" -> new Structure.SetList(element);
      case "map" -> keyed(element, rules.listMapKeys());
      default -> new Structure.Leaf(type);
    };
  }

  private Structure keyed(FieldType element, List<String> keys) {
    if (!(element instanceof FieldType.Reference(String name))) {
      throw new IllegalStateException("a list of type map holds objects, not " + element);
    }
    Map<String, JsonNode> defaults = new HashMap<>();
    for (String key : keys) {
      Field field = schema.type(name).field(key);
      if (field == null) {
        throw new IllegalStateException("%s has no key field %s".formatted(name, key));
      }
      JsonNode value = field.rules().defaultValue();
      if (value != null) {
        defaults.put(key, value);
      }
    }
    return new Structure.KeyedList(keys.stream().sorted().toList(), defaults, value(element));
  }

  private Structure value(FieldType type) {
    return switch (type) {
      case FieldType.Reference(String name) when schema.find(name).isPresent() ->
          type(schema.type(name));
      case FieldType.Dictionary(FieldType value) -> new Structure.Dictionary(value(value));
      default -> new Structure.Leaf(type);
    };
  }
}
