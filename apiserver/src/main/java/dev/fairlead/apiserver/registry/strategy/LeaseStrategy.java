package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.apiserver.registry.rules.GatedFields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Leases. */
final class LeaseStrategy implements Strategy {
  private static final List<GatedFields> GATES =
      List.of(GatedFields.of("CoordinatedLeaderElection", "spec.strategy", "spec.preferredHolder"));

  @Override
  public ResourceType type() {
    return Kinds.LEASE;
  }

  @Override
  public void dropDisabled(ObjectNode lease, @Nullable Document old) {
    GatedFields.drop(GATES, lease, old);
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
