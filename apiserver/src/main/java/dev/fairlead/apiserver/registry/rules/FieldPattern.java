package dev.fairlead.apiserver.registry.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A field of an object, or one of every item of a list: {@code spec.containers[*].resources}.
 *
 * @param steps names of fields; one that ends with {@code [*]} goes into each item of a list
 */
public record FieldPattern(List<String> steps) {
  private static final String EACH = "[*]";

  public FieldPattern {
    steps = List.copyOf(steps);
  }

  /** Reads the usual form. */
  public static FieldPattern of(String text) {
    return new FieldPattern(List.of(text.split("\\.")));
  }

  /** Whether an object has it anywhere. */
  public boolean isIn(JsonNode tree) {
    return isIn(tree, 0);
  }

  private boolean isIn(JsonNode node, int step) {
    if (step == steps.size()) {
      return true;
    }
    JsonNode found = node.get(field(step));
    if (found == null) {
      return false;
    }
    if (!each(step)) {
      return isIn(found, step + 1);
    }
    for (JsonNode item : found) {
      if (isIn(item, step + 1)) {
        return true;
      }
    }
    return false;
  }

  /** Takes it out wherever an object has it. */
  public void removeFrom(ObjectNode tree) {
    remove(tree, 0, false);
  }

  /** Takes it out wherever it has come to be an empty object. */
  public void removeEmptyFrom(ObjectNode tree) {
    remove(tree, 0, true);
  }

  private void remove(JsonNode node, int step, boolean empty) {
    JsonNode found = node.get(field(step));
    if (found == null) {
      return;
    }
    if (each(step)) {
      found.forEach(item -> remove(item, step + 1, empty));
    } else if (step < steps.size() - 1) {
      remove(found, step + 1, empty);
    } else if (node instanceof ObjectNode object && (!empty || found.isEmpty())) {
      object.remove(field(step));
    }
  }

  @Override
  public String toString() {
    return String.join(".", steps);
  }

  private boolean each(int step) {
    return steps.get(step).endsWith(EACH);
  }

  private String field(int step) {
    String name = steps.get(step);
    return each(step) ? name.substring(0, name.length() - EACH.length()) : name;
  }
}
