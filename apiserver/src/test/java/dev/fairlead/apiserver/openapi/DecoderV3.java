package dev.fairlead.apiserver.openapi;

import static dev.fairlead.apiserver.openapi.GnosticReader.any;
import static dev.fairlead.apiserver.openapi.GnosticReader.bytesField;
import static dev.fairlead.apiserver.openapi.GnosticReader.content;
import static dev.fairlead.apiserver.openapi.GnosticReader.extension;
import static dev.fairlead.apiserver.openapi.GnosticReader.only;
import static dev.fairlead.apiserver.openapi.GnosticReader.pairs;
import static dev.fairlead.apiserver.openapi.GnosticReader.text;
import static dev.fairlead.apiserver.openapi.GnosticReader.varint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.fairlead.api.codec.Json;
import java.nio.ByteBuffer;
import java.util.Map;

/** Reads {@code openapi.v3.Document} back into the JSON that it stands for. */
final class DecoderV3 {
  private static final Map<Integer, String> METHODS =
      Map.of(4, "get", 5, "put", 6, "post", 7, "delete", 10, "patch");

  private DecoderV3() {}

  static ObjectNode document(ByteBuffer bytes) {
    ObjectNode tree = Json.object();
    while (bytes.hasRemaining()) {
      int number = bytesField(bytes);
      ByteBuffer value = content(bytes);
      switch (number) {
        case 1 -> tree.put("openapi", text(value));
        case 2 -> tree.set("info", info(value));
        case 4 -> pairs(tree.putObject("paths"), 1, value, DecoderV3::path);
        case 5 ->
            pairs(
                tree.putObject("components").putObject("schemas"),
                1,
                only(1, value),
                DecoderV3::schemaOrReference);
        default -> throw new AssertionError("Document." + number);
      }
    }
    return tree;
  }

  private static ObjectNode info(ByteBuffer bytes) {
    ObjectNode tree = Json.object();
    while (bytes.hasRemaining()) {
      int number = bytesField(bytes);
      switch (number) {
        case 1 -> tree.put("title", text(content(bytes)));
        case 6 -> tree.put("version", text(content(bytes)));
        default -> throw new AssertionError("Info." + number);
      }
    }
    return tree;
  }

  private static ObjectNode path(ByteBuffer bytes) {
    ObjectNode tree = Json.object();
    while (bytes.hasRemaining()) {
      int number = bytesField(bytes);
      ByteBuffer value = content(bytes);
      if (number == 13) {
        tree.withArray("parameters").add(parameter(only(1, value)));
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
        case 6 -> tree.withArray("parameters").add(parameter(only(1, value)));
        case 7 -> tree.set("requestBody", body(only(1, value)));
        case 8 -> pairs(tree.putObject("responses"), 2, value, DecoderV3::response);
        case 13 -> extension(tree, value);
        default -> throw new AssertionError("Operation." + number);
      }
    }
    return tree;
  }

  private static ObjectNode parameter(ByteBuffer bytes) {
    ObjectNode tree = Json.object();
    while (bytes.hasRemaining()) {
      int number = varint(bytes) >>> 3;
      switch (number) {
        case 1 -> tree.put("name", text(content(bytes)));
        case 2 -> tree.put("in", text(content(bytes)));
        case 3 -> tree.put("description", text(content(bytes)));
        case 4 -> tree.put("required", varint(bytes) == 1);
        case 10 -> tree.set("schema", schemaOrReference(content(bytes)));
        default -> throw new AssertionError("Parameter." + number);
      }
    }
    return tree;
  }

  private static ObjectNode body(ByteBuffer bytes) {
    ObjectNode tree = Json.object();
    while (bytes.hasRemaining()) {
      int number = varint(bytes) >>> 3;
      switch (number) {
        case 2 -> pairs(tree.putObject("content"), 1, content(bytes), DecoderV3::mediaType);
        case 3 -> tree.put("required", varint(bytes) == 1);
        default -> throw new AssertionError("RequestBody." + number);
      }
    }
    return tree;
  }

  private static ObjectNode response(ByteBuffer either) {
    ByteBuffer bytes = only(1, either);
    ObjectNode tree = Json.object();
    while (bytes.hasRemaining()) {
      int number = bytesField(bytes);
      ByteBuffer value = content(bytes);
      switch (number) {
        case 1 -> tree.put("description", text(value));
        case 3 -> pairs(tree.putObject("content"), 1, value, DecoderV3::mediaType);
        default -> throw new AssertionError("Response." + number);
      }
    }
    return tree;
  }

  private static ObjectNode mediaType(ByteBuffer bytes) {
    ObjectNode tree = Json.object();
    tree.set("schema", schemaOrReference(only(1, bytes)));
    return tree;
  }

  private static ObjectNode schemaOrReference(ByteBuffer bytes) {
    int alternative = bytesField(bytes);
    ByteBuffer value = content(bytes);
    return switch (alternative) {
      case 1 -> schema(value);
      case 2 -> Json.object().put("$ref", text(only(1, value)));
      default -> throw new AssertionError("SchemaOrReference." + alternative);
    };
  }

  private static ObjectNode schema(ByteBuffer bytes) {
    ObjectNode tree = Json.object();
    while (bytes.hasRemaining()) {
      int number = bytesField(bytes);
      ByteBuffer value = content(bytes);
      switch (number) {
        case 23 -> tree.withArray("required").add(text(value));
        case 24 -> tree.withArray("enum").add(any(value));
        case 25 -> tree.put("type", text(value));
        case 26 -> tree.withArray("allOf").add(schemaOrReference(value));
        case 27 -> tree.withArray("oneOf").add(schemaOrReference(value));
        case 30 -> tree.set("items", schemaOrReference(only(1, value)));
        case 31 -> pairs(tree.putObject("properties"), 1, value, DecoderV3::schemaOrReference);
        case 32 -> tree.set("additionalProperties", schemaOrReference(only(1, value)));
        case 33 -> tree.set("default", defaultValue(value));
        case 34 -> tree.put("description", text(value));
        case 35 -> tree.put("format", text(value));
        case 36 -> extension(tree, value);
        default -> throw new AssertionError("Schema." + number);
      }
    }
    return tree;
  }

  private static JsonNode defaultValue(ByteBuffer bytes) {
    int number = varint(bytes) >>> 3;
    return switch (number) {
      case 2 -> BooleanNode.valueOf(varint(bytes) == 1);
      case 3 -> new TextNode(text(content(bytes)));
      default -> throw new AssertionError("DefaultType." + number);
    };
  }
}
