package dev.fairlead.api.structured;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.fieldset.FieldSet;
import dev.fairlead.api.fieldset.PathElement;

/** Takes fields out of an object. What loses all its content becomes null. */
final class Without {
  private Without() {}

  /** The value without these fields; shares nodes with it. */
  static JsonNode remove(Structure structure, JsonNode node, FieldSet fields) {
    if (fields.isEmpty() || Nodes.isEmpty(node) || !Nodes.fits(structure, node)) {
      return node;
    }
    return switch (structure) {
      case Structure.Struct struct -> object(struct, node, fields);
      case Structure.Dictionary dictionary -> object(dictionary, node, fields);
      case Structure.SetList list -> list(list, node, fields);
      case Structure.KeyedList list -> list(list, node, fields);
      case Structure.Leaf leaf -> node;
    };
  }

  private static JsonNode object(Structure structure, JsonNode node, FieldSet fields) {
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    node.properties()
        .forEach(each -> {
          PathElement element = new PathElement.Name(each.getKey());
          if (!fields.has(element)) {
            Structure inner = Merge.field(structure, each.getKey());
            kept.set(each.getKey(), remove(inner, each.getValue(), fields.below(element)));
          }
        });
    return kept.isEmpty() ? NullNode.instance : kept;
  }

  private static JsonNode list(Structure list, JsonNode node, FieldSet fields) {
    ArrayNode kept = JsonNodeFactory.instance.arrayNode();
    Structure item = Items.structure(list);
    for (JsonNode each : node) {
      PathElement element = Items.element(list, each);
      if (element == null) {
        kept.add(each);
      } else if (!fields.has(element)) {
        kept.add(remove(item, each, fields.below(element)));
      }
    }
    return kept.isEmpty() ? NullNode.instance : kept;
  }
}
