package dev.fairlead.api.fieldset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import java.util.Map;

/**
 * The JSON form of a {@link FieldSet} (API: {@code meta/v1 FieldsV1}): one key per path element; a
 * member without anything below it is {@code {}}, one with something has the key {@code "."}.
 */
public final class FieldsV1 {
  private static final String SELF = ".";

  private FieldsV1() {}

  /** The set as JSON, keys in the order of their elements. */
  public static ObjectNode write(FieldSet set) {
    ObjectNode tree = Json.object();
    for (FieldSet.Entry each : set.entries()) {
      ObjectNode below = tree.putObject(each.element().text());
      if (each.children().isEmpty()) {
        continue;
      }
      below.setAll(write(each.children()));
      if (each.member()) {
        below.putObject(SELF);
      }
    }
    return tree;
  }

  /**
   * Reads a set. Path elements of a kind that is not known are left out.
   *
   * @param tree nested at most {@link Json#DEPTH_MAX} deep, as all bodies are
   * @throws IllegalArgumentException when it is malformed
   */
  public static FieldSet read(JsonNode tree) {
    if (!(tree instanceof ObjectNode object)) {
      throw new IllegalArgumentException("not an object: " + Json.goKind(tree));
    }
    FieldSetBuilder set = new FieldSetBuilder();
    for (Map.Entry<String, JsonNode> each : object.properties()) {
      if (each.getKey().equals(SELF)) {
        continue;
      }
      PathElementText.read(each.getKey())
          .ifPresent(element -> {
            FieldSet children = read(each.getValue());
            boolean member = children.isEmpty() || each.getValue().has(SELF);
            set.add(element, member, children);
          });
    }
    return set.build();
  }
}
