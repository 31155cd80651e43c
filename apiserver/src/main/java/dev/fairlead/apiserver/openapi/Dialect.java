package dev.fairlead.apiserver.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the versions of OpenAPI write differently in an operation. */
enum Dialect {
  /** Version 2.0. */
  V2 {
    @Override
    String reference(String type) {
      return "#/definitions/" + type;
    }

    @Override
    void type(ObjectNode parameter, String type) {
      parameter.put("type", type);
    }

    @Override
    void body(ObjectNode operation, String type, boolean required, List<String> mediaTypes) {
      mediaTypes.forEach(operation.withArray("consumes")::add);
      ObjectNode body = operation.withArray("parameters").addObject();
      body.put("in", "body").put("name", "body").put("required", required);
      body.putObject("schema").put("$ref", reference(type));
    }

    @Override
    void response(
        ObjectNode operation, String code, String text, @Nullable String type, List<String> types) {
      if (!operation.has("produces")) {
        types.forEach(operation.putArray("produces")::add);
      }
      ObjectNode response = operation.withObject("responses").putObject(code);
      response.put("description", text);
      if (type != null) {
        schema(response.putObject("schema"), type);
      }
    }
  },

  /** Version 3.0. */
  V3 {
    @Override
    String reference(String type) {
      return "#/components/schemas/" + type;
    }

    @Override
    void type(ObjectNode parameter, String type) {
      parameter.putObject("schema").put("type", type);
    }

    @Override
    void body(ObjectNode operation, String type, boolean required, List<String> mediaTypes) {
      ObjectNode body = operation.putObject("requestBody").put("required", required);
      content(body, type, mediaTypes);
    }

    @Override
    void response(
        ObjectNode operation, String code, String text, @Nullable String type, List<String> types) {
      ObjectNode response = operation.withObject("responses").putObject(code);
      response.put("description", text);
      if (type != null) {
        content(response, type, types);
      }
    }

    private void content(ObjectNode node, String type, List<String> mediaTypes) {
      ObjectNode content = node.putObject("content");
      mediaTypes.forEach(each -> schema(content.putObject(each).putObject("schema"), type));
    }
  };

  /** The name of plain text among the types of bodies. */
  static final String TEXT = "string";

  /** Where the definition of a type stands. */
  abstract String reference(String type);

  /** Says the type of a parameter's value. */
  abstract void type(ObjectNode parameter, String type);

  /** The body that an operation takes. */
  abstract void body(ObjectNode operation, String type, boolean required, List<String> mediaTypes);

  /**
   * One answer of an operation.
   *
   * @param type of its body; {@link #TEXT}, or null for none
   */
  abstract void response(
      ObjectNode operation, String code, String text, @Nullable String type, List<String> types);

  void schema(ObjectNode schema, String type) {
    if (type.equals(TEXT)) {
      schema.put("type", TEXT);
    } else {
      schema.put("$ref", reference(type));
    }
  }

  void parameter(ObjectNode node, Parameter parameter) {
    ObjectNode added = node.withArray("parameters").addObject();
    added.put("required", parameter.required()).put("in", parameter.in());
    added.put("description", parameter.description()).put("name", parameter.name());
    type(added, parameter.type());
  }
}
