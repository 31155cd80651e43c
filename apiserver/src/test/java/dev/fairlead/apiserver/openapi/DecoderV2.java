package dev.fairlead.apiserver.openapi;

import static dev.fairlead.apiserver.openapi.GnosticReader.any;
import static dev.fairlead.apiserver.openapi.GnosticReader.bytesField;
import static dev.fairlead.apiserver.openapi.GnosticReader.content;
import static dev.fairlead.apiserver.openapi.GnosticReader.extension;
import static dev.fairlead.apiserver.openapi.GnosticReader.first;
import static dev.fairlead.apiserver.openapi.GnosticReader.message;
import static dev.fairlead.apiserver.openapi.GnosticReader.only;
import static dev.fairlead.apiserver.openapi.GnosticReader.pairs;
import static dev.fairlead.apiserver.openapi.GnosticReader.text;
import static org.assertj.core.api.Assertions.assertThat;

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
    return message(bytes)
        .tree((tree, number, value) -> {
          switch (number) {
            case 1 -> tree.put("swagger", value.text());
            case 2 -> tree.set("info", info(value.bytes()));
            case 8 -> pairs(tree.putObject("paths"), 2, value.bytes(), DecoderV2::path);
            case 9 -> pairs(tree.putObject("definitions"), 1, value.bytes(), DecoderV2::schema);
            default -> throw new AssertionError("Document." + number);
          }
        });
  }

  private static ObjectNode info(ByteBuffer bytes) {
    return message(bytes)
        .tree((tree, number, value) -> {
          tree.put(number == 1 ? "title" : "version", value.text());
        });
  }

  private static ObjectNode path(ByteBuffer bytes) {
    return message(bytes)
        .tree((tree, number, value) -> {
          if (number == 9) {
            tree.withArray("parameters").add(parameter(value.bytes()));
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
            case 6 -> tree.withArray("produces").add(value.text());
            case 7 -> tree.withArray("consumes").add(value.text());
            case 8 -> tree.withArray("parameters").add(parameter(value.bytes()));
            case 9 -> pairs(tree.putObject("responses"), 1, value.bytes(), DecoderV2::response);
            case 13 -> extension(tree, value.bytes());
            default -> throw new AssertionError("Operation." + number);
          }
        });
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
    return message(bytes)
        .tree((tree, number, value) -> {
          switch (number) {
            case 2 -> tree.put("name", value.text());
            case 3 -> tree.put("in", value.text());
            case 4 -> tree.put("required", value.flag());
            case 5 -> tree.set("schema", schema(value.bytes()));
            default -> throw new AssertionError("BodyParameter." + number);
          }
        });
  }

  private static ObjectNode named(ByteBuffer bytes, String in) {
    ObjectNode parameter =
        message(bytes)
            .tree((tree, number, value) -> {
              switch (number) {
                case 1 -> tree.put("required", value.flag());
                case 2 -> tree.put("in", value.text());
                case 3 -> tree.put("description", value.text());
                case 4 -> tree.put("name", value.text());
                case 5, 6 -> tree.put("type", value.text());
                default -> throw new AssertionError("Parameter." + number);
              }
            });
    assertThat(parameter.path("in").asText()).isEqualTo(in);
    return parameter;
  }

  private static ObjectNode schema(ByteBuffer bytes) {
    return message(bytes)
        .tree((tree, number, value) -> {
          switch (number) {
            case 1 -> tree.put("$ref", value.text());
            case 2 -> tree.put("format", value.text());
            case 4 -> tree.put("description", value.text());
            case 5 -> tree.set("default", any(value.bytes()));
            case 19 -> tree.withArray("required").add(value.text());
            case 20 -> tree.withArray("enum").add(any(value.bytes()));
            case 21 -> tree.set("additionalProperties", schema(only(1, value.bytes())));
            case 22 -> tree.put("type", text(only(1, value.bytes())));
            case 23 -> tree.set("items", schema(only(1, value.bytes())));
            case 25 -> pairs(tree.putObject("properties"), 1, value.bytes(), DecoderV2::schema);
            case 31 -> extension(tree, value.bytes());
            default -> throw new AssertionError("Schema." + number);
          }
        });
  }
}
