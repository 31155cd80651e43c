package dev.fairlead.api.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * JSON: trees to bytes and back. {@link #tree} trusts its input; {@link #parse} and {@link #read}
 * are for bytes from outside.
 */
public final class Json {
  /** How deep objects and arrays from outside may nest. */
  public static final int DEPTH_MAX = 200;

  /** How many values an object from outside may have. */
  public static final int NODES_MAX = 500_000;

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int SUMMARY_BYTES = 30;

  private Json() {}

  /** A new, empty object. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /**
   * Parses trusted JSON of one object, for example from the store.
   *
   * @throws UncheckedIOException when the bytes are not a JSON object, which is our own fault
   */
  public static ObjectNode tree(byte[] json) {
    try {
      JsonNode node = MAPPER.readTree(json);
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw new IOException("expected a JSON object");
    } catch (IOException e) {
      throw new UncheckedIOException("stored bytes are not a JSON object", e);
    }
  }

  /**
   * Parses one JSON object from outside: nothing after it, at most {@value #DEPTH_MAX} levels deep,
   * valid UTF-8. The caller bounds the size.
   *
   * @return the object; of a key that stands twice, the last value
   * @throws ApiException 400, worded as upstream's decoder
   */
  public static ObjectNode parse(byte[] json) {
    return read(json).tree();
  }

  /** As {@link #parse}, with the keys that stood twice. */
  public static Parsed<ObjectNode> read(byte[] json) {
    return requireObject(readAny(json));
  }

  /** What a body must be. */
  static Parsed<ObjectNode> requireObject(Parsed<JsonNode> any) {
    if (any.tree() instanceof ObjectNode object) {
      return new Parsed<>(object, any.duplicates());
    }
    throw ApiException.badRequest(
        "couldn't get version/kind; json parse error: json: cannot unmarshal %s into Go value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }"
            .formatted(goKind(any.tree())));
  }

  /**
   * Parses one JSON array from outside, such as a JSON patch.
   *
   * @throws ApiException 400
   */
  public static Parsed<ArrayNode> readArray(byte[] json) {
    Parsed<JsonNode> any = readAny(json);
    if (any.tree() instanceof ArrayNode array) {
      return new Parsed<>(array, any.duplicates());
    }
    throw ApiException.badRequest(
        "json: cannot unmarshal %s into Go value of type jsonpatch.Patch"
            .formatted(goKind(any.tree())));
  }

  /**
   * Parses any one JSON value from outside, within the same bounds.
   *
   * @throws ApiException 400
   */
  public static JsonNode value(byte[] json) {
    return readAny(json).tree();
  }

  private static Parsed<JsonNode> readAny(byte[] json) {
    return read(json, "couldn't get version/kind; json parse error: ");
  }

  /**
   * As {@link #value}, with the keys that stood twice.
   *
   * @param before what the refusal of malformed bytes begins with
   * @throws ApiException 400
   */
  public static Parsed<JsonNode> read(byte[] json, String before) {
    try {
      return StrictJson.read(json);
    } catch (MalformedException e) {
      throw ApiException.badRequest(before + e.getMessage());
    }
  }

  /**
   * Upstream's answer to a body that cannot be decoded at all.
   *
   * @param kind what the body should have been, for example {@code Service}
   * @param error from {@link #parse} or {@link #read}
   */
  public static ApiException unrecognized(String kind, byte[] body, ApiException error) {
    return ApiException.badRequest(
        "the object provided is unrecognized (must be of type %s): %s (%s)"
            .formatted(kind, error.message(), summary(body)));
  }

  /** Encodes a tree as compact UTF-8 JSON. */
  public static byte[] bytes(JsonNode tree) {
    try {
      return MAPPER.writeValueAsBytes(tree);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree is always encodable", e);
    }
  }

  /** Encodes a tree as compact JSON text. */
  public static String text(JsonNode tree) {
    return tree.toString();
  }

  /** Whether two trees mean the same: numbers by value, objects whatever the order of keys. */
  public static boolean same(JsonNode one, JsonNode other) {
    return one.equals(
        (left, right) -> {
          if (left.isNumber() && right.isNumber()) {
            return left.decimalValue().compareTo(right.decimalValue());
          }
          return left.equals(right) ? 0 : 1;
        },
        other);
  }

  /** What Go's decoder calls a value of this type. */
  public static String goKind(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT, POJO -> "object";
      case ARRAY -> "array";
      case NUMBER -> "number";
      case BOOLEAN -> "bool";
      case NULL, MISSING -> "null";
      case STRING, BINARY -> "string";
    };
  }

  private static String summary(byte[] body) {
    if (body.length == 0) {
      return "<empty>";
    }
    int shown = Math.min(body.length, SUMMARY_BYTES);
    String more = body.length > shown ? " ..." : "";
    return body[0] == '{'
        ? new String(body, 0, shown, StandardCharsets.UTF_8) + more
        : HexFormat.of().formatHex(body, 0, shown) + more;
  }
}
