package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What ephemeral containers must look like, and how they may be added to a pod that exists. */
public final class EphemeralContainerRules {
  private static final List<String> FORBIDDEN =
      List.of(
          "ports",
          "resources",
          "resizePolicy",
          "restartPolicy",
          "livenessProbe",
          "readinessProbe",
          "startupProbe",
          "lifecycle");

  /** Fields whose absence and emptiness are one. */
  private static final Set<String> LISTS = Set.of("ports", "resources", "resizePolicy");

  private static final String RULE = "cannot be set for an Ephemeral Container";

  private EphemeralContainerRules() {}

  /**
   * The problems of a pod written through {@code ephemeralcontainers} (upstream {@code
   * ValidatePodEphemeralContainersUpdate}): they may be added, never changed or removed.
   */
  public static List<FieldError> update(Document pod, Document old) {
    if (old.meta().annotations().containsKey(PodAnnotationRules.MIRROR)) {
      return List.of(FieldError.forbidden("", "static pods do not support ephemeral containers"));
    }
    Problems problems = new Problems();
    problems.addAll(PodSpecRules.pod(pod));
    Map<String, JsonNode> now = new HashMap<>();
    for (JsonNode each : pod.spec().path("ephemeralContainers")) {
      now.put(Trees.text(each, "name"), each);
    }
    FieldPath path = FieldPath.of("spec.ephemeralContainers");
    for (JsonNode before : old.spec().path("ephemeralContainers")) {
      String name = Trees.text(before, "name");
      JsonNode after = now.get(name);
      if (after == null) {
        problems.forbidden(
            path, "existing ephemeral containers \"%s\" may not be removed\n".formatted(name));
      } else if (!Trees.same(after, before)) {
        problems.forbidden(
            path,
            "existing ephemeral containers \"%s\" may not be changed\n%s"
                .formatted(name, TreeDifference.text(before, after)));
      }
    }
    return problems.list();
  }

  /**
   * The problems of all ephemeral containers of a pod's spec.
   *
   * @param others the names of the other containers
   */
  static void validate(
      JsonNode containers, PodScope pod, Set<String> others, FieldPath path, Problems problems) {
    Set<String> names = new HashSet<>(others);
    for (int i = 0; i < containers.size(); i++) {
      JsonNode container = containers.get(i);
      FieldPath at = path.index(i);
      ContainerRules.validate(container, pod, at, problems);
      ContainerRules.image(container, at, problems);
      String name = Trees.text(container, "name");
      if (!names.add(name)) {
        problems.duplicate(at.child("name"), name);
      }
      String target = Trees.text(container, "targetContainerName");
      if (!target.isEmpty() && !others.contains(target)) {
        problems.notFound(at.child("targetContainerName"), target);
      }
      forbidden(container, at, problems);
    }
  }

  private static void forbidden(JsonNode container, FieldPath path, Problems problems) {
    for (String field : FORBIDDEN) {
      boolean given =
          LISTS.contains(field) ? !container.path(field).isEmpty() : container.has(field);
      if (given) {
        problems.forbidden(path.child(field), RULE);
      }
    }
    JsonNode mounts = container.path("volumeMounts");
    for (int i = 0; i < mounts.size(); i++) {
      for (String field : List.of("subPath", "subPathExpr")) {
        if (!Trees.text(mounts.get(i), field).isEmpty()) {
          problems.forbidden(path.child("volumeMounts").index(i).child(field), RULE);
        }
      }
    }
  }
}
