package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.quantity.Quantity;
import dev.fairlead.api.quota.Amounts;
import dev.fairlead.apiserver.registry.rules.ResourceNames;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a quota may limit, and for whom (upstream {@code ValidateResourceQuotaSpec}). */
final class ResourceQuotaValidation {
  private static final Set<String> SCOPES =
      Set.of(
          "Terminating",
          "NotTerminating",
          "BestEffort",
          "NotBestEffort",
          "PriorityClass",
          "CrossNamespacePodAffinity");
  private static final Set<String> COMPUTE =
      Set.of(
          "pods",
          "cpu",
          "memory",
          "limits.cpu",
          "limits.memory",
          "requests.cpu",
          "requests.memory");

  private ResourceQuotaValidation() {}

  static void amounts(JsonNode list, String path, List<FieldError> errors) {
    Amounts.of(list)
        .byName()
        .forEach((name, amount) -> {
          String where = "%s[%s]".formatted(path, name);
          ResourceNames.quota(name, where, errors);
          amount(name, amount, where, errors);
        });
  }

  private static void amount(String name, Quantity amount, String where, List<FieldError> errors) {
    if (amount.sign() < 0) {
      errors.add(
          FieldError.invalid(where, amount.toString(), "must be greater than or equal to 0"));
    }
    if (ResourceNames.whole(name) && amount.milliValue() % 1000 != 0) {
      errors.add(FieldError.invalid(where, amount.toString(), "must be an integer"));
    }
  }

  static void scopes(JsonNode spec, List<FieldError> errors) {
    Set<String> hard = Amounts.of(spec.path("hard")).names();
    Set<String> scopes = new HashSet<>();
    for (JsonNode scope : spec.path("scopes")) {
      scopes.add(scope.asText());
      if (!SCOPES.contains(scope.asText())) {
        errors.add(FieldError.invalid("spec.scopes", spec.path("scopes"), "unsupported scope"));
      }
      applies(scope.asText(), hard, spec.path("scopes"), "spec.scopes", errors);
    }
    if (scopes.containsAll(Set.of("BestEffort", "NotBestEffort"))
        || scopes.containsAll(Set.of("Terminating", "NotTerminating"))) {
      errors.add(FieldError.invalid("spec.scopes", spec.path("scopes"), "conflicting scopes"));
    }
    int index = 0;
    for (JsonNode each : spec.path("scopeSelector").path("matchExpressions")) {
      String where = "spec.scopeSelector.matchExpressions[%d]".formatted(index++);
      expression(each, where, errors);
      applies(each.path("scopeName").asText(""), hard, spec.path("scopeSelector"), where, errors);
    }
  }

  private static void applies(
      String scope, Set<String> hard, JsonNode shown, String where, List<FieldError> errors) {
    Set<String> allowed = scope.equals("BestEffort") ? Set.of("pods") : COMPUTE;
    if (SCOPES.contains(scope)
        && hard.stream().anyMatch(name -> !name.contains("/") && !allowed.contains(name))) {
      errors.add(FieldError.invalid(where, shown, "unsupported scope applied to resource"));
    }
  }

  private static void expression(JsonNode each, String where, List<FieldError> errors) {
    String scope = each.path("scopeName").asText("");
    if (!SCOPES.contains(scope)) {
      errors.add(FieldError.invalid(where + ".scopeName", scope, "unsupported scope"));
    }
    String operator = each.path("operator").asText("");
    if (!scope.equals("PriorityClass") && SCOPES.contains(scope) && !operator.equals("Exists")) {
      errors.add(
          FieldError.invalid(
              where + ".operator",
              operator,
              "must be 'Exist' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity"));
    }
    boolean values = !each.path("values").isEmpty();
    switch (operator) {
      case "In", "NotIn" -> {
        if (!values) {
          errors.add(
              FieldError.required(
                  where + ".values",
                  "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector"));
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (values) {
          errors.add(
              FieldError.invalid(
                  where + ".values",
                  each.path("values"),
                  "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector"));
        }
      }
      default ->
          errors.add(
              FieldError.invalid(where + ".operator", operator, "not a valid selector operator"));
    }
  }
}
