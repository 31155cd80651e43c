package dev.fairlead.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.codec.Json;

/**
 * RFC 6902: a list of operations, applied all or not at all. Bounds and wording are upstream's,
 * including negative array indices, which count from the end.
 */
final class JsonPatch {
  private static final int OPERATIONS_MAX = 10_000;
  private static final long COPIED_BYTES_MAX = 3L * 1024 * 1024;

  private JsonNode document;
  private long copiedBytes;

  private JsonPatch(JsonNode document) {
    this.document = document;
  }

  static ObjectNode apply(ObjectNode original, ArrayNode operations) {
    if (operations.size() > OPERATIONS_MAX) {
      throw new ApiException(
          413,
          "RequestEntityTooLarge",
          "Request entity is too large: The allowed maximum operations in a JSON patch is %d, got %d"
              .formatted(OPERATIONS_MAX, operations.size()),
          null);
    }
    for (JsonNode operation : operations) {
      if (!operation.isObject() && !operation.isNull()) {
        throw ApiException.badRequest(
            "json: cannot unmarshal %s into Go value of type jsonpatch.Operation"
                .formatted(Json.goKind(operation)));
      }
    }
    JsonNode patched;
    try {
      patched = patched(original, operations);
    } catch (NotApplicableException e) {
      throw NotApplicableException.refusal();
    }
    if (patched instanceof ObjectNode object) {
      return object;
    }
    throw ApiException.badRequest("the patched value is not an object");
  }

  /**
   * What the operations make of the original, which they leave alone.
   *
   * @throws NotApplicableException telling which did not apply, and why
   */
  static JsonNode patched(ObjectNode original, ArrayNode operations) {
    JsonPatch run = new JsonPatch(original.deepCopy());
    operations.forEach(run::apply);
    return run.document;
  }

  private void apply(JsonNode operation) {
    String op = operation.path("op").asText("unknown");
    switch (op) {
      case "add" -> add(path(operation, op), value(operation));
      case "remove" -> remove(path(operation, op));
      case "replace" -> replace(path(operation, op), value(operation));
      case "move" -> move(from(operation, op), path(operation, op));
      case "copy" -> copy(from(operation, op), path(operation, op));
      case "test" -> test(path(operation, op), value(operation));
      default -> throw new NotApplicableException("Unexpected kind: " + op);
    }
  }

  /** Operations one after the other could nest without end what each alone may nest. */
  private static JsonNode bounded(Pointer path, JsonNode value) {
    if (path.depth() + Depth.of(value) > Json.DEPTH_MAX) {
      throw new NotApplicableException("exceeded max depth");
    }
    return value;
  }

  private void add(Pointer path, JsonNode value) {
    Place place =
        path.find(document, "add operation does not apply: doc is missing path: \"" + path + "\"");
    place.within("error in add for path: '" + path + "'").add(bounded(path, value).deepCopy());
  }

  private void remove(Pointer path) {
    Place place =
        path.find(
            document, "remove operation does not apply: doc is missing path: \"" + path + "\"");
    place.within("error in remove for path: '" + path + "'").remove();
  }

  private void replace(Pointer path, JsonNode value) {
    if (path.isRoot()) {
      if (!value.isContainerNode()) {
        throw new NotApplicableException("replace operation value must be object or array");
      }
      document = value.deepCopy();
      return;
    }
    Place place =
        path.find(document, "replace operation does not apply: doc is missing path: " + path);
    if (!place.replaceable()) {
      throw new NotApplicableException(
          "replace operation does not apply: doc is missing key: " + path + ": missing value");
    }
    place.within("error in remove for path: '" + path + "'").set(bounded(path, value).deepCopy());
  }

  private void move(Pointer from, Pointer path) {
    Place named =
        from.find(document, "move operation does not apply: doc is missing from path: " + from);
    Place source = named.within("error in move for path: '" + named.token() + "'");
    JsonNode value = source.get();
    source.remove();
    path.find(document, "move operation does not apply: doc is missing destination path: " + path)
        .within("error in move for path: '" + path + "'")
        .add(bounded(path, value));
  }

  private void copy(Pointer from, Pointer path) {
    JsonNode value =
        from.find(document, "copy operation does not apply: doc is missing from path: " + from)
            .within("error in copy for from: '" + from + "'")
            .get()
            .deepCopy();
    copiedBytes += Json.bytes(value).length;
    if (copiedBytes > COPIED_BYTES_MAX) {
      throw new NotApplicableException(
          "Unable to complete the copy, the accumulated size increase of copy is %d, exceeding the limit %d"
              .formatted(copiedBytes, COPIED_BYTES_MAX));
    }
    path.find(document, "copy operation does not apply: doc is missing destination path: " + path)
        .within("error while adding value during copy")
        .add(bounded(path, value));
  }

  private void test(Pointer path, JsonNode value) {
    JsonNode present =
        path.isRoot()
            ? document
            : path.find(document, "test operation does not apply: is missing path: " + path)
                .within("error in test for path: '" + path + "'")
                .get();
    if (!present.equals(JsonPatch::compareScalars, value)) {
      throw new NotApplicableException("testing value " + path + " failed: test failed");
    }
  }

  /** Upstream compares how a number is written: 1 is not 1.0. */
  private static int compareScalars(JsonNode left, JsonNode right) {
    boolean integers = left.isIntegralNumber() && right.isIntegralNumber();
    boolean same =
        integers ? left.bigIntegerValue().equals(right.bigIntegerValue()) : left.equals(right);
    return same ? 0 : 1;
  }

  private static Pointer path(JsonNode operation, String op) {
    return pointer(operation, "path", op + " operation failed to decode path");
  }

  private static Pointer from(JsonNode operation, String op) {
    return pointer(operation, "from", op + " operation failed to decode from");
  }

  private static Pointer pointer(JsonNode operation, String field, String failure) {
    JsonNode text = operation.path(field);
    if (!text.isTextual()) {
      throw new NotApplicableException(failure + ": missing value");
    }
    return new Pointer(text.asText());
  }

  /** Upstream reads a missing {@code value} as null. */
  private static JsonNode value(JsonNode operation) {
    JsonNode value = operation.get("value");
    return value == null ? JsonNodeFactory.instance.nullNode() : value;
  }
}
