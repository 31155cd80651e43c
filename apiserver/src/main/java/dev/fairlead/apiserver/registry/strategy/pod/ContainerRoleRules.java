package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The lists of containers that start with the pod, and what depends on the list: names, ports of
 * the host, probes, hooks and a restart policy of its own (upstream {@code validateContainers},
 * {@code validateInitContainers}).
 */
final class ContainerRoleRules {
  private static final List<String> PROBES =
      List.of("livenessProbe", "readinessProbe", "startupProbe");
  private static final List<String> RUNNING_ONLY =
      List.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe");

  private ContainerRoleRules() {}

  /** The containers that run; adds their names. */
  static void running(
      JsonNode containers, PodScope pod, Set<String> names, FieldPath path, Problems problems) {
    if (containers.isEmpty()) {
      problems.required(path);
    }
    for (int i = 0; i < containers.size(); i++) {
      JsonNode container = containers.get(i);
      FieldPath at = path.index(i);
      ContainerRules.validate(container, pod, at, problems);
      once(container, names, at, problems);
      runsOn(container, pod, at, problems);
      if (container.has("restartPolicy")) {
        problems.forbidden(at.child("restartPolicy"), "may not be set for non-init containers");
      }
    }
    Set<String> hostPorts = new HashSet<>();
    for (int i = 0; i < containers.size(); i++) {
      ContainerPortRules.conflicts(containers.get(i), hostPorts, path.index(i), problems);
    }
  }

  /** The containers that run before; one after the other, unless they stay. */
  static void init(
      JsonNode containers, PodScope pod, Set<String> names, FieldPath path, Problems problems) {
    for (int i = 0; i < containers.size(); i++) {
      JsonNode container = containers.get(i);
      FieldPath at = path.index(i);
      ContainerRules.validate(container, pod, at, problems);
      if (container.has("restartPolicy")) {
        problems.oneOf(
            at.child("restartPolicy"), Trees.text(container, "restartPolicy"), List.of("Always"));
      }
      once(container, names, at, problems);
      // As upstream, which looks at one such container at a time.
      ContainerPortRules.conflicts(container, new HashSet<>(), path.index(0), problems);
      if (Trees.text(container, "restartPolicy").equals("Always")) {
        runsOn(container, pod, at, problems);
      } else {
        runsOnce(container, at, problems);
      }
    }
  }

  private static void once(
      JsonNode container, Set<String> names, FieldPath path, Problems problems) {
    String name = Trees.text(container, "name");
    if (!name.isEmpty() && !names.add(name)) {
      problems.duplicate(path.child("name"), name);
    }
  }

  private static void runsOnce(JsonNode container, FieldPath path, Problems problems) {
    for (String field : RUNNING_ONLY) {
      if (container.has(field)) {
        problems.forbidden(
            path.child(field), "may not be set for init containers without restartPolicy=Always");
      }
    }
  }

  private static void runsOn(JsonNode container, PodScope pod, FieldPath path, Problems problems) {
    for (String hook : List.of("postStart", "preStop")) {
      JsonNode handler = container.path("lifecycle").path(hook);
      if (handler.isObject()) {
        HandlerRules.hook(
            handler, pod.graceSeconds(), path.child("lifecycle").child(hook), problems);
      }
    }
    for (String probe : PROBES) {
      if (container.has(probe)) {
        ProbeRules.validate(container.path(probe), probe, path.child(probe), problems);
      }
    }
  }
}
