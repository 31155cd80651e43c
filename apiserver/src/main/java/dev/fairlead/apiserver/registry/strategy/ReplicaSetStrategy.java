package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.Defaults;
import dev.fairlead.apiserver.registry.rules.GatedFields;
import dev.fairlead.apiserver.registry.strategy.pod.PodDefaults;
import dev.fairlead.apiserver.registry.strategy.pod.PodGates;
import dev.fairlead.apiserver.registry.strategy.pod.PodWarnings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ReplicaSets. */
final class ReplicaSetStrategy implements Strategy {
  private static final PodGates GATES =
      PodGates.of("spec.template.spec")
          .and(
              GatedFields.of(
                  "DeploymentReplicaSetTerminatingReplicas", "status.terminatingReplicas"));

  private static final List<String> PARTS =
      List.of("fullyLabeledReplicas", "readyReplicas", "availableReplicas");

  @Override
  public ResourceType type() {
    return Kinds.REPLICA_SET;
  }

  @Override
  public void defaults(ObjectNode replicaSet) {
    ObjectNode spec = Trees.child(replicaSet, "spec");
    Defaults.put(spec, "replicas", 1);
    PodDefaults.template(Trees.child(Trees.child(spec, "template"), "spec"));
  }

  @Override
  public void prepareForCreate(ObjectNode replicaSet) {
    replicaSet.putObject("status").put("replicas", 0);
  }

  @Override
  public List<FieldError> validateCreate(Document replicaSet) {
    List<FieldError> errors = new ArrayList<>();
    Counts.notNegative(replicaSet.spec(), "spec", List.of("replicas", "minReadySeconds"), errors);
    WorkloadValidation.replicated(replicaSet.spec(), errors);
    return errors;
  }

  @Override
  public List<FieldError> validateUpdate(Document replicaSet, Document old) {
    List<FieldError> errors = new ArrayList<>(validateCreate(replicaSet));
    WorkloadValidation.fixedSelector(replicaSet.spec(), old.spec(), errors);
    return errors;
  }

  @Override
  public List<FieldError> validateStatusUpdate(Document replicaSet, Document old) {
    return status(replicaSet.status());
  }

  /** Also that of ReplicationControllers. */
  static List<FieldError> status(JsonNode status) {
    List<FieldError> errors = new ArrayList<>();
    Counts.notNegative(
        status,
        "status",
        List.of(
            "replicas",
            "fullyLabeledReplicas",
            "readyReplicas",
            "availableReplicas",
            "observedGeneration"),
        errors);
    Counts.parts(status, PARTS, errors);
    Counts.notAbove(
        status,
        "availableReplicas",
        "readyReplicas",
        "cannot be greater than readyReplicas",
        errors);
    return errors;
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
  public List<String> warnings(Document set, @Nullable Document old) {
    return PodWarnings.ofTemplate(set, old, set.spec().path("template"), "spec.template", true);
  }
}
