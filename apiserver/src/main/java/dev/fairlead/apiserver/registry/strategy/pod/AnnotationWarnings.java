package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import java.util.List;
import java.util.Map;

/** Warnings about annotations that have become fields. */
final class AnnotationWarnings {
  private static final String SYSCTLS =
      "non-functional in v1.11+; use the \"sysctls\" field instead";
  private static final Map<String, String> OLD =
      Map.of(
          "scheduler.alpha.kubernetes.io/critical-pod",
          "non-functional in v1.16+; use the \"priorityClassName\" field instead",
          "security.alpha.kubernetes.io/sysctls",
          SYSCTLS,
          "security.alpha.kubernetes.io/unsafe-sysctls",
          SYSCTLS);
  private static final String SECCOMP =
      "non-functional in v1.27+; use the \"seccompProfile\" field instead";
  private static final String APP_ARMOR =
      "deprecated since v1.30; use the \"appArmorProfile\" field instead";

  private AnnotationWarnings() {}

  static void of(JsonNode template, FieldPath path, boolean isTemplate, List<String> warnings) {
    JsonNode annotations = template.path("metadata").path("annotations");
    if (annotations.isEmpty()) {
      return;
    }
    FieldPath at = path.child("metadata.annotations");
    OLD.forEach((key, why) -> warn(annotations, key, why, at, warnings));
    JsonNode spec = template.path("spec");
    JsonNode context = spec.path("securityContext");
    if (!context.has("seccompProfile")) {
      warn(annotations, PodAnnotationRules.SECCOMP_POD, SECCOMP, at, warnings);
    }
    for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
      for (JsonNode container : spec.path(list)) {
        String name = Trees.text(container, "name");
        JsonNode own = container.path("securityContext");
        if (!own.has("seccompProfile")) {
          warn(annotations, PodAnnotationRules.SECCOMP_CONTAINER + name, SECCOMP, at, warnings);
        }
        if (isTemplate && !context.has("appArmorProfile") && !own.has("appArmorProfile")) {
          warn(annotations, PodAnnotationRules.APP_ARMOR + name, APP_ARMOR, at, warnings);
        }
      }
    }
  }

  private static void warn(
      JsonNode annotations, String key, String why, FieldPath path, List<String> warnings) {
    if (annotations.has(key)) {
      warnings.add("%s: %s".formatted(path.key(key), why));
    }
  }
}
