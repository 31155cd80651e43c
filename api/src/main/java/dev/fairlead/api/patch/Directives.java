package dev.fairlead.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.codec.Json;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/** The keys of a strategic merge patch that say how to merge. */
final class Directives {
  static final String PATCH = "$patch";
  static final String RETAIN_KEYS = "$retainKeys";
  static final String DELETE_FROM = "$deleteFromPrimitiveList/";
  static final String ORDER = "$setElementOrder/";

  private Directives() {}

  static boolean isDirective(String key) {
    return key.equals(PATCH)
        || key.equals(RETAIN_KEYS)
        || key.startsWith("$deleteFromPrimitiveList")
        || key.startsWith("$setElementOrder");
  }

  /** A value that is new to the object: nothing to merge with, so directives and nulls go. */
  static JsonNode plain(JsonNode patch) {
    JsonNode copy = patch.deepCopy();
    strip(copy);
    return copy;
  }

  private static void strip(JsonNode node) {
    switch (node) {
      case ObjectNode object -> {
        object
            .properties()
            .removeIf(each -> isDirective(each.getKey()) || each.getValue().isNull());
        object.forEach(Directives::strip);
      }
      case ArrayNode array -> {
        for (Iterator<JsonNode> each = array.iterator(); each.hasNext(); ) {
          JsonNode element = each.next();
          if (element.has(PATCH)) {
            each.remove();
          } else {
            strip(element);
          }
        }
      }
      default -> {
        // Scalars hold no directives.
      }
    }
  }

  static ApiException malformed(String what) {
    return ApiException.badRequest("invalid patch format of " + what);
  }

  static ApiException wrongType(String wanted, JsonNode got) {
    return ApiException.badRequest(
        "expected a %s, but received a %s".formatted(wanted, Json.goKind(got)));
  }

  static ApiException unknownDirective(JsonNode directive, JsonNode map) {
    return ApiException.badRequest(
        "unknown patch type: %s in map: %s".formatted(directive.asText(), goText(map)));
  }

  static ApiException noMergeKey(JsonNode map, String key) {
    return ApiException.badRequest(
        "map: %s does not contain declared merge key: %s".formatted(goText(map), key));
  }

  /** A value as Go prints it: {@code map[image:x name:y]}. */
  static String goText(JsonNode node) {
    StringBuilder text = new StringBuilder();
    if (node.isObject()) {
      Map<String, JsonNode> sorted = new TreeMap<>();
      node.properties().forEach(each -> sorted.put(each.getKey(), each.getValue()));
      sorted.forEach((key, value) ->
          text.append(text.isEmpty() ? "" : " ").append(key).append(':').append(goText(value)));
      return "map[" + text + "]";
    }
    if (node.isArray()) {
      node.forEach(each -> text.append(text.isEmpty() ? "" : " ").append(goText(each)));
      return "[" + text + "]";
    }
    return node.isNull() ? "<nil>" : node.asText();
  }
}
