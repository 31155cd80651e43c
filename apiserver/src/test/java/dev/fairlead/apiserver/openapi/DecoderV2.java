package dev.fairlead.apiserver.openapi;

import static dev.fairlead.apiserver.openapi.GnosticReader.any;
import static dev.fairlead.apiserver.openapi.GnosticReader.bytesField;
import static dev.fairlead.apiserver.openapi.GnosticReader.content;
import static dev.fairlead.apiserver.openapi.GnosticReader.extension;
import static dev.fairlead.apiserver.openapi.GnosticReader.first;
import static dev.fairlead.apiserver.openapi.GnosticReader.only;
import static dev.fairlead.apiserver.openapi.GnosticReader.pairs;
import static dev.fairlead.apiserver.openapi.GnosticReader.text;
import static dev.fairlead.apiserver.openapi.GnosticReader.varint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import java.nio.ByteBuffer;
import java.util.Map;

/** Reads {@code openapi.v2.Document} back into the JSON that it stands for. */
final class DecoderV2 {
  private static final Map<Integer, String> METHODS =
      Map.of(2, "get", 3, "put", 4, "post", 5, "delete", 8, "patch");

  private DecoderV2() {}

  static ObjectNode document(ByteBuffer bytes) {
    ObjectNode tree = Json.object();
    while (bytes.hasRemaining()) {
      int number = bytesField(bytes);
      ByteBuffer value = content(bytes);
      switch (number) {
        case 1 -> tree.put("swagger", text(value));
        case 2 -> tree.set("info", info(value));
        case 8 -> pairs(tree.putObject("paths"), 2, value, DecoderV2::path);
        case 9 -> pairs(tree.putObject("definitions"), 1, value, DecoderV2::schema);
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
        case 9 -> pairs(tree.putObject("responses"), 1, value, DecoderV2::response);
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
        case 20 -> tree.withArray("enum").add(any(value));
        case 21 -> tree.set("additionalProperties", schema(only(1, value)));
        case 22 -> tree.put("type", text(only(1, value)));
        case 23 -> tree.set("items", schema(only(1, value)));
        case 25 -> pairs(tree.putObject("properties"), 1, value, DecoderV2::schema);
        case 31 -> extension(tree, value);
        default -> throw new AssertionError("Schema." + number);
      }
    }
    return tree;
  }
}
