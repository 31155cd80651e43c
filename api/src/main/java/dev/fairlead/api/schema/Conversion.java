package dev.fairlead.api.schema;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What upstream's converter from maps to structs says of a value that does not fit (upstream:
 * {@code apimachinery/pkg/runtime/converter.go}). Go converts integers to strings and numbers to
 * one another, but the converter does not want that; of all else it does not know the type.
 */
final class Conversion {
  private Conversion() {}

  static String refusal(FieldType type, JsonNode node) {
    return switch (type) {
      case FieldType.Array array -> "cannot restore slice from " + kind(node);
      case FieldType.Dictionary dictionary -> "cannot restore map from " + kind(node);
      case FieldType.Reference reference -> "cannot restore struct from: " + kind(node);
      case FieldType.Scalar scalar ->
          switch (scalar) {
            case STRING ->
                node.isIntegralNumber() ? cannot(node, "string") : "unrecognized type: string";
            case INT32 -> node.isNumber() ? cannot(node, "int32") : "unrecognized type: int32";
            case INT64 -> node.isNumber() ? cannot(node, "int64") : "unrecognized type: int64";
            case NUMBER -> "unrecognized type: float64";
            case BOOLEAN -> "unrecognized type: bool";
            case BYTES -> "cannot restore slice from " + kind(node);
            // These decode themselves.
            case DATE_TIME, MICRO_TIME, INT_OR_STRING, QUANTITY, ANY, FIELDS_V1 ->
                "unrecognized type: " + kind(node);
          };
    };
  }

  private static String cannot(JsonNode node, String type) {
    return "cannot convert %s to %s".formatted(kind(node), type);
  }

  /** As Go's reflection names what a decoded value is. */
  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> "string";
      case BOOLEAN -> "bool";
      case ARRAY -> "slice";
      case NUMBER -> node.isIntegralNumber() ? "int64" : "float64";
      default -> "map";
    };
  }
}
