package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.schema.Enumeration;
import dev.fairlead.api.select.LabelSelector;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.strategy.pod.PodTemplateRules;
import java.util.ArrayList;
import java.util.List;

/** What a StatefulSet must look like (upstream {@code ValidateStatefulSetSpec}). */
final class StatefulSetValidation {
  private static final List<String> PARTS =
      List.of("readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas");

  private StatefulSetValidation() {}

  static List<FieldError> spec(JsonNode spec) {
    List<FieldError> errors = new ArrayList<>();
    String policy = spec.path("podManagementPolicy").asText("");
    if (!Enumeration.valuesOf("PodManagementPolicyType").contains(policy)) {
      errors.add(
          FieldError.invalid(
              "spec.podManagementPolicy", policy, "must be 'OrderedReady' or 'Parallel'"));
    }
    strategy(spec.path("updateStrategy"), errors);
    JsonNode retention = spec.path("persistentVolumeClaimRetentionPolicy");
    retention(retention, "whenDeleted", errors);
    retention(retention, "whenScaled", errors);
    Counts.notNegative(spec, "spec", List.of("replicas", "minReadySeconds"), errors);
    Counts.notNegative(spec.path("ordinals"), "spec.ordinals", List.of("start"), errors);
    String service = spec.path("serviceName").asText("");
    if (!service.isEmpty()) {
      Names.dnsLabel(service)
          .forEach(why -> errors.add(FieldError.invalid("spec.serviceName", service, why)));
    }
    WorkloadValidation.selector(spec, "empty selector is invalid for statefulset", errors);
    JsonNode selector = spec.path("selector");
    if (WorkloadValidation.usable(selector)) {
      WorkloadValidation.selected(spec, LabelSelector.ofTree(selector), errors);
      errors.addAll(PodTemplateRules.validate(spec.path("template"), "spec.template"));
    } else {
      errors.add(FieldError.invalid("spec.selector", selector, ""));
    }
    WorkloadValidation.keptRunning(spec, "StatefulSet", errors);
    claims(spec, errors);
    return errors;
  }

  /** PersistentVolumeClaims are not served, so nothing could be claimed. */
  private static void claims(JsonNode spec, List<FieldError> errors) {
    if (!spec.path("volumeClaimTemplates").isEmpty()) {
      errors.add(
          FieldError.forbidden(
              "spec.volumeClaimTemplates",
              "persistent volume claims are not served by this cluster; use volumes of the pod template"));
    }
  }

  private static void strategy(JsonNode strategy, List<FieldError> errors) {
    JsonNode rolling = strategy.path("rollingUpdate");
    switch (strategy.path("type").asText("")) {
      case "OnDelete" -> {
        if (rolling.isObject()) {
          errors.add(
              FieldError.invalid(
                  "spec.updateStrategy.rollingUpdate",
                  rolling,
                  "only allowed for updateStrategy 'RollingUpdate'"));
        }
      }
      case "RollingUpdate" -> rolling(rolling, errors);
      default ->
          errors.add(
              FieldError.invalid(
                  "spec.updateStrategy", strategy, "must be 'RollingUpdate' or 'OnDelete'"));
    }
  }

  private static void rolling(JsonNode rolling, List<FieldError> errors) {
    Counts.notNegative(rolling, "spec.updateStrategy.rollingUpdate", List.of("partition"), errors);
  }

  private static void retention(JsonNode policy, String field, List<FieldError> errors) {
    String value = policy.path(field).asText("");
    List<String> known = List.of("Retain", "Delete");
    if (!known.contains(value)) {
      errors.add(
          FieldError.notSupported(
              "spec.persistentVolumeClaimRetentionPolicy." + field, value, known));
    }
  }

  static List<FieldError> status(JsonNode status, JsonNode old) {
    List<FieldError> errors = new ArrayList<>();
    List<String> counts = new ArrayList<>(List.of("replicas"));
    counts.addAll(PARTS);
    counts.addAll(List.of("observedGeneration", "collisionCount"));
    Counts.notNegative(status, "status", counts, errors);
    Counts.parts(status, PARTS, errors);
    Counts.notAbove(
        status,
        "availableReplicas",
        "readyReplicas",
        "cannot be greater than status.readyReplicas",
        errors);
    Counts.collisions(status, old, errors);
    return errors;
  }
}
