package dev.fairlead.api.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds a tree from bytes that nobody vouches for. Jackson tokenizes; what it rejects is scanned
 * once more by {@link JsonSyntax} to say why in the words of Go's decoder.
 */
final class StrictJson {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(Json.DEPTH_MAX).build())
          .build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonParser parser;
  private final List<String> duplicates = new ArrayList<>();
  private int nodes;

  private StrictJson(JsonParser parser) {
    this.parser = parser;
  }

  static Parsed<JsonNode> read(byte[] json) throws MalformedException {
    // Jackson would guess UTF-16 and skip a byte order mark; upstream takes neither.
    JsonSyntax.requireUtf8(json);
    try (JsonParser parser = FACTORY.createParser(json)) {
      StrictJson reader = new StrictJson(parser);
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new MalformedException(JsonSyntax.UNEXPECTED_END);
      }
      JsonNode tree = reader.value("");
      if (parser.nextToken() != null) {
        throw new MalformedException(JsonSyntax.explain(json, "more than one value"));
      }
      return new Parsed<>(tree, reader.duplicates);
    } catch (StreamConstraintsException e) {
      throw new MalformedException(JsonSyntax.explain(json, "a number or a key is too long"));
    } catch (IOException e) {
      throw new MalformedException(
          JsonSyntax.explain(json, "invalid Unicode escape in string literal"));
    }
  }

  private JsonNode value(String path) throws IOException, MalformedException {
    if (++nodes > Json.NODES_MAX) {
      throw new MalformedException("too many values");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(path);
      case START_ARRAY -> array(path);
      case VALUE_STRING -> NODES.textNode(JsonSyntax.wellFormed(parser.getText()));
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> decimal();
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      default -> throw new IllegalStateException("not a value: " + parser.currentToken());
    };
  }

  private JsonNode object(String path) throws IOException, MalformedException {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = JsonSyntax.wellFormed(parser.currentName());
      String inner = path.isEmpty() ? name : path + "." + name;
      parser.nextToken();
      JsonNode before = object.replace(name, value(inner));
      if (before != null && duplicates.size() < Parsed.DUPLICATES_MAX) {
        duplicates.add("duplicate field \"%s\"".formatted(inner));
      }
    }
    return object;
  }

  private JsonNode array(String path) throws IOException, MalformedException {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(path + "[" + array.size() + "]"));
    }
    return array;
  }

  private JsonNode integer() throws IOException {
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      default -> NODES.numberNode(parser.getBigIntegerValue());
    };
  }

  private JsonNode decimal() throws IOException, MalformedException {
    double number = parser.getDoubleValue();
    if (Double.isInfinite(number)) {
      throw new MalformedException(
          "json: cannot unmarshal number %s into Go value of type float64"
              .formatted(parser.getText()));
    }
    return NODES.numberNode(number);
  }
}
