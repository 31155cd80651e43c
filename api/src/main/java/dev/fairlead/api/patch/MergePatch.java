package dev.fairlead.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * RFC 7386: a patch that looks like what it changes; null removes. What comes out shares all that
 * stays as it was with the original, and new values with the patch.
 */
final class MergePatch {
  private MergePatch() {}

  static ObjectNode apply(@Nullable JsonNode original, ObjectNode patch) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    if (original instanceof ObjectNode object) {
      result.setAll(object);
    }
    for (Map.Entry<String, JsonNode> each : patch.properties()) {
      switch (each.getValue()) {
        case NullNode nothing -> result.remove(each.getKey());
        case ObjectNode inner -> result.set(each.getKey(), apply(result.get(each.getKey()), inner));
        case JsonNode value -> result.set(each.getKey(), value);
      }
    }
    return result;
  }
}
