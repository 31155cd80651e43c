package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.apiserver.registry.Trees;
import java.util.ArrayList;
import java.util.List;

/** Deployments. */
final class DeploymentStrategy implements Strategy {
  private static final int HISTORY = 10;
  private static final int DEADLINE_SECONDS = 600;

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
    return validate(
        deployment.spec(), new ArrayList<>(WorkloadValidation.validate(deployment.spec())));
  }

  @Override
  public List<FieldError> validateUpdate(Document deployment, Document old) {
    return validate(
        deployment.spec(),
        new ArrayList<>(WorkloadValidation.update(deployment.spec(), old.spec())));
  }

  @Override
  public void prepareForStatusUpdate(ObjectNode deployment, Document old) {
    Trees.take("labels", old.tree().path("metadata"), Trees.child(deployment, "metadata"));
  }

  @Override
  public boolean countsGeneration() {
    return true;
  }

  private static List<FieldError> validate(JsonNode spec, List<FieldError> errors) {
    WorkloadValidation.notNegative(spec, "revisionHistoryLimit", errors);
    WorkloadValidation.notNegative(spec, "progressDeadlineSeconds", errors);
    JsonNode strategy = spec.path("strategy");
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
                  "spec.strategy.type",
                  strategy.path("type").asText(""),
                  List.of("Recreate", "RollingUpdate")));
    }
    boolean progress =
        spec.path("progressDeadlineSeconds").asLong(0) > spec.path("minReadySeconds").asLong(0);
    if (!progress) {
      errors.add(
          FieldError.invalid(
              "spec.progressDeadlineSeconds",
              spec.path("progressDeadlineSeconds"),
              "must be greater than minReadySeconds"));
    }
    return errors;
  }

  private static void rolling(JsonNode rolling, List<FieldError> errors) {
    boolean zero = true;
    for (String field : List.of("maxUnavailable", "maxSurge")) {
      JsonNode value = rolling.path(field);
      String path = "spec.strategy.rollingUpdate." + field;
      if (value.isTextual() && !value.asText().matches("[0-9]+%")) {
        errors.add(
            FieldError.invalid(
                path,
                value.asText(),
                "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')"));
      } else if (value.asLong(0) < 0) {
        errors.add(FieldError.invalid(path, value, "must be greater than or equal to 0"));
      }
      zero &= value.asText("").matches("0+%?");
    }
    if (zero) {
      errors.add(
          FieldError.invalid(
              "spec.strategy.rollingUpdate.maxUnavailable",
              rolling.path("maxUnavailable"),
              "may not be 0 when `maxSurge` is 0"));
    }
  }
}
