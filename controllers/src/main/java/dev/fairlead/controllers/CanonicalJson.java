package dev.fairlead.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.TreeMap;

/**
 * One text for all trees that mean the same to the API: keys in order, without nulls and without
 * empty objects and lists, numbers by value.
 */
public final class CanonicalJson {
  private CanonicalJson() {}

  /** The canonical text; empty for a missing or empty tree. */
  public static String text(JsonNode tree) {
    StringBuilder out = new StringBuilder();
    append(out, tree);
    return out.toString();
  }

  /** Whether two trees mean the same. */
  public static boolean same(JsonNode one, JsonNode other) {
    return text(one).equals(text(other));
  }

  private static void append(StringBuilder out, JsonNode node) {
    if (node.isObject()) {
      object(out, node);
    } else if (node.isArray()) {
      array(out, node);
    } else if (!node.isNull() && !node.isMissingNode()) {
      out.append(node);
    }
  }

  private static void object(StringBuilder out, JsonNode node) {
    TreeMap<String, String> fields = new TreeMap<>();
    node.properties()
        .forEach(entry -> {
          String value = text(entry.getValue());
          if (!value.isEmpty()) {
            fields.put(entry.getKey(), value);
          }
        });
    if (!fields.isEmpty()) {
      out.append(fields);
    }
  }

  private static void array(StringBuilder out, JsonNode node) {
    if (node.isEmpty()) {
      return;
    }
    out.append('[');
    node.forEach(element -> {
      append(out, element);
      out.append(',');
    });
    out.append(']');
  }
}
