package dev.fairlead.apiserver.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import java.util.Comparator;

/** Small operations on JSON trees. */
public final class Trees {
  /** Equal numbers are equal, whatever Java type holds them. */
  private static final Comparator<JsonNode> VALUES =
      (left, right) -> {
        if (left.isNumber() && right.isNumber()) {
          return left.decimalValue().compareTo(right.decimalValue());
        }
        return left.equals(right) ? 0 : 1;
      };

  private Trees() {}

  /** Whether two trees say the same. */
  public static boolean same(JsonNode left, JsonNode right) {
    return left.equals(VALUES, right);
  }

  /**
   * A deep copy of the object's tree, ours to change. Only {@code managedFields} is shared: it is
   * large, and nobody changes it in place.
   */
  public static ObjectNode copy(Document object) {
    ObjectNode tree = object.tree();
    if (!(tree.get("metadata") instanceof ObjectNode metadata) || !metadata.has("managedFields")) {
      return tree.deepCopy();
    }
    ObjectNode copy = tree.objectNode();
    tree.properties()
        .forEach(each ->
            copy.set(
                each.getKey(),
                each.getKey().equals("metadata")
                    ? copyMetadata(metadata)
                    : each.getValue().deepCopy()));
    return copy;
  }

  private static ObjectNode copyMetadata(ObjectNode metadata) {
    ObjectNode copy = metadata.objectNode();
    metadata
        .properties()
        .forEach(each ->
            copy.set(
                each.getKey(),
                each.getKey().equals("managedFields")
                    ? each.getValue()
                    : each.getValue().deepCopy()));
    return copy;
  }

  /** The text at {@code field}; empty when missing. */
  public static String text(JsonNode tree, String field) {
    return tree.path(field).asText("");
  }

  /** The object at {@code field}, created when missing. */
  public static ObjectNode child(ObjectNode parent, String field) {
    return parent.get(field) instanceof ObjectNode known ? known : parent.putObject(field);
  }

  /**
   * Makes {@code field} of {@code to} what it is in {@code from}; removes it when missing there.
   */
  public static void take(String field, JsonNode from, ObjectNode to) {
    JsonNode value = from.get(field);
    if (value == null) {
      to.remove(field);
    } else {
      to.set(field, value);
    }
  }

  /** Sets a number as a parser would read it back, so that equal objects are equal. */
  public static void put(ObjectNode object, String field, long number) {
    if (number == (int) number) {
      object.put(field, (int) number);
    } else {
      object.put(field, number);
    }
  }
}
