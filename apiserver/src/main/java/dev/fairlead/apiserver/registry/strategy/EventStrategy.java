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
    String about = event.tree().path("involvedObject").path("namespace").asText("");
    String own = event.namespace();
    boolean fits = about.isEmpty() ? own.equals("default") : about.equals(own);
    return fits
        ? List.of()
        : List.of(
            FieldError.invalid(
                "involvedObject.namespace", about, "does not match event.namespace"));
  }

  @Override
  public boolean createsOnUpdate() {
    return true;
  }
}
