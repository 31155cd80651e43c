package dev.fairlead.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.quantity.Quantity;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings amounts into the form in which upstream writes them back: texts, in canonical form. The
 * schema knows where a kind has amounts; all else of an object is not looked at. Lists of resources
 * are rounded up to thousandths, as upstream's defaults do.
 */
public final class QuantityFields {
  /** Of each kind that was asked for, where its amounts are; empty for one without any. */
  private static final Map<ResourceType, Optional<Place>> PLACES = new ConcurrentHashMap<>();

  private QuantityFields() {}

  /** Where amounts are, below a value. */
  private sealed interface Place {
    /**
     * The value is one.
     *
     * @param milli whether it is one of a list of resources, of which none is finer than a
     *     thousandth
     */
    record Here(boolean milli) implements Place {}

    /** In every item of a list. */
    record Items(Place item) implements Place {}

    /** In every value of a map. */
    record Values(Place value) implements Place {}

    /** In some fields of an object. */
    record Fields(Map<String, Place> fields) implements Place {}
  }

  /**
   * Rewrites the amounts of an object.
   *
   * @param tree the caller's to change
   * @throws ApiException 400 in upstream's words when one is no amount
   */
  public static void canonicalize(ResourceType type, ObjectNode tree) {
    PLACES
        .computeIfAbsent(type, kind -> Optional.ofNullable(places(kind)))
        .ifPresent(place -> {
          JsonNode _ = rewritten(place, tree);
        });
  }

  private static JsonNode rewritten(Place place, JsonNode node) {
    switch (place) {
      case Place.Here(boolean milli) -> {
        return node.isValueNode() && !node.isNull() ? canonical(node, milli) : node;
      }
      case Place.Items(Place item) -> {
        if (node instanceof ArrayNode array) {
          for (int i = 0; i < array.size(); i++) {
            array.set(i, rewritten(item, array.get(i)));
          }
        }
      }
      case Place.Values(Place value) ->
          node.properties().forEach(each -> each.setValue(rewritten(value, each.getValue())));
      case Place.Fields(Map<String, Place> fields) -> {
        if (node instanceof ObjectNode object) {
          fields.forEach((name, inner) -> {
            JsonNode found = object.get(name);
            if (found != null) {
              object.set(name, rewritten(inner, found));
            }
          });
        }
      }
    }
    return node;
  }

  private static JsonNode canonical(JsonNode node, boolean milli) {
    String text = node.asText();
    try {
      Quantity amount = Quantity.parse(text);
      String canonical = (milli ? amount.roundUpToMilli() : amount).toString();
      return node.isTextual() && canonical.equals(text) ? node : TextNode.valueOf(canonical);
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable Place places(ResourceType type) {
    String name = Schema.canonicalName(type.group(), type.version(), type.kind());
    return Schema.load().find(name).map(found -> places(found, new HashSet<>())).orElse(null);
  }

  /** Those of a type; none of one that is inside itself. */
  private static @Nullable Place places(TypeSchema type, Set<String> above) {
    if (!above.add(type.name())) {
      return null;
    }
    Map<String, Place> fields = new LinkedHashMap<>();
    for (Field field : type.fields().values()) {
      Place place = places(field.type(), above);
      if (place != null) {
        fields.put(field.name(), place);
      }
    }
    above.remove(type.name());
    return fields.isEmpty() ? null : new Place.Fields(fields);
  }

  private static @Nullable Place places(FieldType type, Set<String> above) {
    return switch (type) {
      case FieldType.Scalar scalar ->
          scalar == FieldType.Scalar.QUANTITY ? new Place.Here(false) : null;
      case FieldType.Array(FieldType element) -> {
        Place item = places(element, above);
        yield item == null ? null : new Place.Items(item);
      }
      case FieldType.Dictionary(FieldType inner) -> {
        Place value = places(inner, above);
        if (value instanceof Place.Here) {
          yield new Place.Values(new Place.Here(true));
        }
        yield value == null ? null : new Place.Values(value);
      }
      case FieldType.Reference(String name) -> places(Schema.load().type(name), above);
    };
  }
}
