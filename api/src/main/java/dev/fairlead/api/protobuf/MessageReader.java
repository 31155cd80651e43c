package dev.fairlead.api.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.schema.Field;
import dev.fairlead.api.schema.FieldType;
import dev.fairlead.api.schema.ZeroRules;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads one message from outside as a tree. Fields that the schema does not know are dropped. */
final class MessageReader {
  private static final int DEPTH_MAX = 100;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Function<String, MessagePlan> plans;
  private int nodes;

  MessageReader(Function<String, MessagePlan> plans) {
    this.plans = plans;
  }

  void message(MessagePlan plan, WireReader reader, ObjectNode into, int depth) {
    if (depth > DEPTH_MAX) {
      throw WireReader.malformed("nested too deeply");
    }
    while (reader.next()) {
      MessagePlan.Slot slot = plan.slot(reader.number());
      if (slot == null) {
        reader.skip();
      } else if (slot.embedded() != null) {
        message(slot.embedded(), reader.content(), into, depth + 1);
      } else if (slot.field() != null) {
        field(slot.field(), slot.keepsZero(), reader, into, depth);
      }
    }
  }

  private void field(
      Field field, boolean keepsZero, WireReader reader, ObjectNode into, int depth) {
    switch (field.type()) {
      case FieldType.Array(FieldType element) ->
          list(array(into, field.name()), element, reader, depth);
      case FieldType.Dictionary(FieldType type) ->
          entry(object(into, field.name()), type, reader.content(), depth);
      case FieldType.Reference(String name) ->
          // A message that comes in parts is one message.
          message(plans.apply(name), reader.content(), object(into, field.name()), depth + 1);
      case FieldType.Scalar scalar -> {
        JsonNode value = scalar(scalar, reader);
        if (value != null && (keepsZero || !ZeroRules.isZero(scalar, value))) {
          into.set(field.name(), value);
        } else {
          into.remove(field.name());
        }
      }
    }
  }

  private void list(ArrayNode array, FieldType element, WireReader reader, int depth) {
    if (isPackable(element) && reader.isBytes()) {
      for (WireReader packed = reader.content(); !packed.isEmpty(); ) {
        array.add(integer((FieldType.Scalar) element, packed.packed()));
        count();
      }
      return;
    }
    array.add(value(element, reader, depth));
  }

  private void entry(ObjectNode map, FieldType type, WireReader reader, int depth) {
    String key = "";
    JsonNode value = null;
    while (reader.next()) {
      switch (reader.number()) {
        case 1 -> key = reader.text();
        case 2 -> value = value(type, reader, depth);
        default -> reader.skip();
      }
    }
    map.set(key, value == null ? ZeroRules.zero(type) : value);
  }

  private JsonNode value(FieldType type, WireReader reader, int depth) {
    count();
    return switch (type) {
      case FieldType.Reference(String name) -> {
        ObjectNode node = NODES.objectNode();
        message(plans.apply(name), reader.content(), node, depth + 1);
        yield node;
      }
      case FieldType.Scalar scalar -> {
        JsonNode value = scalar(scalar, reader);
        yield value == null ? ZeroRules.zero(scalar) : value;
      }
      case FieldType.Array(FieldType element) -> wrapped(element, reader.content(), depth);
      case FieldType.Dictionary map -> throw WireReader.malformed("a map of maps is not known");
    };
  }

  /** A list as a map's value is a message with the list in it. */
  private ArrayNode wrapped(FieldType element, WireReader reader, int depth) {
    ArrayNode list = NODES.arrayNode();
    while (reader.next()) {
      if (reader.number() == 1) {
        list(list, element, reader, depth);
      } else {
        reader.skip();
      }
    }
    return list;
  }

  private static @Nullable JsonNode scalar(FieldType.Scalar type, WireReader reader) {
    return switch (type) {
      case STRING -> NODES.textNode(reader.text());
      case INT32, INT64, BOOLEAN -> integer(type, reader.value());
      case NUMBER -> NODES.numberNode(finite(Double.longBitsToDouble(reader.value())));
      case BYTES -> NODES.textNode(Base64.getEncoder().encodeToString(reader.array()));
      case DATE_TIME, MICRO_TIME -> Times.read(reader.content(), type);
      case INT_OR_STRING -> intOrString(reader.content());
      case QUANTITY -> quantity(reader.content());
      case ANY, FIELDS_V1 -> raw(reader.content());
    };
  }

  private static JsonNode integer(FieldType.Scalar type, long value) {
    return switch (type) {
      case BOOLEAN -> NODES.booleanNode(value != 0);
      case INT32 -> NODES.numberNode((int) value);
      default -> NODES.numberNode(value);
    };
  }

  private static double finite(double value) {
    if (!Double.isFinite(value)) {
      throw WireReader.malformed("a number that JSON does not have");
    }
    return value;
  }

  private static JsonNode intOrString(WireReader reader) {
    boolean isText = false;
    long number = 0;
    String text = "";
    while (reader.next()) {
      switch (reader.number()) {
        case 1 -> isText = reader.value() == 1;
        case 2 -> number = reader.value();
        case 3 -> text = reader.text();
        default -> reader.skip();
      }
    }
    return isText ? NODES.textNode(text) : NODES.numberNode((int) number);
  }

  private static JsonNode quantity(WireReader reader) {
    String text = "0";
    while (reader.next()) {
      if (reader.number() == 1) {
        text = reader.text();
      } else {
        reader.skip();
      }
    }
    return NODES.textNode(text);
  }

  private static @Nullable JsonNode raw(WireReader reader) {
    JsonNode value = null;
    while (reader.next()) {
      if (reader.number() == 1) {
        byte[] json = reader.array();
        value = json.length == 0 ? null : Json.value(json);
      } else {
        reader.skip();
      }
    }
    return value;
  }

  private static boolean isPackable(FieldType type) {
    return type == FieldType.Scalar.INT32
        || type == FieldType.Scalar.INT64
        || type == FieldType.Scalar.BOOLEAN;
  }

  private static ObjectNode object(ObjectNode node, String name) {
    if (node.get(name) instanceof ObjectNode known) {
      return known;
    }
    return node.putObject(name);
  }

  private static ArrayNode array(ObjectNode node, String name) {
    if (node.get(name) instanceof ArrayNode known) {
      return known;
    }
    return node.putArray(name);
  }

  private void count() {
    if (++nodes > Json.NODES_MAX) {
      throw WireReader.malformed("the object has too many parts");
    }
  }
}
