package dev.fairlead.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.codec.GoText;
import dev.fairlead.api.schema.Field;
import dev.fairlead.api.schema.FieldType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Merges lists whose strategy is {@code merge}: of objects by their merge key, of scalars as sets.
 * Elements are found by hash, so the cost stays linear whatever a client sends.
 */
final class ListMerge {
  private final StrategicMergePatch objects;

  ListMerge(StrategicMergePatch objects) {
    this.objects = objects;
  }

  /** Merges as the rules say, or replaces. The order is the patch's, then the server's. */
  ArrayNode merge(ArrayNode server, ArrayNode patch, FieldType type, Field.Rules rules) {
    if (!rules.patches("merge")) {
      return (ArrayNode) Directives.plain(patch);
    }
    List<JsonNode> plain = new ArrayList<>();
    List<JsonNode> base = special(server, patch, plain, rules.patchMergeKey());
    List<JsonNode> merged = elements(base, plain, type, rules.patchMergeKey());
    return ElementOrder.arrange(merged, plain, base, rules.patchMergeKey());
  }

  /** As {@link #merge}, but the order of the elements it names is {@code order}. */
  ArrayNode mergeOrdered(
      ArrayNode server, ArrayNode patch, ArrayNode order, FieldType type, Field.Rules rules) {
    String key = rules.patchMergeKey();
    ElementOrder.requireConsistent(patch, order, key);
    ArrayNode merged = merge(server, patch, type, rules);
    return ElementOrder.arrange(list(merged), list(order), list(server), key);
  }

  /** {@code $deleteFromPrimitiveList}. Upstream takes it for the list itself where none merges. */
  ArrayNode delete(ArrayNode list, ArrayNode deleted, FieldType type, Field.Rules rules) {
    boolean scalars = rules.patches("merge") && !requireOneType(list(list), list(deleted));
    return scalars ? without(list, deleted) : merge(list, deleted, type, rules);
  }

  private static ArrayNode without(ArrayNode list, ArrayNode deleted) {
    Set<String> gone = new HashSet<>();
    deleted.forEach(each -> gone.add(ElementOrder.identity(each, "")));
    ArrayNode left = JsonNodeFactory.instance.arrayNode();
    list.forEach(each -> {
      if (!gone.contains(ElementOrder.identity(each, ""))) {
        left.add(each);
      }
    });
    return left;
  }

  /**
   * Obeys the elements that carry {@code $patch} and gathers the others.
   *
   * @return what to merge the others into
   */
  private static List<JsonNode> special(
      ArrayNode server, ArrayNode patch, List<JsonNode> plain, String key) {
    Set<String> deleted = new HashSet<>();
    boolean replace = false;
    for (JsonNode element : patch) {
      JsonNode directive = element.get(Directives.PATCH);
      if (directive == null) {
        plain.add(element);
        continue;
      }
      switch (directive.asText()) {
        case "replace" -> replace = true;
        case "delete" -> deleted.add(ElementOrder.identity(element, key));
        case "merge" ->
            throw ApiException.badRequest("merging lists cannot yet be specified in the patch");
        default -> throw Directives.unknownDirective(directive, element);
      }
    }
    if (replace) {
      return new ArrayList<>();
    }
    List<JsonNode> base = list(server);
    if (!deleted.isEmpty()) {
      base.removeIf(each -> each.has(key) && deleted.contains(ElementOrder.identity(each, key)));
    }
    return base;
  }

  private List<JsonNode> elements(
      List<JsonNode> base, List<JsonNode> patch, FieldType type, String key) {
    boolean ofObjects = requireOneType(base, patch);
    if (!ofObjects) {
      return distinct(base, patch);
    }
    if (key.isEmpty()) {
      throw ApiException.badRequest("cannot merge lists without merge key for type struct");
    }
    FieldType element = type instanceof FieldType.Array(FieldType of) ? of : FieldType.Scalar.ANY;
    List<JsonNode> merged = new ArrayList<>(base);
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < merged.size(); i++) {
      places.putIfAbsent(ElementOrder.identity(merged.get(i), key), i);
    }
    for (JsonNode change : patch) {
      Integer place = places.putIfAbsent(ElementOrder.identity(change, key), merged.size());
      if (place == null) {
        merged.add(Directives.plain(change));
      } else {
        ObjectNode into = (ObjectNode) merged.get(place);
        merged.set(place, objects.merge(into, ((ObjectNode) change).deepCopy(), element));
      }
    }
    return merged;
  }

  private static List<JsonNode> distinct(List<JsonNode> base, List<JsonNode> patch) {
    Map<String, JsonNode> distinct = new LinkedHashMap<>();
    base.forEach(each -> distinct.putIfAbsent(ElementOrder.identity(each, ""), each));
    patch.forEach(each -> distinct.putIfAbsent(ElementOrder.identity(each, ""), each));
    return new ArrayList<>(distinct.values());
  }

  /** Whether the elements are objects; what is not all of one type is refused. */
  private static boolean requireOneType(List<JsonNode> base, List<JsonNode> patch) {
    List<JsonNode> all = new ArrayList<>(base);
    all.addAll(patch);
    if (all.isEmpty()) {
      return false;
    }
    if (all.getFirst().isArray()) {
      throw NotApplicableException.refusal(); // Lists of lists are not supported.
    }
    String type = GoText.typeOf(all.getFirst());
    if (!all.stream().allMatch(each -> GoText.typeOf(each).equals(type))) {
      throw ApiException.badRequest(
          "list element types are not identical: [%s %s]".formatted(shown(base), shown(patch)));
    }
    return all.getFirst().isObject();
  }

  private static String shown(List<JsonNode> list) {
    return GoText.of(JsonNodeFactory.instance.arrayNode().addAll(list));
  }

  static List<JsonNode> list(ArrayNode array) {
    List<JsonNode> list = new ArrayList<>(array.size());
    array.forEach(list::add);
    return list;
  }
}
