package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.quantity.Quantity;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import dev.fairlead.apiserver.registry.rules.ResourceNames;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a Node says of itself: amounts that are none below zero, addresses each once. */
final class NodeResources {
  private static final FieldPath STATUS = FieldPath.of("status");

  private NodeResources() {}

  /** Upstream names an amount like a field, not like an entry of a map. */
  static void amounts(JsonNode status, Problems problems) {
    for (String list : List.of("capacity", "allocatable")) {
      for (Map.Entry<String, JsonNode> each : status.path(list).properties()) {
        Quantity amount = Quantity.parse(each.getValue().asText());
        FieldPath path = STATUS.child(list).child(each.getKey());
        if (amount.sign() < 0) {
          problems.invalid(path, amount.toString(), "must be greater than or equal to 0");
        }
        if (ResourceNames.whole(each.getKey()) && amount.milliValue() % 1000 != 0) {
          problems.invalid(path, amount.toString(), "must be an integer");
        }
      }
    }
  }

  static void addresses(JsonNode status, Problems problems) {
    Set<JsonNode> seen = new HashSet<>();
    for (int i = 0; i < status.path("addresses").size(); i++) {
      JsonNode address = status.path("addresses").get(i);
      if (!seen.add(address)) {
        problems.duplicate(STATUS.child("addresses").index(i), address);
      }
    }
  }
}
