package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.apiserver.registry.Trees;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What ephemeral containers must look like, and how they may be added to a pod that exists. */
public final class EphemeralContainers {
  private static final List<String> FORBIDDEN =
      List.of("ports", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle");

  private EphemeralContainers() {}

  /**
   * The problems of a pod written through {@code ephemeralcontainers} (upstream {@code
   * ValidatePodEphemeralContainersUpdate}): they may be added, never changed or removed.
   */
  public static List<FieldError> update(JsonNode spec, JsonNode old) {
    List<FieldError> errors = new ArrayList<>(PodValidation.spec(spec, "spec"));
    Map<String, JsonNode> now = new HashMap<>();
    spec.path("ephemeralContainers").forEach(each -> now.put(each.path("name").asText(), each));
    for (JsonNode before : old.path("ephemeralContainers")) {
      String name = before.path("name").asText();
      JsonNode after = now.get(name);
      if (after == null || !Trees.same(after, before)) {
        errors.add(
            FieldError.forbidden(
                "spec.ephemeralContainers",
                "existing ephemeral containers \"%s\" may not be %s"
                    .formatted(name, after == null ? "removed" : "changed")));
      }
    }
    return errors;
  }

  /** The problems of all ephemeral containers of a pod's spec. */
  static void validate(
      JsonNode spec, String path, Set<String> names, Set<String> volumes, List<FieldError> errors) {
    Set<String> targets = new java.util.HashSet<>(names);
    int index = 0;
    for (JsonNode container : spec.path("ephemeralContainers")) {
      String where = "%s.ephemeralContainers[%d]".formatted(path, index++);
      ContainerValidation.validate(container, where, names, volumes, errors);
      ContainerRole.messagePolicy(container, where, errors);
      String target = container.path("targetContainerName").asText("");
      if (!target.isEmpty() && !targets.contains(target)) {
        errors.add(
            new FieldError(
                FieldError.Reason.FieldValueNotFound,
                where + ".targetContainerName",
                "Not found: \"%s\"".formatted(target)));
      }
      forbidden(container, where, errors);
    }
  }

  private static void forbidden(JsonNode container, String path, List<FieldError> errors) {
    String rule = "cannot be set for an Ephemeral Container";
    for (String field : FORBIDDEN) {
      if (!container.path(field).isEmpty()) {
        errors.add(FieldError.forbidden(path + "." + field, rule));
      }
    }
    JsonNode resources = container.path("resources");
    if (!resources.path("limits").isEmpty() || !resources.path("requests").isEmpty()) {
      errors.add(FieldError.forbidden(path + ".resources", rule));
    }
    if (container.has("restartPolicy")) {
      errors.add(FieldError.forbidden(path + ".restartPolicy", rule));
    }
    int index = 0;
    for (JsonNode mount : container.path("volumeMounts")) {
      String where = "%s.volumeMounts[%d]".formatted(path, index++);
      for (String field : List.of("subPath", "subPathExpr")) {
        if (!mount.path(field).asText("").isEmpty()) {
          errors.add(FieldError.forbidden(where + "." + field, rule));
        }
      }
    }
  }
}
