package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.apiserver.registry.meta.Names;
import java.util.ArrayList;
import java.util.List;

/** Leases. */
final class LeaseStrategy implements Strategy {
  private static final String OLDEST = "OldestEmulationVersion";

  @Override
  public ResourceType type() {
    return Kinds.LEASE;
  }

  @Override
  public List<FieldError> validateCreate(Document lease) {
    List<FieldError> errors = new ArrayList<>();
    JsonNode seconds = lease.spec().path("leaseDurationSeconds");
    if (seconds.isNumber() && seconds.asLong() <= 0) {
      errors.add(
          FieldError.invalid("spec.leaseDurationSeconds", seconds, "must be greater than 0"));
    }
    JsonNode transitions = lease.spec().path("leaseTransitions");
    if (transitions.asLong(0) < 0) {
      errors.add(
          FieldError.invalid(
              "spec.leaseTransitions", transitions, "must be greater than or equal to 0"));
    }
    holder(lease.spec(), errors);
    return errors;
  }

  /** Who is chosen among candidates (KEP-4355), which nobody does here. */
  private static void holder(JsonNode spec, List<FieldError> errors) {
    String strategy = spec.path("strategy").asText("");
    if (spec.has("strategy") && strategy.contains("/")) {
      Names.qualifiedName(strategy)
          .ifPresent(
              why -> errors.add(FieldError.invalid("spec.strategy.strategy", strategy, why)));
    } else if (spec.has("strategy") && !strategy.equals(OLDEST)) {
      errors.add(FieldError.notSupported("spec.strategy.strategy", strategy, List.of(OLDEST)));
    }
    if (strategy.isEmpty() && !spec.path("preferredHolder").asText("").isEmpty()) {
      errors.add(
          FieldError.forbidden(
              "spec.preferredHolder", "may only be specified if `strategy` is defined"));
    }
  }

  @Override
  public List<FieldError> validateUpdate(Document lease, Document old) {
    return validateCreate(lease);
  }

  @Override
  public boolean createsOnUpdate() {
    return true;
  }

  @Override
  public boolean unconditionalUpdate() {
    return false;
  }
}
