package dev.fairlead.apiserver.openapi;

import static dev.fairlead.apiserver.openapi.GnosticReader.any;
import static dev.fairlead.apiserver.openapi.GnosticReader.bytesField;
import static dev.fairlead.apiserver.openapi.GnosticReader.content;
import static dev.fairlead.apiserver.openapi.GnosticReader.extension;
import static dev.fairlead.apiserver.openapi.GnosticReader.message;
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
    return message(bytes)
        .tree((tree, number, value) -> {
          switch (number) {
            case 1 -> tree.put("openapi", value.text());
            case 2 -> tree.set("info", info(value.bytes()));
            case 4 -> pairs(tree.putObject("paths"), 1, value.bytes(), DecoderV3::path);
            case 5 ->
                pairs(
                    tree.putObject("components").putObject("schemas"),
                    1,
                    only(1, value.bytes()),
                    DecoderV3::schemaOrReference);
            default -> throw new AssertionError("Document." + number);
          }
        });
  }

  private static ObjectNode info(ByteBuffer bytes) {
    return message(bytes)
        .tree((tree, number, value) -> {
          switch (number) {
            case 1 -> tree.put("title", value.text());
            case 6 -> tree.put("version", value.text());
            default -> throw new AssertionError("Info." + number);
          }
        });
  }

  private static ObjectNode path(ByteBuffer bytes) {
    return message(bytes)
        .tree((tree, number, value) -> {
          if (number == 13) {
            tree.withArray("parameters").add(parameter(only(1, value.bytes())));
          } else {
            tree.set(METHODS.get(number), operation(value.bytes()));
          }
        });
  }

  private static ObjectNode operation(ByteBuffer bytes) {
    return message(bytes)
        .tree((tree, number, value) -> {
          switch (number) {
            case 1 -> tree.withArray("tags").add(value.text());
            case 3 -> tree.put("description", value.text());
            case 5 -> tree.put("operationId", value.text());
            case 6 -> tree.withArray("parameters").add(parameter(only(1, value.bytes())));
            case 7 -> tree.set("requestBody", body(only(1, value.bytes())));
            case 8 -> pairs(tree.putObject("responses"), 2, value.bytes(), DecoderV3::response);
            case 13 -> extension(tree, value.bytes());
            default -> throw new AssertionError("Operation." + number);
          }
        });
  }

  private static ObjectNode parameter(ByteBuffer bytes) {
    return message(bytes)
        .tree((tree, number, value) -> {
          switch (number) {
            case 1 -> tree.put("name", value.text());
            case 2 -> tree.put("in", value.text());
            case 3 -> tree.put("description", value.text());
            case 4 -> tree.put("required", value.flag());
            case 10 -> tree.set("schema", schemaOrReference(value.bytes()));
            default -> throw new AssertionError("Parameter." + number);
          }
        });
  }

  private static ObjectNode body(ByteBuffer bytes) {
    return message(bytes)
        .tree((tree, number, value) -> {
          switch (number) {
            case 2 -> pairs(tree.putObject("content"), 1, value.bytes(), DecoderV3::mediaType);
            case 3 -> tree.put("required", value.flag());
            default -> throw new AssertionError("RequestBody." + number);
          }
        });
  }

  private static ObjectNode response(ByteBuffer either) {
    ByteBuffer bytes = only(1, either);
    return message(bytes)
        .tree((tree, number, value) -> {
          switch (number) {
            case 1 -> tree.put("description", value.text());
            case 3 -> pairs(tree.putObject("content"), 1, value.bytes(), DecoderV3::mediaType);
            default -> throw new AssertionError("Response." + number);
          }
        });
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
    return message(bytes)
        .tree((tree, number, value) -> {
          switch (number) {
            case 23 -> tree.withArray("required").add(value.text());
            case 24 -> tree.withArray("enum").add(any(value.bytes()));
            case 25 -> tree.put("type", value.text());
            case 26 -> tree.withArray("allOf").add(schemaOrReference(value.bytes()));
            case 27 -> tree.withArray("oneOf").add(schemaOrReference(value.bytes()));
            case 30 -> tree.set("items", schemaOrReference(only(1, value.bytes())));
            case 31 ->
                pairs(tree.putObject("properties"), 1, value.bytes(), DecoderV3::schemaOrReference);
            case 32 -> tree.set("additionalProperties", schemaOrReference(only(1, value.bytes())));
            case 33 -> tree.set("default", defaultValue(value.bytes()));
            case 34 -> tree.put("description", value.text());
            case 35 -> tree.put("format", value.text());
            case 36 -> extension(tree, value.bytes());
            default -> throw new AssertionError("Schema." + number);
          }
        });
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
