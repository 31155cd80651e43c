package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.Defaults;
import dev.fairlead.apiserver.registry.strategy.pod.PodDefaults;
import dev.fairlead.apiserver.registry.strategy.pod.PodGates;
import dev.fairlead.apiserver.registry.strategy.pod.PodWarnings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * DaemonSets. Each change of the template counts in an annotation, as upstream, which once had a
 * field for it.
 */
final class DaemonSetStrategy implements Strategy {
  private static final PodGates GATES = PodGates.of("spec.template.spec");

  private static final int HISTORY = 10;
  private static final String GENERATION = "deprecated.daemonset.template.generation";

  @Override
  public ResourceType type() {
    return Kinds.DAEMON_SET;
  }

  @Override
  public void defaults(ObjectNode set) {
    ObjectNode spec = Trees.child(set, "spec");
    ObjectNode strategy = Trees.child(spec, "updateStrategy");
    Defaults.put(strategy, "type", "RollingUpdate");
    if (strategy.path("type").asText().equals("RollingUpdate")) {
      ObjectNode rolling = Trees.child(strategy, "rollingUpdate");
      Defaults.put(rolling, "maxUnavailable", 1);
      Defaults.put(rolling, "maxSurge", 0);
    }
    Defaults.put(spec, "revisionHistoryLimit", HISTORY);
    PodDefaults.template(Trees.child(Trees.child(spec, "template"), "spec"));
  }

  @Override
  public void prepareForCreate(ObjectNode set) {
    set.putObject("status")
        .put("currentNumberScheduled", 0)
        .put("numberMisscheduled", 0)
        .put("desiredNumberScheduled", 0)
        .put("numberReady", 0);
    generation(set, Math.max(1, generation(set)));
  }

  @Override
  public void prepareForUpdate(ObjectNode set, Document old) {
    boolean changed = !Trees.same(set.at("/spec/template"), old.spec().path("template"));
    generation(set, Math.max(1, generation(old.tree())) + (changed ? 1 : 0));
  }

  @Override
  public List<FieldError> validateCreate(Document set) {
    return DaemonSetValidation.spec(set.spec());
  }

  @Override
  public List<FieldError> validateUpdate(Document set, Document old) {
    List<FieldError> errors = DaemonSetValidation.spec(set.spec());
    WorkloadValidation.fixedSelector(set.spec(), old.spec(), errors);
    return errors;
  }

  @Override
  public List<FieldError> validateStatusUpdate(Document set, Document old) {
    return DaemonSetValidation.status(set.status(), old.status());
  }

  @Override
  public boolean countsGeneration() {
    return true;
  }

  private static void generation(ObjectNode set, long generation) {
    Trees.child(Trees.child(set, "metadata"), "annotations")
        .put(GENERATION, Long.toString(generation));
  }

  private static long generation(JsonNode set) {
    String text = set.path("metadata").path("annotations").path(GENERATION).asText("0");
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw ApiException.badRequest(
          "DaemonSet in version \"v1\" cannot be handled as a DaemonSet: strconv.ParseInt: parsing \"%s\": invalid syntax"
              .formatted(text));
    }
  }

  @Override
  public void dropDisabled(ObjectNode object, @Nullable Document old) {
    GATES.drop(object, old);
  }

  @Override
  public List<String> warnings(Document set, @Nullable Document old) {
    return PodWarnings.ofTemplate(set, old, set.spec().path("template"), "spec.template", false);
  }
}
