package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.fieldset.FieldSet;
import dev.fairlead.api.quota.QosClass;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.IpWarnings;
import dev.fairlead.apiserver.registry.strategy.pod.AnnotatedProfiles;
import dev.fairlead.apiserver.registry.strategy.pod.MatchLabelKeys;
import dev.fairlead.apiserver.registry.strategy.pod.PodDefaults;
import dev.fairlead.apiserver.registry.strategy.pod.PodGates;
import dev.fairlead.apiserver.registry.strategy.pod.PodSpecRules;
import dev.fairlead.apiserver.registry.strategy.pod.PodStatusRules;
import dev.fairlead.apiserver.registry.strategy.pod.PodTolerations;
import dev.fairlead.apiserver.registry.strategy.pod.PodUpdateRules;
import dev.fairlead.apiserver.registry.strategy.pod.PodWarnings;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

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
  public void dropDisabled(ObjectNode pod, @Nullable Document old) {
    PodGates.POD.drop(pod, old);
  }

  @Override
  public void prepareForCreate(ObjectNode pod) {
    PodTolerations.addDefaults(Trees.child(pod, "spec"));
    MatchLabelKeys.apply(pod);
    ObjectNode status = pod.putObject("status");
    status.put("phase", "Pending").put("qosClass", QosClass.of(pod.path("spec")));
    if (!pod.path("spec").path("schedulingGates").isEmpty()) {
      status
          .putArray("conditions")
          .addObject()
          .put("type", "PodScheduled")
          .put("status", "False")
          .put("reason", "SchedulingGated")
          .put("message", "Scheduling is blocked due to non-empty scheduling gates");
    }
  }

  /** What a node forgot to say stays: the class of service is given once. */
  @Override
  public void prepareForStatusUpdate(ObjectNode pod, Document old) {
    ObjectNode status = Trees.child(pod, "status");
    if (Trees.text(status, "qosClass").isEmpty()) {
      Trees.take("qosClass", old.status(), status);
    }
  }

  /**
   * As upstream's admission plugin, on updates too: a manifest applied again need not have them.
   */
  @Override
  public void prepareForUpdate(ObjectNode pod, Document old) {
    PodTolerations.addDefaults(Trees.child(pod, "spec"));
  }

  @Override
  public List<FieldError> validateCreate(Document pod) {
    List<FieldError> errors = PodSpecRules.pod(pod);
    if (!pod.spec().path("ephemeralContainers").isEmpty()) {
      errors.add(FieldError.forbidden("spec.ephemeralContainers", "cannot be set on create"));
    }
    boolean gated = !pod.spec().path("schedulingGates").isEmpty();
    if (gated && !Trees.text(pod.spec(), "nodeName").isEmpty()) {
      errors.add(
          FieldError.forbidden(
              "spec.nodeName", "cannot be set until all schedulingGates have been cleared"));
    }
    errors.addAll(
        AnnotatedProfiles.validate(pod.tree().path("metadata"), pod.spec(), FieldPath.of("spec")));
    return errors;
  }

  @Override
  public List<FieldError> validateUpdate(Document pod, Document old) {
    return PodUpdateRules.validate(pod, old);
  }

  @Override
  public List<FieldError> validateStatusUpdate(Document pod, Document old) {
    return PodStatusRules.validate(pod, old);
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

  @Override
  public List<String> warnings(Document pod, @Nullable Document old) {
    return old == null ? PodWarnings.ofPod(pod) : List.of();
  }

  @Override
  public List<String> statusWarnings(Document pod) {
    List<String> warnings = new ArrayList<>();
    FieldPath status = FieldPath.of("status");
    IpWarnings.ips(pod.status().path("podIPs"), status.child("podIPs"), warnings);
    IpWarnings.ips(pod.status().path("hostIPs"), status.child("hostIPs"), warnings);
    return warnings;
  }
}
