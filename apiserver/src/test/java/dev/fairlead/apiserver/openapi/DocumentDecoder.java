package dev.fairlead.apiserver.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.codec.Yaml;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;

/** Reads {@code openapi.v2.Document} back into the JSON that it stands for. */
final class DocumentDecoder {
  private static final Map<Integer, String> METHODS =
      Map.of(2, "get", 3, "put", 4, "post", 5, "delete", 8, "patch");

  private DocumentDecoder() {}

  static ObjectNode document(ByteBuffer bytes) {
    ObjectNode tree = Json.object();
    while (bytes.hasRemaining()) {
      int number = bytesField(bytes);
      ByteBuffer value = content(bytes);
      switch (number) {
        case 1 -> tree.put("swagger", text(value));
        case 2 -> tree.set("info", info(value));
        case 8 -> pairs(tree.putObject("paths"), 2, value, DocumentDecoder::path);
        case 9 -> pairs(tree.putObject("definitions"), 1, value, DocumentDecoder::schema);
        default -> throw new AssertionError("Document." + number);
      }
    }
    return tree;
  }

  private static ObjectNode info(ByteBuffer bytes) {
    ObjectNode tree = Json.object();
    while (bytes.hasRemaining()) {
      tree.put(bytesField(bytes) == 1 ? "title" : "version", text(content(bytes)));
    }
    return tree;
  }

  private static ObjectNode path(ByteBuffer bytes) {
    ObjectNode tree = Json.object();
    while (bytes.hasRemaining()) {
      int number = bytesField(bytes);
      ByteBuffer value = content(bytes);
      if (number == 9) {
        tree.withArray("parameters").add(parameter(value));
      } else {
        tree.set(METHODS.get(number), operation(value));
      }
    }
    return tree;
  }

  private static ObjectNode operation(ByteBuffer bytes) {
    ObjectNode tree = Json.object();
    while (bytes.hasRemaining()) {
      int number = bytesField(bytes);
      ByteBuffer value = content(bytes);
      switch (number) {
        case 1 -> tree.withArray("tags").add(text(value));
        case 3 -> tree.put("description", text(value));
        case 5 -> tree.put("operationId", text(value));
        case 6 -> tree.withArray("produces").add(text(value));
        case 7 -> tree.withArray("consumes").add(text(value));
        case 8 -> tree.withArray("parameters").add(parameter(value));
        case 9 -> pairs(tree.putObject("responses"), 1, value, DocumentDecoder::response);
        case 13 -> extension(tree, value);
        default -> throw new AssertionError("Operation." + number);
      }
    }
    return tree;
  }

  private static ObjectNode response(ByteBuffer bytes) {
    ByteBuffer response = only(1, bytes);
    ObjectNode tree = Json.object().put("description", text(first(1, response)));
    if (response.hasRemaining()) {
      tree.set("schema", schema(only(1, only(2, response))));
    }
    return tree;
  }

  private static ObjectNode parameter(ByteBuffer item) {
    ByteBuffer parameter = only(1, item);
    int alternative = bytesField(parameter);
    ByteBuffer content = content(parameter);
    if (alternative == 1) {
      return body(content);
    }
    int in = bytesField(content);
    return named(content(content), in == 3 ? "query" : "path");
  }

  private static ObjectNode body(ByteBuffer bytes) {
    ObjectNode tree = Json.object();
    while (bytes.hasRemaining()) {
      int number = varint(bytes) >>> 3;
      switch (number) {
        case 2 -> tree.put("name", text(content(bytes)));
        case 3 -> tree.put("in", text(content(bytes)));
        case 4 -> tree.put("required", varint(bytes) == 1);
        case 5 -> tree.set("schema", schema(content(bytes)));
        default -> throw new AssertionError("BodyParameter." + number);
      }
    }
    return tree;
  }

  private static ObjectNode named(ByteBuffer bytes, String in) {
    ObjectNode tree = Json.object();
    while (bytes.hasRemaining()) {
      int number = varint(bytes) >>> 3;
      switch (number) {
        case 1 -> tree.put("required", varint(bytes) == 1);
        case 2 -> tree.put("in", text(content(bytes)));
        case 3 -> tree.put("description", text(content(bytes)));
        case 4 -> tree.put("name", text(content(bytes)));
        case 5, 6 -> tree.put("type", text(content(bytes)));
        default -> throw new AssertionError("Parameter." + number);
      }
    }
    if (!tree.path("in").asText().equals(in)) {
      throw new AssertionError(tree);
    }
    return tree;
  }

  private static ObjectNode schema(ByteBuffer bytes) {
    ObjectNode tree = Json.object();
    while (bytes.hasRemaining()) {
      int number = bytesField(bytes);
      ByteBuffer value = content(bytes);
      switch (number) {
        case 1 -> tree.put("$ref", text(value));
        case 2 -> tree.put("format", text(value));
        case 4 -> tree.put("description", text(value));
        case 5 -> tree.set("default", any(value));
        case 19 -> tree.withArray("required").add(text(value));
        case 21 -> tree.set("additionalProperties", schema(only(1, value)));
        case 22 -> tree.put("type", text(only(1, value)));
        case 23 -> tree.set("items", schema(only(1, value)));
        case 25 -> pairs(tree.putObject("properties"), 1, value, DocumentDecoder::schema);
        case 31 -> extension(tree, value);
        default -> throw new AssertionError("Schema." + number);
      }
    }
    return tree;
  }

  private static void extension(ObjectNode tree, ByteBuffer named) {
    String name = text(first(1, named));
    tree.set(name, any(first(2, named)));
  }

  private static JsonNode any(ByteBuffer value) {
    String yaml = "any:\n  " + text(only(2, value)).strip().replace("\n", "\n  ");
    return Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8)).get("any");
  }

  private static void pairs(
      ObjectNode map, int number, ByteBuffer bytes, Function<ByteBuffer, ObjectNode> value) {
    while (bytes.hasRemaining()) {
      ByteBuffer pair = first(number, bytes);
      map.set(text(first(1, pair)), value.apply(first(2, pair)));
    }
  }

  private static ByteBuffer only(int number, ByteBuffer bytes) {
    ByteBuffer content = first(number, bytes);
    if (bytes.hasRemaining()) {
      throw new AssertionError("more than field " + number);
    }
    return content;
  }

  private static ByteBuffer first(int number, ByteBuffer bytes) {
    int found = bytesField(bytes);
    if (found != number) {
      throw new AssertionError("field %d instead of %d".formatted(found, number));
    }
    return content(bytes);
  }

  private static int bytesField(ByteBuffer bytes) {
    int tag = varint(bytes);
    if ((tag & 7) != 2) {
      throw new AssertionError("wire type " + (tag & 7));
    }
    return tag >>> 3;
  }

  private static ByteBuffer content(ByteBuffer bytes) {
    int length = varint(bytes);
    ByteBuffer content = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    return content;
  }

  private static String text(ByteBuffer content) {
    return StandardCharsets.UTF_8.decode(content).toString();
  }

  private static int varint(ByteBuffer bytes) {
    int one = bytes.get();
    return one >= 0 ? one : one & 0x7f | varint(bytes) << 7;
  }
}
