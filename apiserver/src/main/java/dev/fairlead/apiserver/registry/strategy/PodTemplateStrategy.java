package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.strategy.pod.PodDefaults;
import dev.fairlead.apiserver.registry.strategy.pod.PodGates;
import dev.fairlead.apiserver.registry.strategy.pod.PodTemplateRules;
import dev.fairlead.apiserver.registry.strategy.pod.PodWarnings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PodTemplates: a template on its own. */
final class PodTemplateStrategy implements Strategy {
  private static final PodGates GATES = PodGates.of("template.spec");

  @Override
  public ResourceType type() {
    return Kinds.POD_TEMPLATE;
  }

  @Override
  public void defaults(ObjectNode podTemplate) {
    PodDefaults.template(Trees.child(Trees.child(podTemplate, "template"), "spec"));
  }

  @Override
  public List<FieldError> validateCreate(Document podTemplate) {
    return PodTemplateRules.validate(podTemplate.tree().path("template"), "template");
  }

  @Override
  public List<FieldError> validateUpdate(Document podTemplate, Document old) {
    return validateCreate(podTemplate);
  }

  @Override
  public boolean countsGeneration() {
    return true;
  }

  @Override
  public boolean changesGeneration(ObjectNode next, Document old) {
    return !Trees.same(next.path("template"), old.tree().path("template"));
  }

  @Override
  public void dropDisabled(ObjectNode object, @Nullable Document old) {
    GATES.drop(object, old);
  }

  @Override
  public List<String> warnings(Document podTemplate, @Nullable Document old) {
    return PodWarnings.ofTemplate(
        podTemplate, old, podTemplate.tree().path("template"), "template", false);
  }
}
