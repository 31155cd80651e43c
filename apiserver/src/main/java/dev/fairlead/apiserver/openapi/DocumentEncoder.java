package dev.fairlead.apiserver.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Yaml;
import java.util.function.Consumer;

/**
 * An OpenAPI v2 tree as gnostic's protobuf message {@code openapi.v2.Document}, which older kubectl
 * insists on. The numbers are those of gnostic's {@code openapiv2/OpenAPIv2.proto}. Extensions
 * travel as YAML text. It knows the fields that our own documents have, and no others.
 */
final class DocumentEncoder {
  private static final int NAME = 1;
  private static final int VALUE = 2;

  private final WireWriter out = new WireWriter();

  private DocumentEncoder() {}

  /** The message's bytes. */
  static byte[] encode(ObjectNode document) {
    DocumentEncoder encoder = new DocumentEncoder();
    encoder.document(document);
    return encoder.out.toByteArray();
  }

  private void document(JsonNode document) {
    document.forEachEntry((field, value) -> {
      switch (field) {
        case "swagger" -> out.text(1, value.asText());
        case "info" -> out.message(2, () -> info(value));
        case "paths" -> out.message(8, () -> named(2, value, this::path));
        case "definitions" -> out.message(9, () -> named(1, value, this::schema));
        default -> extension(16, field, value);
      }
    });
  }

  private void info(JsonNode info) {
    info.forEachEntry((field, value) -> {
      switch (field) {
        case "title" -> out.text(1, value.asText());
        case "version" -> out.text(2, value.asText());
        default -> extension(7, field, value);
      }
    });
  }

  private void path(JsonNode path) {
    path.forEachEntry((field, value) -> {
      switch (field) {
        case "get" -> out.message(2, () -> operation(value));
        case "put" -> out.message(3, () -> operation(value));
        case "post" -> out.message(4, () -> operation(value));
        case "delete" -> out.message(5, () -> operation(value));
        case "patch" -> out.message(8, () -> operation(value));
        case "parameters" -> parameters(9, value);
        default -> extension(10, field, value);
      }
    });
  }

  private void operation(JsonNode operation) {
    operation.forEachEntry((field, value) -> {
      switch (field) {
        case "tags" -> value.forEach(tag -> out.text(1, tag.asText()));
        case "description" -> out.text(3, value.asText());
        case "operationId" -> out.text(5, value.asText());
        case "produces" -> value.forEach(type -> out.text(6, type.asText()));
        case "consumes" -> value.forEach(type -> out.text(7, type.asText()));
        case "parameters" -> parameters(8, value);
        case "responses" -> out.message(9, () -> named(1, value, this::response));
        default -> extension(13, field, value);
      }
    });
  }

  /** {@code ResponseValue}, of which a response is the first alternative. */
  private void response(JsonNode response) {
    out.message(
        1,
        () -> {
          out.text(1, response.path("description").asText());
          if (response.has("schema")) {
            out.message(2, () -> out.message(1, () -> schema(response.path("schema"))));
          }
        });
  }

  /** Each one a {@code ParametersItem} and {@code Parameter}. */
  private void parameters(int number, JsonNode parameters) {
    for (JsonNode parameter : parameters) {
      Runnable alternative =
          switch (parameter.path("in").asText()) {
            case "body" -> () -> out.message(1, () -> body(parameter));
            case "query" -> () -> out.message(2, () -> out.message(3, () -> named(parameter, 6)));
            case "path" -> () -> out.message(2, () -> out.message(4, () -> named(parameter, 5)));
            default -> throw new IllegalStateException("not encodable: " + parameter);
          };
      out.message(number, () -> out.message(1, alternative));
    }
  }

  /** {@code BodyParameter}. */
  private void body(JsonNode parameter) {
    out.text(2, parameter.path("name").asText());
    out.text(3, parameter.path("in").asText());
    out.flag(4, parameter.path("required").asBoolean());
    out.message(5, () -> schema(parameter.path("schema")));
  }

  /** {@code QueryParameterSubSchema} or {@code PathParameterSubSchema}. */
  private void named(JsonNode parameter, int typeNumber) {
    out.flag(1, parameter.path("required").asBoolean());
    out.text(2, parameter.path("in").asText());
    out.text(3, parameter.path("description").asText());
    out.text(4, parameter.path("name").asText());
    out.text(typeNumber, parameter.path("type").asText());
  }

  private void schema(JsonNode schema) {
    schema.forEachEntry((field, value) -> {
      switch (field) {
        case "$ref" -> out.text(1, value.asText());
        case "format" -> out.text(2, value.asText());
        case "description" -> out.text(4, value.asText());
        case "default" -> any(5, value);
        case "required" -> value.forEach(name -> out.text(19, name.asText()));
        case "additionalProperties" -> out.message(21, () -> out.message(1, () -> schema(value)));
        case "type" -> out.message(22, () -> out.text(1, value.asText()));
        case "items" -> out.message(23, () -> out.message(1, () -> schema(value)));
        case "properties" -> out.message(25, () -> named(1, value, this::schema));
        default -> extension(31, field, value);
      }
    });
  }

  /** A map, as a list of pairs. */
  private void named(int number, JsonNode map, Consumer<JsonNode> content) {
    map.forEachEntry((name, value) ->
        out.message(
            number,
            () -> {
              out.text(NAME, name);
              out.message(VALUE, () -> content.accept(value));
            }));
  }

  private void extension(int number, String name, JsonNode value) {
    if (!name.startsWith("x-")) {
      throw new IllegalStateException("not encodable: " + name);
    }
    out.message(
        number,
        () -> {
          out.text(NAME, name);
          any(VALUE, value);
        });
  }

  private void any(int number, JsonNode value) {
    // A JSON scalar is YAML too.
    String yaml = value.isEmpty() ? value.toString() : Yaml.text(value);
    out.message(number, () -> out.text(2, yaml));
  }
}
