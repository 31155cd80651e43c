package dev.fairlead.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One field that is wrong, worded as upstream's {@code field.Error}.
 *
 * @param field path, for example {@code spec.ports[0].port}
 * @param detail the whole text after the field, for example {@code Invalid value: 0: must be
 *     between 1 and 65535, inclusive}
 */
public record FieldError(Reason reason, String field, String detail) {

  /** Upstream's {@code CauseType} values. */
  public enum Reason {
    FieldValueNotFound,
    FieldValueRequired,
    FieldValueDuplicate,
    FieldValueInvalid,
    FieldValueNotSupported,
    FieldValueForbidden,
    FieldValueTooLong,
    FieldValueTooMany,
    FieldValueTypeInvalid,
    InternalError
  }

  /** {@code Invalid value: …}; strings are quoted, other values stand as JSON. */
  public static FieldError invalid(String field, Object value, String why) {
    return new FieldError(
        Reason.FieldValueInvalid, field, "Invalid value: %s: %s".formatted(quote(value), why));
  }

  /** {@code Too long: …}. */
  public static FieldError tooLong(String field, int bytesMax) {
    return new FieldError(
        Reason.FieldValueTooLong,
        field,
        "Too long: may not be more than %d bytes".formatted(bytesMax));
  }

  /** {@code Too many: …}. */
  public static FieldError tooMany(String field, int count, int max) {
    return new FieldError(
        Reason.FieldValueTooMany,
        field,
        "Too many: %d: must have at most %d items".formatted(count, max));
  }

  /** {@code Required value}, with {@code why} after a colon unless it is empty. */
  public static FieldError required(String field, String why) {
    return new FieldError(
        Reason.FieldValueRequired, field, "Required value" + (why.isEmpty() ? "" : ": " + why));
  }

  /** {@code Duplicate value: …}. */
  public static FieldError duplicate(String field, Object value) {
    return new FieldError(
        Reason.FieldValueDuplicate, field, "Duplicate value: %s".formatted(quote(value)));
  }

  /** {@code Not found: …}. */
  public static FieldError notFound(String field, Object value) {
    return new FieldError(
        Reason.FieldValueNotFound, field, "Not found: %s".formatted(quote(value)));
  }

  /** The same with a reason after it. */
  public FieldError because(String why) {
    return new FieldError(reason, field, detail + ": " + why);
  }

  /** {@code Unsupported value: …: supported values: …}. */
  public static FieldError notSupported(String field, Object value, Iterable<String> supported) {
    StringBuilder list = new StringBuilder();
    for (String one : supported) {
      list.append(list.isEmpty() ? "" : ", ").append(quote(one));
    }
    return new FieldError(
        Reason.FieldValueNotSupported,
        field,
        "Unsupported value: %s: supported values: %s".formatted(quote(value), list));
  }

  /** {@code Forbidden: …}. */
  public static FieldError forbidden(String field, String why) {
    return new FieldError(Reason.FieldValueForbidden, field, "Forbidden: " + why);
  }

  /** One entry of {@code Status.details.causes}. */
  public ObjectNode toCause() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("reason", reason.name())
        .put("message", detail)
        .put("field", field);
  }

  @Override
  public String toString() {
    return field + ": " + detail;
  }

  private static String quote(Object value) {
    return value instanceof CharSequence text
        ? JsonNodeFactory.instance.textNode(text.toString()).toString()
        : String.valueOf(value);
  }
}
