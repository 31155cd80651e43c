package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.fieldset.FieldSet;
import dev.fairlead.apiserver.registry.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Pods: a first phase, an almost immutable spec, and an end with grace. */
final class PodStrategy implements Strategy {
  @Override
  public ResourceType type() {
    return Kinds.POD;
  }

  @Override
  public void defaults(ObjectNode pod) {
    PodDefaults.pod(Trees.child(pod, "spec"));
  }

  @Override
  public void prepareForCreate(ObjectNode pod) {
    PodTolerations.addDefaults(Trees.child(pod, "spec"));
    pod.putObject("status").put("phase", "Pending").put("qosClass", QosClass.of(pod.path("spec")));
  }

  @Override
  public List<FieldError> validateCreate(Document pod) {
    List<FieldError> errors = PodValidation.spec(pod.spec(), "spec");
    if (!pod.spec().path("ephemeralContainers").isEmpty()) {
      errors.add(FieldError.forbidden("spec.ephemeralContainers", "cannot be set on create"));
    }
    return errors;
  }

  @Override
  public List<FieldError> validateUpdate(Document pod, Document old) {
    List<FieldError> errors = new ArrayList<>(PodUpdates.validate(pod.spec(), old.spec()));
    if (errors.isEmpty() && !Trees.same(pod.spec(), old.spec())) {
      errors.addAll(PodValidation.spec(pod.spec(), "spec"));
    }
    return errors;
  }

  @Override
  public FieldSet resetFields(String subresource) {
    return subresource.equals("status")
        ? ResetFields.POD_STATUS
        : Strategy.super.resetFields(subresource);
  }

  @Override
  public boolean countsGeneration() {
    return true;
  }

  @Override
  public OptionalLong gracePeriod(Document pod, OptionalLong asked) {
    String phase = pod.status().path("phase").asText("");
    boolean over = phase.equals("Failed") || phase.equals("Succeeded");
    if (over || pod.spec().path("nodeName").asText("").isEmpty()) {
      return OptionalLong.of(0);
    }
    long own = pod.spec().path("terminationGracePeriodSeconds").asLong(0);
    long period = asked.orElse(own);
    return OptionalLong.of(period < 0 ? 1 : period);
  }
}
