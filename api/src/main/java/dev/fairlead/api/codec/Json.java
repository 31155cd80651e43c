package dev.fairlead.api.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON: trees to bytes and back. */
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

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
}
