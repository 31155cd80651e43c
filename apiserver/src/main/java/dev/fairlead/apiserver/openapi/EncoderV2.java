package dev.fairlead.apiserver.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An OpenAPI v2 tree as gnostic's protobuf message {@code openapi.v2.Document}, which older kubectl
 * insists on. The numbers are those of gnostic's {@code openapiv2/OpenAPIv2.proto}. Extensions
 * travel as YAML text. It knows the fields that our own documents have, and no others.
 */
final class EncoderV2 {
  private final GnosticWriter gnostic = new GnosticWriter();
  private final WireWriter out = gnostic.out();

  private EncoderV2() {}

  /** The message's bytes. */
  static byte[] encode(ObjectNode document) {
    EncoderV2 encoder = new EncoderV2();
    encoder.document(document);
    return encoder.out.toByteArray();
  }

  private void document(JsonNode document) {
    document.forEachEntry((field, value) -> {
      switch (field) {
        case "swagger" -> out.text(1, value.asText());
        case "info" -> out.message(2, () -> gnostic.info(value, 2));
        case "paths" -> out.message(8, () -> gnostic.pairs(2, value, this::path));
        case "definitions" -> out.message(9, () -> gnostic.pairs(1, value, this::schema));
        default -> gnostic.extension(16, field, value);
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
        default -> gnostic.extension(10, field, value);
      }
    });
  }

  private void operation(JsonNode operation) {
    operation.forEachEntry((field, value) -> {
      switch (field) {
        case "tags" -> gnostic.texts(1, value);
        case "description" -> out.text(3, value.asText());
        case "operationId" -> out.text(5, value.asText());
        case "produces" -> gnostic.texts(6, value);
        case "consumes" -> gnostic.texts(7, value);
        case "parameters" -> parameters(8, value);
        case "responses" -> out.message(9, () -> gnostic.pairs(1, value, this::response));
        default -> gnostic.extension(13, field, value);
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
        case "default" -> gnostic.any(5, value);
        case "required" -> gnostic.texts(19, value);
        case "enum" -> value.forEach(each -> gnostic.any(20, each));
        case "additionalProperties" -> out.message(21, () -> out.message(1, () -> schema(value)));
        case "type" -> out.message(22, () -> out.text(1, value.asText()));
        case "items" -> out.message(23, () -> out.message(1, () -> schema(value)));
        case "properties" -> out.message(25, () -> gnostic.pairs(1, value, this::schema));
        default -> gnostic.extension(31, field, value);
      }
    });
  }
}
