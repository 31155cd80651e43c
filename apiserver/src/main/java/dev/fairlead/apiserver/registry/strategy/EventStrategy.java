package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.Defaults;
import java.util.List;

/** Events. */
final class EventStrategy implements Strategy {
  @Override
  public ResourceType type() {
    return Kinds.EVENT;
  }

  @Override
  public void defaults(ObjectNode event) {
    Trees.child(event, "source");
    Defaults.put(event, "reportingComponent", event.path("source").path("component").asText(""));
    Defaults.put(event, "reportingInstance", event.path("source").path("host").asText(""));
  }

  @Override
  public List<FieldError> validateCreate(Document event) {
    return EventValidation.validate(event);
  }

  @Override
  public List<FieldError> validateUpdate(Document event, Document old) {
    return EventValidation.validate(event);
  }

  @Override
  public boolean createsOnUpdate() {
    return true;
  }
}
