package dev.fairlead.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.schema.Field;
import dev.fairlead.api.schema.FieldType;
import dev.fairlead.api.schema.Schema;
import dev.fairlead.api.schema.TypeSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Upstream's strategic merge patch: objects merge, and lists merge by element where the type says
 * so. What the type knows of a field comes from the {@link Schema}.
 */
final class StrategicMergePatch {
  private final Schema schema;
  private final ListMerge lists = new ListMerge(this);

  StrategicMergePatch(Schema schema) {
    this.schema = schema;
  }

  /** How a field merges: its type and its rules. */
  private record Lookup(FieldType type, Field.Rules rules) {}

  ObjectNode apply(ObjectNode original, ObjectNode patch, FieldType type) {
    return merge(original.deepCopy(), patch.deepCopy(), type);
  }

  /** Merges {@code patch} into {@code original}; both are used up. */
  ObjectNode merge(ObjectNode original, ObjectNode patch, FieldType type) {
    JsonNode directive = patch.get(Directives.PATCH);
    if (directive != null) {
      return directed(directive, patch);
    }
    retainKeys(original, patch);
    orderedLists(original, patch, type);
    patch.properties().forEach(each -> mergeField(original, each, type));
    return original;
  }

  private static ObjectNode directed(JsonNode directive, ObjectNode patch) {
    return switch (directive.asText()) {
      case "replace" -> {
        patch.remove(Directives.PATCH);
        yield patch;
      }
      case "delete" -> JsonNodeFactory.instance.objectNode();
      default -> throw Directives.unknownDirective(directive, patch);
    };
  }

  /** {@code $retainKeys}: what is not named goes. */
  private static void retainKeys(ObjectNode original, ObjectNode patch) {
    JsonNode named = patch.remove(Directives.RETAIN_KEYS);
    if (named == null) {
      return;
    }
    if (!named.isArray()) {
      throw Directives.malformed("retainKeys");
    }
    Set<String> keys = new HashSet<>();
    named.forEach(key -> keys.add(key.asText()));
    patch
        .properties()
        .forEach(each -> {
          boolean sets = !each.getValue().isNull() && !Directives.isDirective(each.getKey());
          if (sets && !keys.contains(each.getKey())) {
            throw Directives.malformed("retainKeys");
          }
        });
    original.retain(keys);
  }

  /** {@code $setElementOrder/x}: merges list {@code x} and puts it in the order given. */
  private void orderedLists(ObjectNode original, ObjectNode patch, FieldType type) {
    List<String> directives = new ArrayList<>();
    patch.fieldNames().forEachRemaining(directives::add);
    for (String directive : directives) {
      if (!directive.startsWith("$setElementOrder")) {
        continue;
      }
      if (!directive.startsWith(Directives.ORDER)) {
        throw Directives.malformed("setElementOrder list");
      }
      ArrayNode order = array(patch.remove(directive));
      String field = directive.substring(Directives.ORDER.length());
      JsonNode before = original.get(field);
      JsonNode change = patch.remove(field);
      if (before == null && change == null) {
        continue;
      }
      Lookup lookup = lookup(type, field);
      ArrayNode server = before == null ? JsonNodeFactory.instance.arrayNode() : array(before);
      ArrayNode client = change == null ? JsonNodeFactory.instance.arrayNode() : array(change);
      original.set(field, lists.mergeOrdered(server, client, order, lookup.type, lookup.rules));
    }
  }

  private static ArrayNode array(JsonNode node) {
    if (node instanceof ArrayNode array) {
      return array;
    }
    throw Directives.noList(node);
  }

  private void mergeField(ObjectNode original, Map.Entry<String, JsonNode> each, FieldType type) {
    boolean deletes = each.getKey().startsWith("$deleteFromPrimitiveList");
    if (deletes && !each.getKey().startsWith(Directives.DELETE_FROM)) {
      throw Directives.malformed("primitive list");
    }
    String field =
        deletes ? each.getKey().substring(Directives.DELETE_FROM.length()) : each.getKey();
    JsonNode change = each.getValue();
    JsonNode before = original.get(field);
    if (change.isNull()) {
      original.remove(field);
    } else if (before == null) {
      if (!deletes) {
        original.set(field, Directives.plain(change));
      }
    } else if (!deletes) {
      original.set(field, merged(before, change, type, field));
    } else if (before instanceof ArrayNode list && change instanceof ArrayNode deleted) {
      Lookup lookup = lookup(type, field);
      original.set(field, lists.delete(list, deleted, lookup.type, lookup.rules));
    }
  }

  private JsonNode merged(JsonNode before, JsonNode change, FieldType type, String field) {
    if (before instanceof ObjectNode target && change instanceof ObjectNode patch) {
      Lookup lookup = lookup(type, field);
      return lookup.rules.patches("replace") ? patch : merge(target, patch, lookup.type);
    }
    if (before instanceof ArrayNode target && change instanceof ArrayNode patch) {
      Lookup lookup = lookup(type, field);
      return lists.merge(target, patch, lookup.type, lookup.rules);
    }
    return Directives.plain(change);
  }

  private Lookup lookup(FieldType type, String name) {
    return switch (type) {
      case FieldType.Reference(String typeName) -> {
        TypeSchema owner = schema.type(typeName);
        Field field = owner.field(name);
        if (field == null) {
          throw ApiException.badRequest(
              "unable to find api field in struct %s for the json field \"%s\""
                  .formatted(owner.simpleName(), name));
        }
        yield new Lookup(field.type(), field.rules());
      }
      case FieldType.Dictionary(FieldType value) -> new Lookup(value, Field.Rules.NONE);
      case FieldType.Array(FieldType element) -> new Lookup(element, Field.Rules.NONE);
      case FieldType.Scalar scalar -> new Lookup(FieldType.Scalar.ANY, Field.Rules.NONE);
    };
  }
}
