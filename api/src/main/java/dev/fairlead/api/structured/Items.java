package dev.fairlead.api.structured;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.fieldset.PathElement;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The items of a list by what they are known by. */
final class Items {
  private Items() {}

  /** What an item is known by; null when it lacks that. */
  static @Nullable PathElement element(Structure list, JsonNode item) {
    return switch (list) {
      case Structure.SetList set ->
          item.isContainerNode() || item.isNull() ? null : new PathElement.Value(item);
      case Structure.KeyedList keyed -> key(keyed, item);
      case Structure.Leaf leaf -> null;
      case Structure.Struct struct -> null;
      case Structure.Dictionary dictionary -> null;
    };
  }

  /** How the items of this list are made up. */
  static Structure structure(Structure list) {
    return switch (list) {
      case Structure.KeyedList keyed -> keyed.item();
      case Structure.SetList set -> new Structure.Leaf(set.type());
      case Structure.Leaf leaf -> leaf;
      case Structure.Struct struct -> struct;
      case Structure.Dictionary dictionary -> dictionary;
    };
  }

  /** All items by what they are known by; those that lack it are left out. */
  static NavigableMap<PathElement, List<JsonNode>> index(Structure list, @Nullable JsonNode items) {
    NavigableMap<PathElement, List<JsonNode>> index = new TreeMap<>();
    if (items != null) {
      for (JsonNode item : items) {
        PathElement element = element(list, item);
        if (element != null) {
          index.computeIfAbsent(element, key -> new ArrayList<>(1)).add(item);
        }
      }
    }
    return index;
  }

  private static @Nullable PathElement key(Structure.KeyedList list, JsonNode item) {
    List<PathElement.KeyField> fields = new ArrayList<>(list.keys().size());
    for (String name : list.keys()) {
      JsonNode value = item.get(name);
      if (value == null) {
        value = list.defaults().get(name);
      }
      if (value == null) {
        return null;
      }
      fields.add(new PathElement.KeyField(name, value));
    }
    return new PathElement.Key(fields);
  }
}
