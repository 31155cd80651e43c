package dev.fairlead.apiserver.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An OpenAPI v3 tree as gnostic's protobuf message {@code openapi.v3.Document}, which client-go up
 * to 0.25 asks for. The numbers are those of gnostic's {@code openapiv3/OpenAPIv3.proto}. It knows
 * the fields that our own documents have, and no others.
 */
final class EncoderV3 {
  private final GnosticWriter gnostic = new GnosticWriter();
  private final WireWriter out = gnostic.out();

  private EncoderV3() {}

  /** The message's bytes. */
  static byte[] encode(ObjectNode document) {
    EncoderV3 encoder = new EncoderV3();
    encoder.document(document);
    return encoder.out.toByteArray();
  }

  private void document(JsonNode document) {
    document.forEachEntry((field, value) -> {
      switch (field) {
        case "openapi" -> out.text(1, value.asText());
        case "info" -> out.message(2, () -> gnostic.info(value, 6));
        case "paths" -> out.message(4, () -> gnostic.pairs(1, value, this::path));
        case "components" -> out.message(5, () -> components(value));
        default -> gnostic.extension(9, field, value);
      }
    });
  }

  private void components(JsonNode components) {
    components.forEachEntry((field, value) -> {
      switch (field) {
        case "schemas" -> out.message(1, () -> gnostic.pairs(1, value, this::schemaOrReference));
        default -> gnostic.extension(10, field, value);
      }
    });
  }

  private void path(JsonNode path) {
    path.forEachEntry((field, value) -> {
      switch (field) {
        case "get" -> out.message(4, () -> operation(value));
        case "put" -> out.message(5, () -> operation(value));
        case "post" -> out.message(6, () -> operation(value));
        case "delete" -> out.message(7, () -> operation(value));
        case "patch" -> out.message(10, () -> operation(value));
        case "parameters" -> parameters(13, value);
        default -> gnostic.extension(14, field, value);
      }
    });
  }

  private void operation(JsonNode operation) {
    operation.forEachEntry((field, value) -> {
      switch (field) {
        case "tags" -> gnostic.texts(1, value);
        case "description" -> out.text(3, value.asText());
        case "operationId" -> out.text(5, value.asText());
        case "parameters" -> parameters(6, value);
        case "requestBody" -> out.message(7, () -> out.message(1, () -> body(value)));
        case "responses" -> out.message(8, () -> gnostic.pairs(2, value, this::response));
        default -> gnostic.extension(13, field, value);
      }
    });
  }

  /** Each one a {@code ParameterOrReference}. */
  private void parameters(int number, JsonNode parameters) {
    parameters.forEach(each -> out.message(number, () -> out.message(1, () -> parameter(each))));
  }

  private void parameter(JsonNode parameter) {
    parameter.forEachEntry((field, value) -> {
      switch (field) {
        case "name" -> out.text(1, value.asText());
        case "in" -> out.text(2, value.asText());
        case "description" -> out.text(3, value.asText());
        case "required" -> out.flag(4, value.asBoolean());
        case "schema" -> out.message(10, () -> schemaOrReference(value));
        default -> gnostic.extension(14, field, value);
      }
    });
  }

  private void body(JsonNode body) {
    body.forEachEntry((field, value) -> {
      switch (field) {
        case "content" -> content(2, value);
        case "required" -> out.flag(3, value.asBoolean());
        default -> gnostic.extension(4, field, value);
      }
    });
  }

  /** {@code ResponseOrReference}. */
  private void response(JsonNode response) {
    out.message(
        1,
        () ->
            response.forEachEntry((field, value) -> {
              switch (field) {
                case "description" -> out.text(1, value.asText());
                case "content" -> content(3, value);
                default -> gnostic.extension(5, field, value);
              }
            }));
  }

  /** {@code MediaTypes}. */
  private void content(int number, JsonNode mediaTypes) {
    out.message(
        number,
        () ->
            gnostic.pairs(
                1,
                mediaTypes,
                type -> out.message(1, () -> schemaOrReference(type.path("schema")))));
  }

  /** {@code SchemaOrReference}: a reference has nothing beside it. */
  private void schemaOrReference(JsonNode schema) {
    if (schema.has("$ref")) {
      out.message(2, () -> out.text(1, schema.path("$ref").asText()));
    } else {
      out.message(1, () -> schema(schema));
    }
  }

  private void schema(JsonNode schema) {
    schema.forEachEntry((field, value) -> {
      switch (field) {
        case "required" -> gnostic.texts(23, value);
        case "enum" -> value.forEach(each -> gnostic.any(24, each));
        case "type" -> out.text(25, value.asText());
        case "allOf" -> value.forEach(each -> out.message(26, () -> schemaOrReference(each)));
        case "oneOf" -> value.forEach(each -> out.message(27, () -> schemaOrReference(each)));
        case "items" -> out.message(30, () -> out.message(1, () -> schemaOrReference(value)));
        case "properties" ->
            out.message(31, () -> gnostic.pairs(1, value, this::schemaOrReference));
        case "additionalProperties" ->
            out.message(32, () -> out.message(1, () -> schemaOrReference(value)));
        case "default" -> out.message(33, () -> defaultValue(value));
        case "description" -> out.text(34, value.asText());
        case "format" -> out.text(35, value.asText());
        default -> gnostic.extension(36, field, value);
      }
    });
  }

  /** {@code DefaultType}, of which our documents have flags and texts. */
  private void defaultValue(JsonNode value) {
    switch (value.getNodeType()) {
      case BOOLEAN -> out.flag(2, value.asBoolean());
      case STRING -> out.text(3, value.asText());
      default -> throw new IllegalStateException("not encodable: default " + value);
    }
  }
}
