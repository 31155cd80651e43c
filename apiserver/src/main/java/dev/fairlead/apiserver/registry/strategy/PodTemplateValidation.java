package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.apiserver.registry.meta.MetaValidation;
import java.util.ArrayList;
import java.util.List;

/**
 * What a template of pods must look like (upstream {@code ValidatePodTemplateSpec}, which names
 * labels and annotations without {@code metadata}).
 */
final class PodTemplateValidation {
  private PodTemplateValidation() {}

  static List<FieldError> validate(JsonNode template, String path) {
    List<FieldError> errors = new ArrayList<>();
    JsonNode metadata = template.path("metadata");
    errors.addAll(MetaValidation.labels(metadata.path("labels"), path + ".labels"));
    errors.addAll(MetaValidation.annotations(metadata.path("annotations"), path + ".annotations"));
    errors.addAll(PodValidation.spec(template.path("spec"), path + ".spec"));
    if (!template.path("spec").path("ephemeralContainers").isEmpty()) {
      errors.add(
          FieldError.forbidden(
              path + ".spec.ephemeralContainers",
              "ephemeral containers not allowed in pod template"));
    }
    return errors;
  }
}
