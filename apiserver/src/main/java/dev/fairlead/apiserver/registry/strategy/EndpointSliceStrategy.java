package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.Defaults;
import java.util.ArrayList;
import java.util.List;

/** EndpointSlices. Their generation counts every change that is not one of metadata. */
final class EndpointSliceStrategy implements Strategy {
  @Override
  public ResourceType type() {
    return Kinds.ENDPOINT_SLICE;
  }

  @Override
  public void defaults(ObjectNode slice) {
    for (JsonNode port : slice.path("ports")) {
      if (port instanceof ObjectNode each) {
        Defaults.put(each, "name", "");
        Defaults.put(each, "protocol", "TCP");
      }
    }
    if (!slice.has("endpoints")) {
      slice.putArray("endpoints");
    }
  }

  @Override
  public List<FieldError> validateCreate(Document slice) {
    return EndpointSliceValidation.validate(slice.tree());
  }

  @Override
  public List<FieldError> validateUpdate(Document slice, Document old) {
    List<FieldError> errors = new ArrayList<>(validateCreate(slice));
    String type = slice.tree().path("addressType").asText("");
    if (!type.equals(old.tree().path("addressType").asText(""))) {
      errors.add(FieldError.invalid("addressType", type, "field is immutable"));
    }
    return errors;
  }

  @Override
  public boolean countsGeneration() {
    return true;
  }

  @Override
  public boolean changesGeneration(ObjectNode next, Document old) {
    return !Trees.same(next.path("endpoints"), old.tree().path("endpoints"))
        || !Trees.same(next.path("ports"), old.tree().path("ports"));
  }
}
