package dev.fairlead.api.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** JSON values as Go prints them in upstream's messages. */
public final class GoText {
  private GoText() {}

  /** {@code %v} of a value: {@code map[image:x name:y]}. */
  public static String of(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT, POJO -> {
        Map<String, JsonNode> sorted = new TreeMap<>();
        node.properties().forEach(each -> sorted.put(each.getKey(), each.getValue()));
        yield sorted.entrySet().stream()
            .map(each -> each.getKey() + ":" + of(each.getValue()))
            .collect(Collectors.joining(" ", "map[", "]"));
      }
      case ARRAY -> node.valueStream().map(GoText::of).collect(Collectors.joining(" ", "[", "]"));
      case NULL, MISSING -> "<nil>";
      case STRING, NUMBER, BOOLEAN, BINARY -> node.asText();
    };
  }

  /** {@code %T} of a value: {@code map[string]interface {}}. */
  public static String typeOf(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT, POJO -> "map[string]interface {}";
      case ARRAY -> "[]interface {}";
      case NULL, MISSING -> "<nil>";
      case STRING, BINARY -> "string";
      case BOOLEAN -> "bool";
      case NUMBER -> node.isIntegralNumber() ? "int64" : "float64";
    };
  }
}
