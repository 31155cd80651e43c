package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.quantity.Quantity;
import dev.fairlead.api.schema.Enumeration;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.MetaValidation;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.List;
import java.util.Set;

/** The claim that a generic ephemeral volume makes (upstream {@code PersistentVolumeClaimSpec}). */
final class ClaimTemplateRules {
  private static final List<String> MODES = Enumeration.valuesOf("PersistentVolumeAccessMode");
  private static final Set<String> METADATA = Set.of("labels", "annotations");

  private ClaimTemplateRules() {}

  static void ephemeral(JsonNode source, FieldPath path, Problems problems) {
    JsonNode template = source.path("volumeClaimTemplate");
    FieldPath at = path.child("volumeClaimTemplate");
    if (!template.isObject()) {
      problems.required(at);
      return;
    }
    metadata(template.path("metadata"), at.child("metadata"), problems);
    spec(template.path("spec"), at.child("spec"), problems);
  }

  private static void metadata(JsonNode metadata, FieldPath path, Problems problems) {
    problems.addAll(
        MetaValidation.annotations(
            metadata.path("annotations"), path.child("annotations").toString()));
    problems.labels(path.child("labels"), metadata.path("labels"));
    metadata
        .fieldNames()
        .forEachRemaining(field -> {
          if (!METADATA.contains(field)) {
            problems.forbidden(path.child(field), "cannot be set");
          }
        });
  }

  private static void spec(JsonNode spec, FieldPath path, Problems problems) {
    if (spec.path("accessModes").isEmpty()) {
      problems.required(path.child("accessModes"), "at least 1 access mode is required");
    }
    problems.selector(path.child("selector"), spec.path("selector"));
    for (JsonNode mode : spec.path("accessModes")) {
      problems.oneOf(path.child("accessModes"), mode.asText(), MODES);
    }
    String storage = Trees.text(spec.path("resources").path("requests"), "storage");
    FieldPath at = path.child("resources").key("storage");
    if (storage.isEmpty()) {
      problems.required(at);
    } else if (Quantity.parse(storage).sign() <= 0) {
      problems.invalid(at, Quantity.parse(storage).toString(), "must be greater than zero");
    }
    String storageClass = Trees.text(spec, "storageClassName");
    if (!storageClass.isEmpty()) {
      problems.name(path.child("storageClassName"), storageClass, Names::dnsSubdomain);
    }
    if (spec.has("volumeMode")) {
      problems.oneOf(
          path.child("volumeMode"),
          Trees.text(spec, "volumeMode"),
          Enumeration.valuesOf("PersistentVolumeMode"));
    }
  }
}
