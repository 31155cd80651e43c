package dev.fairlead.apiserver.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Yaml;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** Reads protobuf's wire format, and what gnostic's messages of both versions have in common. */
final class GnosticReader {
  private GnosticReader() {}

  static void extension(ObjectNode tree, ByteBuffer named) {
    String name = text(first(1, named));
    tree.set(name, any(first(2, named)));
  }

  static JsonNode any(ByteBuffer value) {
    String yaml = "any:\n  " + text(only(2, value)).strip().replace("\n", "\n  ");
    return Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8)).get("any");
  }

  static void pairs(
      ObjectNode map, int number, ByteBuffer bytes, Function<ByteBuffer, ObjectNode> value) {
    while (bytes.hasRemaining()) {
      ByteBuffer pair = first(number, bytes);
      map.set(text(first(1, pair)), value.apply(first(2, pair)));
    }
  }

  static ByteBuffer only(int number, ByteBuffer bytes) {
    ByteBuffer content = first(number, bytes);
    if (bytes.hasRemaining()) {
      throw new AssertionError("more than field " + number);
    }
    return content;
  }

  static ByteBuffer first(int number, ByteBuffer bytes) {
    int found = bytesField(bytes);
    if (found != number) {
      throw new AssertionError("field %d instead of %d".formatted(found, number));
    }
    return content(bytes);
  }

  static int bytesField(ByteBuffer bytes) {
    int tag = varint(bytes);
    if ((tag & 7) != 2) {
      throw new AssertionError("wire type " + (tag & 7));
    }
    return tag >>> 3;
  }

  static ByteBuffer content(ByteBuffer bytes) {
    int length = varint(bytes);
    ByteBuffer content = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    return content;
  }

  static String text(ByteBuffer content) {
    return StandardCharsets.UTF_8.decode(content).toString();
  }

  static int varint(ByteBuffer bytes) {
    int one = bytes.get();
    return one >= 0 ? one : one & 0x7f | varint(bytes) << 7;
  }
}
