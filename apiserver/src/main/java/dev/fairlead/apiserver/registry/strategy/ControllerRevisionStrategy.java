package dev.fairlead.apiserver.registry.strategy;

import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.apiserver.registry.Trees;
import java.util.ArrayList;
import java.util.List;

/** ControllerRevisions: a state of something, kept as data that never changes. */
final class ControllerRevisionStrategy implements Strategy {
  @Override
  public ResourceType type() {
    return Kinds.CONTROLLER_REVISION;
  }

  @Override
  public List<FieldError> validateCreate(Document revision) {
    List<FieldError> errors = new ArrayList<>();
    if (!revision.tree().has("data")) {
      errors.add(FieldError.required("data", "data is mandatory"));
    }
    if (revision.tree().path("revision").asLong(0) < 0) {
      errors.add(
          FieldError.invalid(
              "revision", revision.tree().path("revision"), "must be greater than or equal to 0"));
    }
    return errors;
  }

  @Override
  public List<FieldError> validateUpdate(Document revision, Document old) {
    List<FieldError> errors = new ArrayList<>(validateCreate(revision));
    if (!Trees.same(revision.tree().path("data"), old.tree().path("data"))) {
      errors.add(FieldError.invalid("data", revision.tree().path("data"), "field is immutable"));
    }
    return errors;
  }
}
