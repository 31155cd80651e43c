package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.apiserver.registry.meta.MetaValidation;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.List;

/**
 * What a template of pods must look like (upstream {@code ValidatePodTemplateSpec}, which names
 * labels and annotations without {@code metadata}).
 */
public final class PodTemplateRules {
  private PodTemplateRules() {}

  /** The problems of a template that stands at {@code path}. */
  public static List<FieldError> validate(JsonNode template, String path) {
    Problems problems = new Problems();
    FieldPath at = FieldPath.of(path);
    JsonNode metadata = template.path("metadata");
    JsonNode spec = template.path("spec");
    problems.labels(at.child("labels"), metadata.path("labels"));
    problems.addAll(
        MetaValidation.annotations(metadata.path("annotations"), path + ".annotations"));
    PodAnnotationRules.validate(metadata, spec, at.child("annotations"), problems);
    PodSpecRules.spec(spec, "", false, at.child("spec"), problems);
    problems.addAll(AnnotatedProfiles.validate(metadata, spec, at.child("spec")));
    if (!spec.path("ephemeralContainers").isEmpty()) {
      problems.forbidden(
          at.child("spec.ephemeralContainers"), "ephemeral containers not allowed in pod template");
    }
    return problems.list();
  }
}
