package dev.fairlead.api.structured;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.fieldset.FieldSet;
import dev.fairlead.api.fieldset.FieldSetBuilder;
import dev.fairlead.api.fieldset.PathElement;
import java.util.List;
import java.util.Map;

/**
 * The fields that an object mentions: leaves, items of lists and keys of maps; structs only where
 * they are empty or null.
 */
final class Sets {
  private Sets() {}

  /** The fields of an object. */
  static FieldSet of(Structure structure, JsonNode node) {
    if (!Nodes.fits(structure, node)) {
      return FieldSet.EMPTY;
    }
    FieldSetBuilder set = new FieldSetBuilder();
    switch (structure) {
      case Structure.Struct struct ->
          node.properties().forEach(each -> field(struct, each.getKey(), each.getValue(), set));
      case Structure.Dictionary(Structure value) ->
          node.properties()
              .forEach(each ->
                  set.add(new PathElement.Name(each.getKey()), true, of(value, each.getValue())));
      case Structure.SetList list -> items(list, node, set);
      case Structure.KeyedList list -> items(list, node, set);
      case Structure.Leaf leaf -> {} // Has nothing below it.
    }
    return set.build();
  }

  /**
   * The set and all structs above its members, which sets of applied objects do not hold.
   *
   * @param structure of what the set is about
   */
  static FieldSet withStructs(Structure structure, FieldSet set) {
    FieldSetBuilder all = new FieldSetBuilder();
    set.forEach((element, member, children) -> {
      boolean struct =
          !children.isEmpty()
              && element instanceof PathElement.Name(String name)
              && structure instanceof Structure.Struct(var fields)
              && fields.containsKey(name);
      Structure inner =
          element instanceof PathElement.Name(String name)
              ? Merge.field(structure, name)
              : Items.structure(structure);
      all.add(element, member || struct, withStructs(inner, children));
    });
    return all.build();
  }

  private static void field(
      Structure.Struct struct, String name, JsonNode value, FieldSetBuilder set) {
    Structure.Member member = struct.fields().get(name);
    if (member == null) {
      set.add(new PathElement.Name(name));
      return;
    }
    boolean bare = value.isNull() || (value.isObject() && value.isEmpty());
    boolean leaf =
        bare
            || member.structure() instanceof Structure.Leaf
            || !Nodes.fits(member.structure(), value);
    set.add(member.element(), leaf, of(member.structure(), value));
  }

  private static void items(Structure list, JsonNode node, FieldSetBuilder set) {
    Structure item = Items.structure(list);
    for (Map.Entry<PathElement, List<JsonNode>> each : Items.index(list, node).entrySet()) {
      boolean once = each.getValue().size() == 1;
      set.add(each.getKey(), true, once ? of(item, each.getValue().getFirst()) : FieldSet.EMPTY);
    }
  }
}
