package dev.fairlead.api.structured;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.fieldset.FieldSet;
import dev.fairlead.api.fieldset.FieldSetBuilder;
import dev.fairlead.api.fieldset.PathElement;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** Compares two objects field by field. Parts that are equal are not taken apart. */
final class Comparer {
  private static final JsonNode EMPTY_OBJECT = JsonNodeFactory.instance.objectNode();

  /** One level of the three sets that are being collected. */
  private static final class Level {
    final FieldSetBuilder removed = new FieldSetBuilder();
    final FieldSetBuilder modified = new FieldSetBuilder();
    final FieldSetBuilder added = new FieldSetBuilder();

    Comparison build() {
      return new Comparison(removed.build(), modified.build(), added.build());
    }
  }

  private Comparer() {}

  /** What differs between two whole objects. */
  static Comparison compare(Structure structure, JsonNode left, JsonNode right) {
    return below(structure, left, right);
  }

  private static Comparison below(
      Structure structure, @Nullable JsonNode left, @Nullable JsonNode right) {
    Level level = new Level();
    switch (structure) {
      case Structure.Struct struct -> struct(struct, left, right, level);
      case Structure.Dictionary(Structure value) -> dictionary(value, left, right, level);
      case Structure.SetList set -> list(set, left, right, level);
      case Structure.KeyedList keyed -> list(keyed, left, right, level);
      case Structure.Leaf leaf -> {} // Has nothing below it.
    }
    return level.build();
  }

  private static void struct(
      Structure.Struct struct, @Nullable JsonNode left, @Nullable JsonNode right, Level level) {
    for (Map.Entry<String, JsonNode> each : fields(left)) {
      JsonNode other = right == null ? null : right.get(each.getKey());
      if (!each.getValue().equals(other)) {
        member(struct, each.getKey(), left, each.getValue(), right, other, level);
      }
    }
    for (Map.Entry<String, JsonNode> each : fields(right)) {
      if (left == null || !left.has(each.getKey())) {
        member(struct, each.getKey(), left, null, right, each.getValue(), level);
      }
    }
  }

  private static void member(
      Structure.Struct struct,
      String name,
      @Nullable JsonNode left,
      @Nullable JsonNode leftValue,
      @Nullable JsonNode right,
      @Nullable JsonNode rightValue,
      Level level) {
    Structure.Member member = struct.fields().get(name);
    if (member == null) {
      value(new PathElement.Name(name), new Structure.Leaf(null), leftValue, rightValue, level);
      return;
    }
    value(
        member.element(),
        member.structure(),
        implied(member, left, leftValue),
        implied(member, right, rightValue),
        level);
  }

  /** A field that is always there is there wherever its struct is. */
  private static @Nullable JsonNode implied(
      Structure.Member member, @Nullable JsonNode struct, @Nullable JsonNode value) {
    if (value != null || struct == null || !member.present()) {
      return value;
    }
    return switch (member.structure()) {
      case Structure.Struct inner -> EMPTY_OBJECT;
      case Structure.Dictionary dictionary -> NullNode.instance;
      case Structure.SetList set -> NullNode.instance;
      case Structure.KeyedList keyed -> NullNode.instance;
      case Structure.Leaf leaf -> null;
    };
  }

  private static void dictionary(
      Structure value, @Nullable JsonNode left, @Nullable JsonNode right, Level level) {
    for (Map.Entry<String, JsonNode> each : fields(left)) {
      JsonNode other = right == null ? null : right.get(each.getKey());
      value(new PathElement.Name(each.getKey()), value, each.getValue(), other, level);
    }
    for (Map.Entry<String, JsonNode> each : fields(right)) {
      if (left == null || !left.has(each.getKey())) {
        value(new PathElement.Name(each.getKey()), value, null, each.getValue(), level);
      }
    }
  }

  private static void list(
      Structure list, @Nullable JsonNode left, @Nullable JsonNode right, Level level) {
    NavigableMap<PathElement, List<JsonNode>> before = Items.index(list, left);
    NavigableMap<PathElement, List<JsonNode>> after = Items.index(list, right);
    Structure item = Items.structure(list);
    before.forEach((element, items) ->
        items(element, item, items, after.getOrDefault(element, List.of()), level));
    after.forEach((element, items) -> {
      if (!before.containsKey(element)) {
        items(element, item, List.of(), items, level);
      }
    });
  }

  /** Items that are known by the same; more than one on a side are one field together. */
  private static void items(
      PathElement element,
      Structure item,
      List<JsonNode> before,
      List<JsonNode> after,
      Level level) {
    JsonNode left = before.isEmpty() ? null : before.getFirst();
    JsonNode right = after.isEmpty() ? null : after.getFirst();
    boolean twiceBefore = before.size() > 1;
    boolean twiceAfter = after.size() > 1;
    if (!twiceBefore && !twiceAfter) {
      value(element, item, left, right, level);
    } else if (twiceBefore && twiceAfter) {
      if (!before.equals(after)) {
        level.modified.add(element);
      }
    } else if (twiceBefore) {
      value(element, item, null, right, level);
      level.removed.add(element);
    } else {
      value(element, item, left, null, level);
      level.added.add(element);
    }
  }

  private static void value(
      PathElement element,
      Structure structure,
      @Nullable JsonNode left,
      @Nullable JsonNode right,
      Level level) {
    if (left == null ? right == null : left.equals(right)) {
      return;
    }
    if (Nodes.isLeaf(structure, left, right)) {
      leaf(element, left, right, level);
      return;
    }
    Comparison below = below(structure, left, right);
    level.removed.add(element, right == null, below.removed());
    level.modified.add(element, false, below.modified());
    level.added.add(element, left == null, below.added());
  }

  /** Null and absent are the same, but a value that becomes null is changed, not removed. */
  private static void leaf(
      PathElement element, @Nullable JsonNode left, @Nullable JsonNode right, Level level) {
    if (left == null) {
      if (right != null && !right.isNull()) {
        level.added.add(element);
      }
    } else if (right == null) {
      if (!left.isNull()) {
        level.removed.add(element);
      }
    } else if (!Json.same(left, right)) {
      level.modified.add(element, true, FieldSet.EMPTY);
    }
  }

  private static Iterable<Map.Entry<String, JsonNode>> fields(@Nullable JsonNode node) {
    return node == null ? List.of() : node.properties();
  }
}
