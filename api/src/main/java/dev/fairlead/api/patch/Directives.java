package dev.fairlead.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.codec.GoText;
import java.util.Iterator;

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

  static ApiException noList(JsonNode got) {
    return ApiException.badRequest(
        "expected a []interface {}, but received a " + GoText.typeOf(got));
  }

  static ApiException unknownDirective(JsonNode directive, JsonNode map) {
    return ApiException.badRequest(
        "unknown patch type: %s in map: %s".formatted(directive.asText(), GoText.of(map)));
  }

  static ApiException noMergeKey(JsonNode map, String key) {
    return ApiException.badRequest(
        "map: %s does not contain declared merge key: %s".formatted(GoText.of(map), key));
  }
}
