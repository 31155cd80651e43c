package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.select.LabelSelector;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.Defaults;
import dev.fairlead.apiserver.registry.strategy.pod.PodDefaults;
import dev.fairlead.apiserver.registry.strategy.pod.PodGates;
import dev.fairlead.apiserver.registry.strategy.pod.PodTemplateRules;
import dev.fairlead.apiserver.registry.strategy.pod.PodWarnings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ReplicationControllers: the older ReplicaSets. Their selector is a map of labels, is taken from
 * the template when missing, and may change.
 */
final class ReplicationControllerStrategy implements Strategy {
  private static final PodGates GATES = PodGates.of("spec.template.spec");

  @Override
  public ResourceType type() {
    return Kinds.REPLICATION_CONTROLLER;
  }

  /** As in the days before the garbage collector: their pods stay unless the request says more. */
  @Override
  public boolean orphansByDefault() {
    return true;
  }

  @Override
  public void defaults(ObjectNode controller) {
    ObjectNode spec = Trees.child(controller, "spec");
    JsonNode labels = spec.path("template").path("metadata").path("labels");
    if (!labels.isEmpty()) {
      if (spec.path("selector").isEmpty()) {
        spec.set("selector", labels.deepCopy());
      }
      ObjectNode metadata = Trees.child(controller, "metadata");
      if (metadata.path("labels").isEmpty()) {
        metadata.set("labels", labels.deepCopy());
      }
    }
    Defaults.put(spec, "replicas", 1);
    if (spec.get("template") instanceof ObjectNode template) {
      PodDefaults.template(Trees.child(template, "spec"));
    }
  }

  @Override
  public void prepareForCreate(ObjectNode controller) {
    controller.putObject("status").put("replicas", 0);
  }

  @Override
  public List<FieldError> validateCreate(Document controller) {
    JsonNode spec = controller.spec();
    List<FieldError> errors = new ArrayList<>();
    Counts.notNegative(spec, "spec", List.of("minReadySeconds"), errors);
    JsonNode selector = spec.path("selector");
    if (selector.isEmpty()) {
      errors.add(FieldError.required("spec.selector", ""));
    }
    Counts.notNegative(spec, "spec", List.of("replicas"), errors);
    if (!spec.has("template")) {
      errors.add(FieldError.required("spec.template", ""));
      return errors;
    }
    WorkloadValidation.selected(
        spec, LabelSelector.ofMap(WorkloadValidation.strings(selector)), errors);
    errors.addAll(PodTemplateRules.validate(spec.path("template"), "spec.template"));
    WorkloadValidation.keptRunning(spec, "ReplicationController", errors);
    return errors;
  }

  @Override
  public List<FieldError> validateUpdate(Document controller, Document old) {
    return validateCreate(controller);
  }

  @Override
  public List<FieldError> validateStatusUpdate(Document controller, Document old) {
    return ReplicaSetStrategy.status(controller.status());
  }

  @Override
  public boolean countsGeneration() {
    return true;
  }

  @Override
  public void dropDisabled(ObjectNode object, @Nullable Document old) {
    GATES.drop(object, old);
  }

  @Override
  public List<String> warnings(Document controller, @Nullable Document old) {
    return PodWarnings.ofTemplate(
        controller, old, controller.spec().path("template"), "spec.template", true);
  }
}
