package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * Fields of a pod's spec that upstream holds by value, so that their zero and their absence are
 * one, as are empty lists and empty texts.
 */
final class PlainZeros {
  private static final Set<String> BY_VALUE =
      Set.of(
          "hostNetwork", "hostPID", "hostIPC", "stdin", "stdinOnce", "tty", "readOnly", "hostPort");

  private PlainZeros() {}

  /** A copy without them. */
  static JsonNode removed(JsonNode tree) {
    JsonNode copy = tree.deepCopy();
    strip(copy);
    return copy;
  }

  private static void strip(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().removeIf(field -> absent(field.getKey(), field.getValue()));
    }
    node.forEach(PlainZeros::strip);
  }

  private static boolean absent(String name, JsonNode value) {
    if (value.isArray() || value.isTextual()) {
      return value.isArray() ? value.isEmpty() : value.asText().isEmpty();
    }
    return BY_VALUE.contains(name) && !value.asBoolean() && value.asLong(0) == 0;
  }
}
