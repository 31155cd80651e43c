package dev.fairlead.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.quantity.Quantity;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Optional;

/** Whether a value fits a scalar type, and what upstream's decoder says when it does not. */
final class ScalarCheck {
  private ScalarCheck() {}

  /** Why a value does not fit. */
  sealed interface Mismatch {
    /**
     * Another kind of value than the type's, as Go names it: {@code string}, {@code number 1.5}.
     */
    record Kind(String value) implements Mismatch {}

    /** The whole message of a type that decodes itself. */
    record Text(String message) implements Mismatch {}
  }

  static Optional<Mismatch> mismatch(FieldType.Scalar type, JsonNode node) {
    return switch (type) {
      case STRING -> node.isTextual() ? Optional.empty() : kind(node);
      case BOOLEAN -> node.isBoolean() ? Optional.empty() : kind(node);
      case NUMBER -> node.isNumber() ? Optional.empty() : kind(node);
      case INT32 -> integer(node, node.isIntegralNumber() && node.canConvertToInt());
      case INT64 -> integer(node, node.isIntegralNumber() && node.canConvertToLong());
      case BYTES -> bytes(node);
      case DATE_TIME -> time(node, "2006-01-02T15:04:05Z07:00");
      case MICRO_TIME -> time(node, "2006-01-02T15:04:05.000000Z07:00");
      case INT_OR_STRING -> intOrString(node);
      case QUANTITY -> quantity(node);
      case ANY, FIELDS_V1 -> Optional.empty();
    };
  }

  private static Optional<Mismatch> kind(JsonNode node) {
    return Optional.of(new Mismatch.Kind(Json.goKind(node)));
  }

  private static Optional<Mismatch> text(String message) {
    return Optional.of(new Mismatch.Text(message));
  }

  private static Optional<Mismatch> integer(JsonNode node, boolean fits) {
    if (fits) {
      return Optional.empty();
    }
    return node.isNumber() ? Optional.of(new Mismatch.Kind("number " + node.asText())) : kind(node);
  }

  private static Optional<Mismatch> bytes(JsonNode node) {
    if (!node.isTextual()) {
      return kind(node);
    }
    String encoded = node.asText().replace("\n", "").replace("\r", "");
    try {
      if (encoded.length() % 4 == 0) {
        Base64.getDecoder().decode(encoded);
        return Optional.empty();
      }
      return text("illegal base64 data at input byte " + firstIllegal(encoded));
    } catch (IllegalArgumentException e) {
      return text("illegal base64 data at input byte " + firstIllegal(encoded));
    }
  }

  private static int firstIllegal(String encoded) {
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      boolean legal = c < 128 && (Character.isLetterOrDigit(c) || c == '+' || c == '/');
      if (!legal) {
        return i;
      }
    }
    return encoded.length() / 4 * 4;
  }

  private static Optional<Mismatch> time(JsonNode node, String layout) {
    if (!node.isTextual()) {
      return text(
          "json: cannot unmarshal %s into Go value of type string".formatted(Json.goKind(node)));
    }
    if (node.asText().isEmpty()) {
      return Optional.empty();
    }
    try {
      OffsetDateTime.parse(node.asText());
      return Optional.empty();
    } catch (DateTimeParseException e) {
      return text(
          "parsing time \"%s\" as \"%s\": cannot parse \"%s\" as \"2006\""
              .formatted(node.asText(), layout, node.asText()));
    }
  }

  private static Optional<Mismatch> intOrString(JsonNode node) {
    if (node.isTextual() || (node.isIntegralNumber() && node.canConvertToInt())) {
      return Optional.empty();
    }
    String value = node.isNumber() ? "number " + node.asText() : Json.goKind(node);
    return text("json: cannot unmarshal %s into Go value of type int32".formatted(value));
  }

  private static Optional<Mismatch> quantity(JsonNode node) {
    if (node.isContainerNode() || node.isBoolean()) {
      return text(Quantity.FORMAT_WRONG);
    }
    try {
      Quantity.parse(node.asText());
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return text(String.valueOf(e.getMessage()));
    }
  }
}
