package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.apiserver.registry.Trees;
import java.util.ArrayList;
import java.util.List;

/** Nodes. A new node may bring its status with it, as upstream. */
final class NodeStrategy implements Strategy {
  @Override
  public ResourceType type() {
    return Kinds.NODE;
  }

  @Override
  public void defaults(ObjectNode node) {
    Trees.child(node, "spec");
  }

  @Override
  public void prepareForCreate(ObjectNode node) {
    Trees.child(node, "status");
  }

  @Override
  public List<FieldError> validateUpdate(Document node, Document old) {
    List<FieldError> errors = new ArrayList<>();
    for (String field : List.of("podCIDR", "providerID")) {
      JsonNode before = old.spec().path(field);
      boolean set = !before.asText("").isEmpty();
      if (set && !before.equals(node.spec().path(field))) {
        errors.add(
            FieldError.forbidden(
                "spec." + field,
                "node updates may not change %s except from \"\" to valid".formatted(field)));
      }
    }
    return errors;
  }
}
