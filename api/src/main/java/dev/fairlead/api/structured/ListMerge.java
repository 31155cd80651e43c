package dev.fairlead.api.structured;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairlead.api.fieldset.PathElement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Merges two lists of one structure. Items of both stand in the order of the upper list; those of
 * one list only keep their place among them. Items that stand twice in the lower list stay, unless
 * the upper one has them; those without keys stay at the end.
 */
final class ListMerge {
  private final Structure list;
  private final List<JsonNode> lowerItems = new ArrayList<>();
  private final List<JsonNode> unknown = new ArrayList<>();
  private final List<PathElement> lower = new ArrayList<>();
  private final List<PathElement> upper = new ArrayList<>();
  private final NavigableMap<PathElement, List<JsonNode>> lowerIndex;
  private final NavigableMap<PathElement, List<JsonNode>> upperIndex;
  private final Deque<PathElement> shared = new ArrayDeque<>();
  private final TreeSet<PathElement> taken = new TreeSet<>();
  private final ArrayNode merged = JsonNodeFactory.instance.arrayNode();

  ListMerge(Structure list, @Nullable JsonNode lowerList, JsonNode upperList) {
    this.list = list;
    this.lowerIndex = Items.index(list, lowerList);
    this.upperIndex = Items.index(list, upperList);
    if (lowerList != null) {
      lowerList.forEach(item -> {
        PathElement element = Items.element(list, item);
        if (element == null) {
          unknown.add(item);
        } else {
          lower.add(element);
          lowerItems.add(item);
        }
      });
    }
    upperList.forEach(item -> {
      PathElement element = Items.element(list, item);
      if (element != null) {
        upper.add(element);
      }
    });
    upper.stream().filter(lowerIndex::containsKey).forEach(shared::add);
  }

  ArrayNode merged() {
    int low = 0;
    int up = 0;
    while (low < lower.size() || up < upper.size()) {
      PathElement fromLower = low < lower.size() ? lower.get(low) : null;
      PathElement fromUpper = up < upper.size() ? upper.get(up) : null;
      if (fromLower == null && fromUpper != null) {
        takeUpper(fromUpper);
        up++;
      } else if (fromLower != null && (fromUpper == null || !same(fromLower, fromUpper))) {
        if (!upperIndex.containsKey(fromLower)) {
          merged.add(lowerItems.get(low++));
        } else if (fromUpper == null || waits(fromLower)) {
          low++;
        } else {
          low += taken.contains(fromLower) ? 1 : 0;
          takeUpper(fromUpper);
          up++;
        }
      } else if (fromUpper != null) {
        takeUpper(fromUpper);
        low++;
        up++;
      }
    }
    merged.addAll(unknown);
    return merged;
  }

  /** Whether this item of both lists comes later: another one of both is next. */
  private boolean waits(PathElement element) {
    PathElement next = shared.peek();
    return next != null && !same(next, element);
  }

  private void takeUpper(PathElement element) {
    if (!taken.add(element)) {
      return;
    }
    PathElement next = shared.peek();
    if (next != null && same(next, element)) {
      shared.remove();
    }
    List<JsonNode> below = lowerIndex.getOrDefault(element, List.of());
    JsonNode live = below.size() == 1 ? below.getFirst() : null;
    JsonNode over = upperIndex.getOrDefault(element, List.of()).getFirst();
    JsonNode value = Merge.merge(Items.structure(list), live, over);
    if (value != null) {
      merged.add(value);
    }
  }

  private static boolean same(PathElement left, PathElement right) {
    return left.compareTo(right) == 0;
  }
}
