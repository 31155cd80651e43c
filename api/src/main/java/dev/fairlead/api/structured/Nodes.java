package dev.fairlead.api.structured;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Questions about JSON values. Absent is Java's null; JSON's null is there and empty. */
final class Nodes {
  private Nodes() {}

  /** Whether this is absent, null, or a list or object without content. */
  static boolean isEmpty(@Nullable JsonNode node) {
    return node == null || node.isNull() || (node.isContainerNode() && node.isEmpty());
  }

  /** Whether this value, where it has content, is what the structure takes apart. */
  static boolean fits(Structure structure, @Nullable JsonNode node) {
    if (node == null || node.isNull()) {
      return true;
    }
    return switch (structure) {
      case Structure.Leaf leaf -> false;
      case Structure.Struct struct -> node.isObject();
      case Structure.Dictionary dictionary -> node.isObject();
      case Structure.SetList set -> node.isArray();
      case Structure.KeyedList keyed -> node.isArray();
    };
  }

  /** Whether two values, not both with content of this structure, are one field. */
  static boolean isLeaf(Structure structure, @Nullable JsonNode left, @Nullable JsonNode right) {
    return structure instanceof Structure.Leaf
        || !fits(structure, left)
        || !fits(structure, right)
        || (isEmpty(left) && isEmpty(right));
  }
}
