package dev.fairlead.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One walk over a tree beside its type. Remembers the first value of a wrong type and every unknown
 * field; where {@code edit} is set, removes unknown fields and nulls as it goes.
 */
final class TreeCheck {
  private final Schema schema;
  private final boolean edit;
  private final Wording wording;
  private final List<String> unknown = new ArrayList<>();
  private @Nullable String mismatch;

  TreeCheck(Schema schema, boolean edit, Wording wording) {
    this.schema = schema;
    this.edit = edit;
    this.wording = wording;
  }

  /** Whose words tell of a value of a wrong type. */
  enum Wording {
    /** Go's JSON decoder. */
    DECODER,
    /** Upstream's converter of maps. */
    CONVERTER
  }

  /**
   * Where the walk is; its names are put together only when something is wrong there.
   *
   * @param above null for the object itself
   * @param name of a field or key; null for the item at {@code index}
   * @param owner the Go struct that has the field
   */
  private record At(
      @Nullable At above, @Nullable String name, int index, boolean isField, TypeSchema owner) {
    static At top(TypeSchema type) {
      return new At(null, "", 0, false, type);
    }

    At field(TypeSchema owner, String name) {
      return new At(this, name, 0, true, owner);
    }

    At key(String key) {
      return new At(this, key, 0, false, owner);
    }

    At index(int index) {
      return new At(this, null, index, false, owner);
    }

    /** As strict errors name it, with indices: {@code spec.ports[0].port}. */
    String strict() {
      if (above == null) {
        return "";
      }
      return name == null ? above.strict() + "[" + index + "]" : joined(above.strict(), name);
    }

    /** As Go's decoder names it, without: {@code spec.ports.port}. */
    String go() {
      if (above == null) {
        return "";
      }
      return isField && name != null ? joined(above.go(), name) : above.go();
    }

    /** What the texts here are, or may be. */
    Enumeration enumeration() {
      if (above == null) {
        return Enumeration.NONE;
      }
      Field field = isField && name != null ? owner.field(name) : null;
      return field == null ? above.enumeration() : field.rules().enumeration();
    }

    private static String joined(String path, String name) {
      return path.isEmpty() ? name : path + "." + name;
    }
  }

  List<String> unknown() {
    return List.copyOf(unknown);
  }

  Optional<String> mismatch() {
    return Optional.ofNullable(mismatch);
  }

  void object(TypeSchema type, ObjectNode tree) {
    object(type, tree, At.top(type));
  }

  private void object(TypeSchema type, ObjectNode tree, At at) {
    for (Iterator<Map.Entry<String, JsonNode>> each = tree.properties().iterator();
        each.hasNext(); ) {
      Map.Entry<String, JsonNode> entry = each.next();
      At inner = at.field(type, entry.getKey());
      Field field = type.field(entry.getKey());
      if (field == null) {
        if (unknown.size() < FieldValidation.ERRORS_MAX) {
          unknown.add("unknown field \"%s\"".formatted(inner.strict()));
        }
      } else {
        value(field.type(), entry.getValue(), inner);
      }
      if (edit && (field == null || entry.getValue().isNull())) {
        each.remove();
      }
    }
  }

  private void value(FieldType type, JsonNode node, At at) {
    if (node.isNull()) {
      return;
    }
    switch (type) {
      case FieldType.Scalar scalar -> scalar(scalar, node, at);
      case FieldType.Array(FieldType element) -> array(type, element, node, at);
      case FieldType.Dictionary(FieldType value) -> dictionary(type, value, node, at);
      case FieldType.Reference(String name) -> {
        if (node instanceof ObjectNode object) {
          object(schema.type(name), object, at);
        } else {
          wrong(node, type, at);
        }
      }
    }
  }

  private void array(FieldType type, FieldType element, JsonNode node, At at) {
    if (!(node instanceof ArrayNode array)) {
      wrong(node, type, at);
      return;
    }
    for (int i = 0; i < array.size(); i++) {
      value(element, array.get(i), at.index(i));
      if (edit && array.get(i).isNull()) {
        array.set(i, ZeroRules.zero(element));
      }
    }
  }

  private void dictionary(FieldType type, FieldType value, JsonNode node, At at) {
    if (!(node instanceof ObjectNode object)) {
      wrong(node, type, at);
      return;
    }
    for (Map.Entry<String, JsonNode> each : object.properties()) {
      value(value, each.getValue(), at.key(each.getKey()));
      if (edit && each.getValue().isNull()) {
        each.setValue(ZeroRules.zero(value));
      }
    }
  }

  private void scalar(FieldType.Scalar type, JsonNode node, At at) {
    ScalarCheck.mismatch(type, node)
        .ifPresent(why -> {
          switch (why) {
            case ScalarCheck.Mismatch.Kind kind -> wrong(kind.value(), node, type, at);
            case ScalarCheck.Mismatch.Text text -> wrong(text.message());
          }
        });
  }

  private void wrong(JsonNode node, FieldType type, At at) {
    wrong(Json.goKind(node), node, type, at);
  }

  private void wrong(String value, JsonNode node, FieldType type, At at) {
    wrong(
        switch (wording) {
          case DECODER ->
              "json: cannot unmarshal %s into Go struct field %s.%s of type %s"
                  .formatted(
                      value,
                      at.owner.simpleName(),
                      at.go(),
                      GoTypes.name(schema, type, at.enumeration()));
          case CONVERTER -> Conversion.refusal(type, node);
        });
  }

  private void wrong(String message) {
    if (mismatch == null) {
      mismatch = message;
    }
  }
}
