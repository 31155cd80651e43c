package dev.fairlead.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** RFC 7386: a patch that looks like what it changes; null removes. */
final class MergePatch {
  private MergePatch() {}

  static ObjectNode apply(ObjectNode original, ObjectNode patch) {
    ObjectNode result = original.deepCopy();
    merge(result, patch);
    return result;
  }

  private static void merge(ObjectNode target, ObjectNode patch) {
    patch
        .properties()
        .forEach(each -> {
          if (each.getValue().isNull()) {
            target.remove(each.getKey());
          } else {
            target.set(each.getKey(), merged(target.get(each.getKey()), each.getValue()));
          }
        });
  }

  private static JsonNode merged(@Nullable JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode object)) {
      return patch.deepCopy();
    }
    ObjectNode into =
        target instanceof ObjectNode present ? present : JsonNodeFactory.instance.objectNode();
    merge(into, object);
    return into;
  }
}
