package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.schema.Enumeration;
import dev.fairlead.apiserver.registry.rules.SelectorValidation;
import java.util.ArrayList;
import java.util.List;

/** PodDisruptionBudgets (upstream {@code ValidatePodDisruptionBudgetSpec}). */
final class PodDisruptionBudgetStrategy implements Strategy {
  private static final List<String> POLICIES =
      Enumeration.valuesOf("UnhealthyPodEvictionPolicyType");

  @Override
  public ResourceType type() {
    return Kinds.POD_DISRUPTION_BUDGET;
  }

  @Override
  public List<FieldError> validateCreate(Document budget) {
    JsonNode spec = budget.spec();
    List<FieldError> errors = new ArrayList<>();
    if (spec.has("minAvailable") && spec.has("maxUnavailable")) {
      errors.add(
          FieldError.invalid("spec", spec, "minAvailable and maxUnavailable cannot be both set"));
    }
    for (String field : List.of("minAvailable", "maxUnavailable")) {
      count(spec.path(field), "spec." + field, errors);
    }
    SelectorValidation.validate(spec.path("selector"), "spec.selector", errors);
    String policy = spec.path("unhealthyPodEvictionPolicy").asText("");
    if (spec.has("unhealthyPodEvictionPolicy") && !POLICIES.contains(policy)) {
      errors.add(FieldError.notSupported("spec.unhealthyPodEvictionPolicy", policy, POLICIES));
    }
    return errors;
  }

  @Override
  public List<FieldError> validateUpdate(Document budget, Document old) {
    return validateCreate(budget);
  }

  @Override
  public List<FieldError> validateStatusUpdate(Document budget, Document old) {
    List<FieldError> errors = new ArrayList<>();
    for (String field :
        List.of("disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods")) {
      JsonNode value = budget.status().path(field);
      if (value.asLong(0) < 0) {
        errors.add(
            FieldError.invalid("status." + field, value, "must be greater than or equal to 0"));
      }
    }
    return errors;
  }

  @Override
  public boolean countsGeneration() {
    return true;
  }

  @Override
  public boolean unconditionalUpdate() {
    return false;
  }

  /** A number of pods, or a share of them. */
  private static void count(JsonNode value, String path, List<FieldError> errors) {
    if (value.isTextual() && !value.asText().matches("[0-9]+%")) {
      errors.add(
          FieldError.invalid(
              path,
              value.asText(),
              "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')"));
    } else if (value.isTextual() && !value.asText().matches("0*([0-9]{1,2}|100)%")) {
      errors.add(FieldError.invalid(path, value.asText(), "must not be greater than 100%"));
    } else if (value.isNumber() && value.asLong() < 0) {
      errors.add(FieldError.invalid(path, value, "must be greater than or equal to 0"));
    }
  }
}
