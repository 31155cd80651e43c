package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import java.util.ArrayList;
import java.util.List;

/** Leases. */
final class LeaseStrategy implements Strategy {
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
    return errors;
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
