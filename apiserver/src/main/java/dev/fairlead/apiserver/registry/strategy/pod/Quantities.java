package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.fairlead.api.quantity.Quantity;

/** Amounts as upstream writes them back: texts, in canonical form. */
final class Quantities {
  private Quantities() {}

  /** Every amount of a list of resources. */
  static void write(JsonNode list) {
    list.properties()
        .forEach(each -> {
          String text = each.getValue().asText();
          String canonical = Quantity.parse(text).toString();
          if (!each.getValue().isTextual() || !canonical.equals(text)) {
            each.setValue(TextNode.valueOf(canonical));
          }
        });
  }

  /** One amount, when given. */
  static void write(ObjectNode object, String field) {
    if (object.has(field)) {
      object.put(field, Quantity.parse(object.get(field).asText()).toString());
    }
  }
}
