package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.apiserver.registry.Trees;
import java.util.List;

/** ReplicaSets. */
final class ReplicaSetStrategy implements Strategy {
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
    return WorkloadValidation.validate(replicaSet.spec());
  }

  @Override
  public List<FieldError> validateUpdate(Document replicaSet, Document old) {
    return WorkloadValidation.update(replicaSet.spec(), old.spec());
  }

  @Override
  public boolean countsGeneration() {
    return true;
  }
}
