package dev.fairlead.api.structured;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Lays one object over another: its leaves win, and nothing of the other goes. The result shares
 * nodes with both.
 */
final class Merge {
  private Merge() {}

  /** The merged value; null when both are absent. */
  static @Nullable JsonNode merge(
      Structure structure, @Nullable JsonNode live, @Nullable JsonNode over) {
    if (over == null || Nodes.isLeaf(structure, live, over)) {
      return over == null ? live : over;
    }
    return switch (structure) {
      case Structure.Struct struct -> fields(struct, live, over);
      case Structure.Dictionary dictionary -> fields(dictionary, live, over);
      case Structure.SetList list -> items(list, live, over);
      case Structure.KeyedList list -> items(list, live, over);
      case Structure.Leaf leaf -> over;
    };
  }

  private static ObjectNode fields(Structure object, @Nullable JsonNode live, JsonNode over) {
    ObjectNode merged = JsonNodeFactory.instance.objectNode();
    if (live != null) {
      live.properties()
          .forEach(
              each -> put(merged, object, each.getKey(), each.getValue(), over.get(each.getKey())));
    }
    over.properties()
        .forEach(each -> {
          if (live == null || !live.has(each.getKey())) {
            put(merged, object, each.getKey(), null, each.getValue());
          }
        });
    return merged;
  }

  private static void put(
      ObjectNode merged,
      Structure object,
      String name,
      @Nullable JsonNode live,
      @Nullable JsonNode over) {
    JsonNode value = merge(field(object, name), live, over);
    if (value != null) {
      merged.set(name, value);
    }
  }

  private static ArrayNode items(Structure list, @Nullable JsonNode live, JsonNode over) {
    return new ListMerge(list, live, over).merged();
  }

  /** The structure of a field; one that is not known is a leaf. */
  static Structure field(Structure object, String name) {
    return switch (object) {
      case Structure.Struct(var fields) -> {
        Structure.Member member = fields.get(name);
        yield member == null ? new Structure.Leaf(null) : member.structure();
      }
      case Structure.Dictionary(Structure value) -> value;
      case Structure.SetList set -> new Structure.Leaf(null);
      case Structure.KeyedList keyed -> new Structure.Leaf(null);
      case Structure.Leaf leaf -> leaf;
    };
  }
}
