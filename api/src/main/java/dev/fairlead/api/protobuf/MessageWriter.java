package dev.fairlead.api.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.schema.FieldType;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Writes one tree as a message. A field that the tree has is written, zero or not, and none other.
 * Trees come from inside: the door has checked them.
 */
final class MessageWriter {
  private static final String TEXT_OF_NULL = "";

  private final Function<String, MessagePlan> plans;
  private final ReverseBuffer out = new ReverseBuffer();

  MessageWriter(Function<String, MessagePlan> plans) {
    this.plans = plans;
  }

  byte[] write(MessagePlan plan, ObjectNode tree) {
    message(plan, tree);
    return out.toByteArray();
  }

  private void message(MessagePlan plan, JsonNode tree) {
    MessagePlan.Slot[] slots = plan.slots();
    for (int i = slots.length - 1; i >= 0; i--) {
      MessagePlan.Slot slot = slots[i];
      if (slot.embedded() != null) {
        int before = out.length();
        message(slot.embedded(), tree);
        if (out.length() > before) {
          out.close(slot.number(), before);
        }
      } else if (slot.field() != null) {
        JsonNode value = tree.get(slot.field().name());
        if (value != null && !value.isNull()) {
          field(slot.number(), slot.field().type(), value);
        }
      }
    }
  }

  private void field(int number, FieldType type, JsonNode value) {
    switch (type) {
      case FieldType.Array(FieldType element) -> {
        for (int i = value.size() - 1; i >= 0; i--) {
          element(number, element, value.get(i));
        }
      }
      case FieldType.Dictionary(FieldType element) -> entries(number, element, value);
      default -> element(number, type, value);
    }
  }

  /** The entries of a map are messages of a key and a value, in the order of their keys. */
  private void entries(int number, FieldType type, JsonNode map) {
    List<Map.Entry<String, JsonNode>> entries = new ArrayList<>(map.properties());
    entries.sort(Map.Entry.<String, JsonNode>comparingByKey(Comparator.reverseOrder()));
    for (Map.Entry<String, JsonNode> entry : entries) {
      int before = out.length();
      element(2, type, entry.getValue());
      out.text(1, entry.getKey());
      out.close(number, before);
    }
  }

  private void element(int number, FieldType type, JsonNode value) {
    switch (type) {
      case FieldType.Reference(String name) -> {
        int before = out.length();
        message(plans.apply(name), value);
        out.close(number, before);
      }
      case FieldType.Scalar scalar -> scalar(number, scalar, value);
      default -> { // A list as a map's value is a message with the list in it.
        int before = out.length();
        field(1, type, value);
        out.close(number, before);
      }
    }
  }

  private void scalar(int number, FieldType.Scalar type, JsonNode value) {
    switch (type) {
      case STRING -> out.text(number, text(value));
      case INT32, INT64 -> out.varint(number, value.asLong());
      case NUMBER -> out.fixed64(number, Double.doubleToLongBits(value.asDouble()));
      case BOOLEAN -> out.varint(number, value.asBoolean() ? 1 : 0);
      case BYTES -> out.content(number, Base64.getMimeDecoder().decode(text(value)));
      case DATE_TIME, MICRO_TIME -> {
        int before = out.length();
        Times.write(out, text(value), type);
        out.close(number, before);
      }
      case INT_OR_STRING -> {
        int before = out.length();
        out.text(3, value.isTextual() ? value.textValue() : "");
        out.varint(2, value.isTextual() ? 0 : value.asInt());
        out.varint(1, value.isTextual() ? 1 : 0);
        out.close(number, before);
      }
      case QUANTITY -> {
        int before = out.length();
        out.text(1, text(value));
        out.close(number, before);
      }
      case ANY, FIELDS_V1 -> {
        int before = out.length();
        out.content(1, Json.bytes(value));
        out.close(number, before);
      }
    }
  }

  private static String text(JsonNode value) {
    return value.isNull() ? TEXT_OF_NULL : value.asText();
  }
}
