package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.quantity.Quantity;
import dev.fairlead.apiserver.registry.meta.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a Node says of itself: amounts that are none below zero, addresses each once. */
final class NodeResources {
  private NodeResources() {}

  static void validate(JsonNode status, List<FieldError> errors) {
    for (String list : List.of("capacity", "allocatable")) {
      for (Map.Entry<String, JsonNode> each : status.path(list).properties()) {
        amount(each.getKey(), each.getValue(), "status.%s".formatted(list), errors);
      }
    }
    Set<JsonNode> seen = new HashSet<>();
    int index = 0;
    for (JsonNode address : status.path("addresses")) {
      String path = "status.addresses[%d]".formatted(index++);
      if (!seen.add(address)) {
        errors.add(FieldError.duplicate(path, address));
      }
    }
  }

  private static void amount(String name, JsonNode amount, String path, List<FieldError> errors) {
    String at = "%s[%s]".formatted(path, name);
    Names.qualifiedName(name).ifPresent(why -> errors.add(FieldError.invalid(at, name, why)));
    if (Quantity.parse(amount.asText()).sign() < 0) {
      errors.add(FieldError.invalid(at, amount.asText(), "must be greater than or equal to 0"));
    }
  }
}
