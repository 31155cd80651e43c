package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.Defaults;
import dev.fairlead.apiserver.registry.rules.GatedFields;
import dev.fairlead.apiserver.registry.strategy.pod.PodDefaults;
import dev.fairlead.apiserver.registry.strategy.pod.PodGates;
import dev.fairlead.apiserver.registry.strategy.pod.PodWarnings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** StatefulSets. Only a few fields of their spec may change. */
final class StatefulSetStrategy implements Strategy {
  private static final PodGates GATES =
      PodGates.of("spec.template.spec")
          .and(
              GatedFields.of(
                  "MaxUnavailableStatefulSet", "spec.updateStrategy.rollingUpdate.maxUnavailable"));

  private static final int HISTORY = 10;
  private static final List<String> CHANGEABLE =
      List.of(
          "replicas",
          "ordinals",
          "template",
          "updateStrategy",
          "revisionHistoryLimit",
          "persistentVolumeClaimRetentionPolicy",
          "minReadySeconds");

  @Override
  public ResourceType type() {
    return Kinds.STATEFUL_SET;
  }

  /** The name is part of the names and host names of its pods. */
  @Override
  public Names.Rule nameRule() {
    return Names::dnsLabel;
  }

  @Override
  public void defaults(ObjectNode set) {
    ObjectNode spec = Trees.child(set, "spec");
    Defaults.put(spec, "podManagementPolicy", "OrderedReady");
    ObjectNode strategy = Trees.child(spec, "updateStrategy");
    if (strategy.path("type").asText("").isEmpty()) {
      strategy.put("type", "RollingUpdate");
      Defaults.object(strategy, "rollingUpdate");
    }
    if (strategy.path("type").asText().equals("RollingUpdate")
        && strategy.get("rollingUpdate") instanceof ObjectNode rolling) {
      Defaults.put(rolling, "partition", 0);
    }
    ObjectNode retention = Trees.child(spec, "persistentVolumeClaimRetentionPolicy");
    Defaults.put(retention, "whenDeleted", "Retain");
    Defaults.put(retention, "whenScaled", "Retain");
    Defaults.put(spec, "replicas", 1);
    Defaults.put(spec, "revisionHistoryLimit", HISTORY);
    PodDefaults.template(Trees.child(Trees.child(spec, "template"), "spec"));
  }

  @Override
  public void prepareForCreate(ObjectNode set) {
    set.putObject("status").put("replicas", 0).put("availableReplicas", 0);
  }

  @Override
  public List<FieldError> validateCreate(Document set) {
    return StatefulSetValidation.spec(set.spec());
  }

  @Override
  public List<FieldError> validateUpdate(Document set, Document old) {
    List<FieldError> errors = new ArrayList<>(validateCreate(set));
    if (!Trees.same(fixed(set.spec()), fixed(old.spec()))) {
      errors.add(
          FieldError.forbidden(
              "spec",
              "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"));
    }
    return errors;
  }

  @Override
  public List<FieldError> validateStatusUpdate(Document set, Document old) {
    return StatefulSetValidation.status(set.status(), old.status());
  }

  @Override
  public boolean countsGeneration() {
    return true;
  }

  private static JsonNode fixed(JsonNode spec) {
    return spec instanceof ObjectNode known ? known.deepCopy().without(CHANGEABLE) : spec;
  }

  @Override
  public void dropDisabled(ObjectNode object, @Nullable Document old) {
    GATES.drop(object, old);
  }

  @Override
  public List<String> warnings(Document set, @Nullable Document old) {
    List<String> warnings =
        new ArrayList<>(
            PodWarnings.ofTemplate(set, old, set.spec().path("template"), "spec.template", false));
    if (set.spec().path("revisionHistoryLimit").asInt(0) < 0) {
      warnings.add(
          "spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended");
    }
    return warnings;
  }
}
