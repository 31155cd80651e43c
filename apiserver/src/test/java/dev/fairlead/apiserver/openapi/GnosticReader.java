package dev.fairlead.apiserver.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.codec.Yaml;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** Reads protobuf's wire format, and what gnostic's messages of both versions have in common. */
final class GnosticReader {
  /**
   * What a field of a message has.
   *
   * @param content of a field with bytes
   * @param number of a field with a number
   */
  record Value(Optional<ByteBuffer> content, int number) {
    ByteBuffer bytes() {
      return content.orElseThrow();
    }

    String text() {
      return GnosticReader.text(bytes());
    }

    boolean flag() {
      assertThat(content).isEmpty();
      return number == 1;
    }
  }

  /** Takes each field of a message. */
  interface Fields {
    void take(ObjectNode tree, int number, Value value);
  }

  private GnosticReader() {}

  /** A message, whose fields come one after the other. */
  record Message(ByteBuffer bytes) {

    /** What the fields come to. */
    ObjectNode tree(Fields fields) {
      ObjectNode tree = Json.object();
      while (bytes.hasRemaining()) {
        int tag = varint(bytes);
        Value value =
            switch (tag & 7) {
              case 0 -> new Value(Optional.empty(), varint(bytes));
              case 2 -> new Value(Optional.of(GnosticReader.content(bytes)), 0);
              default -> throw new AssertionError("wire type " + (tag & 7));
            };
        fields.take(tree, tag >>> 3, value);
      }
      return tree;
    }
  }

  static Message message(ByteBuffer bytes) {
    return new Message(bytes);
  }

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
