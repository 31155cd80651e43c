package dev.fairlead.api.fieldset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairlead.api.codec.Json;

/** The order of JSON values that stand in path elements: numbers, then texts, then booleans. */
final class Scalars {
  private Scalars() {}

  /** The value as upstream writes it: {@code 2.0} is {@code 2}. */
  static JsonNode canonical(JsonNode value) {
    return value.isFloatingPointNumber() && value.canConvertToExactIntegral()
        ? JsonNodeFactory.instance.numberNode(value.bigIntegerValue())
        : value;
  }

  static int compare(JsonNode left, JsonNode right) {
    if (left.isTextual() && right.isTextual()) {
      return left.textValue().compareTo(right.textValue());
    }
    if (left.isNumber() && right.isNumber()) {
      return left.canConvertToExactIntegral() && right.canConvertToExactIntegral()
          ? left.bigIntegerValue().compareTo(right.bigIntegerValue())
          : left.decimalValue().compareTo(right.decimalValue());
    }
    if (rank(left) != rank(right)) {
      return Integer.compare(rank(left), rank(right));
    }
    return Json.text(left).compareTo(Json.text(right));
  }

  private static int rank(JsonNode value) {
    return switch (value.getNodeType()) {
      case NUMBER -> 0;
      case STRING, BINARY -> 1;
      case BOOLEAN -> 2;
      case ARRAY -> 3;
      case OBJECT, POJO -> 4;
      case NULL, MISSING -> 5;
    };
  }
}
