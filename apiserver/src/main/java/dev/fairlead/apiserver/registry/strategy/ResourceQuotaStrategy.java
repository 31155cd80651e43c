package dev.fairlead.apiserver.registry.strategy;

import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** ResourceQuotas. */
final class ResourceQuotaStrategy implements Strategy {
  @Override
  public ResourceType type() {
    return Kinds.RESOURCE_QUOTA;
  }

  @Override
  public List<FieldError> validateCreate(Document quota) {
    List<FieldError> errors = new ArrayList<>();
    ResourceQuotaValidation.amounts(quota.spec().path("hard"), "spec.hard", errors);
    ResourceQuotaValidation.scopes(quota.spec(), errors);
    return errors;
  }

  @Override
  public List<FieldError> validateUpdate(Document quota, Document old) {
    List<FieldError> errors = new ArrayList<>(validateCreate(quota));
    if (!scopes(quota).equals(scopes(old))) {
      errors.add(
          FieldError.invalid("spec.scopes", quota.spec().path("scopes"), "field is immutable"));
    }
    return errors;
  }

  @Override
  public List<FieldError> validateStatusUpdate(Document quota, Document old) {
    List<FieldError> errors = new ArrayList<>();
    for (String list : List.of("hard", "used")) {
      ResourceQuotaValidation.amounts(quota.status().path(list), "status." + list, errors);
    }
    return errors;
  }

  private static Set<String> scopes(Document quota) {
    Set<String> scopes = new HashSet<>();
    quota.spec().path("scopes").forEach(scope -> scopes.add(scope.asText()));
    return scopes;
  }
}
