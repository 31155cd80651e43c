package dev.fairlead.api.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.schema.Field;
import dev.fairlead.api.schema.FieldType;
import dev.fairlead.api.schema.Schema;
import dev.fairlead.api.schema.TypeSchema;
import dev.fairlead.api.schema.ZeroRules;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Random;

/** Objects of any type of the schema, in the form in which upstream writes them as JSON. */
final class RandomTrees {
  private static final int DEPTH_MAX = 7;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String[] WORDS = {"a", "web", "héllo", "日本", "x/y.z-1", "😀", "\u0000\t"};
  private static final ZeroRules ZEROS = ZeroRules.load();

  private final Random random;

  RandomTrees(long seed) {
    random = new Random(seed);
  }

  ObjectNode object(TypeSchema type, String apiVersion, String kind) {
    ObjectNode tree = Json.object().put("apiVersion", apiVersion).put("kind", kind);
    tree.setAll(object(type, 0));
    return Json.parse(Json.bytes(tree));
  }

  ObjectNode object(TypeSchema type) {
    return object(type, 0);
  }

  private ObjectNode object(TypeSchema type, int depth) {
    ObjectNode tree = Json.object();
    for (Field field : type.fields().values()) {
      // Deep down only a few fields, or trees would grow without end.
      if (!field.protobuf().isEmpty() && random.nextInt(depth + 2) < 2) {
        JsonNode value = value(field.type(), ZEROS.keeps(type, field), depth);
        if (value != null) {
          tree.set(field.name(), value);
        }
      }
    }
    return tree;
  }

  private JsonNode value(FieldType type, boolean zeroToo, int depth) {
    return switch (type) {
      case FieldType.Scalar scalar -> scalar(scalar, zeroToo);
      case FieldType.Reference(String name) ->
          depth > DEPTH_MAX ? null : object(Schema.load().type(name), depth + 1);
      case FieldType.Array(FieldType element) -> list(element, depth);
      case FieldType.Dictionary(FieldType element) -> map(element, depth);
    };
  }

  private JsonNode list(FieldType element, int depth) {
    ArrayNode list = NODES.arrayNode();
    for (int i = 0; i <= random.nextInt(3); i++) {
      JsonNode value = value(element, true, depth + 1);
      if (value != null) {
        list.add(value);
      }
    }
    return list.isEmpty() ? null : list;
  }

  private JsonNode map(FieldType element, int depth) {
    ObjectNode map = Json.object();
    for (int i = 0; i <= random.nextInt(3); i++) {
      JsonNode value = value(element, true, depth + 1);
      if (value != null) {
        map.set(word(true), value);
      }
    }
    return map.isEmpty() ? null : map;
  }

  private JsonNode scalar(FieldType.Scalar type, boolean zeroToo) {
    boolean zero = zeroToo && random.nextInt(4) == 0;
    return switch (type) {
      case STRING -> NODES.textNode(zero ? "" : word(false));
      case INT32 -> NODES.numberNode(zero ? 0 : random.nextInt() | 1);
      case INT64 -> NODES.numberNode(zero ? 0L : random.nextLong() | 1L);
      case NUMBER -> NODES.numberNode(random.nextDouble() + 1);
      case BOOLEAN -> NODES.booleanNode(!zero);
      case BYTES ->
          NODES.textNode(
              Base64.getEncoder().encodeToString(word(zero).getBytes(StandardCharsets.UTF_8)));
      case DATE_TIME -> NODES.textNode(instant().toString());
      case MICRO_TIME ->
          NODES.textNode(
              instant().toString().replace("Z", ".%06dZ".formatted(random.nextInt(1_000_000))));
      case INT_OR_STRING ->
          random.nextBoolean() ? NODES.numberNode(random.nextInt()) : NODES.textNode(word(false));
      case QUANTITY -> NODES.textNode(random.nextInt(1000) + "m");
      case ANY, FIELDS_V1 ->
          Json.object().set("f:" + word(false), Json.object().put("n", random.nextInt()));
    };
  }

  private Instant instant() {
    return Instant.ofEpochSecond(random.nextLong(-2_000_000_000L, 4_000_000_000L));
  }

  private String word(boolean emptyToo) {
    return emptyToo && random.nextInt(4) == 0 ? "" : WORDS[random.nextInt(WORDS.length)];
  }
}
