package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.schema.Enumeration;
import dev.fairlead.api.select.LabelSelector;
import dev.fairlead.apiserver.registry.rules.SelectorValidation;
import dev.fairlead.apiserver.registry.strategy.pod.PodTemplateRules;
import java.util.ArrayList;
import java.util.List;

/** What a DaemonSet must look like (upstream {@code ValidateDaemonSetSpec}). */
final class DaemonSetValidation {
  private static final String ROLLING = "spec.updateStrategy.rollingUpdate";

  private DaemonSetValidation() {}

  static List<FieldError> spec(JsonNode spec) {
    List<FieldError> errors = new ArrayList<>();
    JsonNode selector = spec.path("selector");
    SelectorValidation.validate(selector, "spec.selector", errors);
    if (errors.isEmpty()) {
      WorkloadValidation.selected(spec, LabelSelector.ofTree(selector), errors);
    }
    WorkloadValidation.notEmpty(selector, "empty selector is invalid for daemonset", errors);
    errors.addAll(PodTemplateRules.validate(spec.path("template"), "spec.template"));
    WorkloadValidation.keptRunning(spec, "DaemonSet", errors);
    Counts.notNegative(spec, "spec", List.of("minReadySeconds"), errors);
    strategy(spec.path("updateStrategy"), errors);
    Counts.notNegative(spec, "spec", List.of("revisionHistoryLimit"), errors);
    return errors;
  }

  private static void strategy(JsonNode strategy, List<FieldError> errors) {
    switch (strategy.path("type").asText("")) {
      case "OnDelete" -> {}
      case "RollingUpdate" -> rolling(strategy.path("rollingUpdate"), errors);
      default ->
          errors.add(
              FieldError.notSupported(
                  "spec.updateStrategy",
                  strategy,
                  Enumeration.valuesOf("DaemonSetUpdateStrategyType")));
    }
  }

  /** Either is more than nothing, not both. */
  private static void rolling(JsonNode rolling, List<FieldError> errors) {
    JsonNode unavailable = rolling.path("maxUnavailable");
    JsonNode surge = rolling.path("maxSurge");
    IntOrPercent.validate(unavailable, ROLLING + ".maxUnavailable", errors);
    IntOrPercent.validate(surge, ROLLING + ".maxSurge", errors);
    IntOrPercent.atMostAll(unavailable, ROLLING + ".maxUnavailable", errors);
    IntOrPercent.atMostAll(surge, ROLLING + ".maxSurge", errors);
    boolean mayMiss = !IntOrPercent.zero(unavailable);
    boolean mayExceed = !IntOrPercent.zero(surge);
    if (mayMiss && mayExceed) {
      errors.add(
          FieldError.invalid(
              ROLLING + ".maxSurge", surge, "may not be set when maxUnavailable is non-zero"));
    } else if (!mayMiss && !mayExceed) {
      errors.add(
          FieldError.required(ROLLING + ".maxUnavailable", "cannot be 0 when maxSurge is 0"));
    }
  }

  static List<FieldError> status(JsonNode status, JsonNode old) {
    List<FieldError> errors = new ArrayList<>();
    Counts.notNegative(
        status,
        "status",
        List.of(
            "currentNumberScheduled",
            "numberMisscheduled",
            "desiredNumberScheduled",
            "numberReady",
            "observedGeneration",
            "updatedNumberScheduled",
            "numberAvailable",
            "numberUnavailable",
            "collisionCount"),
        errors);
    Counts.collisions(status, old, errors);
    return errors;
  }
}
