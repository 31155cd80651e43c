package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.fieldset.FieldSet;
import dev.fairlead.api.schema.Enumeration;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.Defaults;
import dev.fairlead.apiserver.registry.rules.GatedFields;
import dev.fairlead.apiserver.registry.strategy.pod.PodDefaults;
import dev.fairlead.apiserver.registry.strategy.pod.PodGates;
import dev.fairlead.apiserver.registry.strategy.pod.PodWarnings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deployments. */
final class DeploymentStrategy implements Strategy {
  private static final PodGates GATES =
      PodGates.of("spec.template.spec")
          .and(
              GatedFields.of(
                  "DeploymentReplicaSetTerminatingReplicas", "status.terminatingReplicas"));

  private static final int HISTORY = 10;
  private static final int DEADLINE_SECONDS = 600;
  private static final List<String> PARTS =
      List.of("updatedReplicas", "readyReplicas", "availableReplicas");

  @Override
  public ResourceType type() {
    return Kinds.DEPLOYMENT;
  }

  @Override
  public void defaults(ObjectNode deployment) {
    ObjectNode spec = Trees.child(deployment, "spec");
    Defaults.put(spec, "replicas", 1);
    Defaults.put(spec, "revisionHistoryLimit", HISTORY);
    Defaults.put(spec, "progressDeadlineSeconds", DEADLINE_SECONDS);
    ObjectNode strategy = Trees.child(spec, "strategy");
    Defaults.put(strategy, "type", "RollingUpdate");
    if (strategy.path("type").asText().equals("RollingUpdate")) {
      ObjectNode rolling = Trees.child(strategy, "rollingUpdate");
      Defaults.put(rolling, "maxUnavailable", "25%");
      Defaults.put(rolling, "maxSurge", "25%");
    }
    PodDefaults.template(Trees.child(Trees.child(spec, "template"), "spec"));
  }

  @Override
  public List<FieldError> validateCreate(Document deployment) {
    JsonNode spec = deployment.spec();
    List<FieldError> errors = new ArrayList<>();
    Counts.notNegative(spec, "spec", List.of("replicas"), errors);
    WorkloadValidation.replicated(spec, errors);
    strategy(spec.path("strategy"), errors);
    Counts.notNegative(
        spec,
        "spec",
        List.of("minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds"),
        errors);
    JsonNode deadline = spec.path("progressDeadlineSeconds");
    if (deadline.asLong(0) <= spec.path("minReadySeconds").asLong(0)) {
      errors.add(
          FieldError.invalid(
              "spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds"));
    }
    return errors;
  }

  @Override
  public List<FieldError> validateUpdate(Document deployment, Document old) {
    List<FieldError> errors = new ArrayList<>(validateCreate(deployment));
    WorkloadValidation.fixedSelector(deployment.spec(), old.spec(), errors);
    return errors;
  }

  @Override
  public List<FieldError> validateStatusUpdate(Document deployment, Document old) {
    JsonNode status = deployment.status();
    List<FieldError> errors = new ArrayList<>();
    Counts.notNegative(
        status,
        "status",
        List.of(
            "observedGeneration",
            "replicas",
            "updatedReplicas",
            "readyReplicas",
            "availableReplicas",
            "unavailableReplicas",
            "collisionCount"),
        errors);
    Counts.parts(status, PARTS, errors);
    Counts.notAbove(
        status,
        "availableReplicas",
        "readyReplicas",
        "cannot be greater than readyReplicas",
        errors);
    Counts.collisions(status, old.status(), errors);
    return errors;
  }

  @Override
  public void prepareForStatusUpdate(ObjectNode deployment, Document old) {
    Trees.take("labels", old.tree().path("metadata"), Trees.child(deployment, "metadata"));
  }

  @Override
  public FieldSet resetFields(String subresource) {
    return subresource.equals("status")
        ? ResetFields.DEPLOYMENT_STATUS
        : Strategy.super.resetFields(subresource);
  }

  @Override
  public boolean countsGeneration() {
    return true;
  }

  private static void strategy(JsonNode strategy, List<FieldError> errors) {
    switch (strategy.path("type").asText("")) {
      case "RollingUpdate" -> rolling(strategy.path("rollingUpdate"), errors);
      case "Recreate" -> {
        if (strategy.has("rollingUpdate")) {
          errors.add(
              FieldError.forbidden(
                  "spec.strategy.rollingUpdate",
                  "may not be specified when strategy `type` is 'Recreate'"));
        }
      }
      default ->
          errors.add(
              FieldError.notSupported(
                  "spec.strategy", strategy, Enumeration.valuesOf("DeploymentStrategyType")));
    }
  }

  private static void rolling(JsonNode rolling, List<FieldError> errors) {
    String path = "spec.strategy.rollingUpdate.";
    JsonNode unavailable = rolling.path("maxUnavailable");
    JsonNode surge = rolling.path("maxSurge");
    IntOrPercent.validate(unavailable, path + "maxUnavailable", errors);
    IntOrPercent.validate(surge, path + "maxSurge", errors);
    if (IntOrPercent.zero(unavailable) && IntOrPercent.zero(surge)) {
      errors.add(
          FieldError.invalid(
              path + "maxUnavailable", unavailable, "may not be 0 when `maxSurge` is 0"));
    }
    IntOrPercent.atMostAll(unavailable, path + "maxUnavailable", errors);
  }

  @Override
  public void dropDisabled(ObjectNode object, @Nullable Document old) {
    GATES.drop(object, old);
  }

  @Override
  public List<String> warnings(Document deployment, @Nullable Document old) {
    return PodWarnings.ofTemplate(
        deployment, old, deployment.spec().path("template"), "spec.template", true);
  }
}
