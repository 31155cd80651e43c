package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.List;
import java.util.function.BiConsumer;

/** What a pod may say depends on the operating system that it asks for. */
final class OsRules {
  private static final String NOT_LINUX = "windows options cannot be set for a linux pod";
  private static final String NOT_WINDOWS = "cannot be set for a windows pod";
  private static final List<String> CONTAINERS =
      List.of("initContainers", "containers", "ephemeralContainers");
  private static final List<String> POD_CONTEXT =
      List.of(
          "appArmorProfile",
          "seLinuxOptions",
          "seccompProfile",
          "fsGroup",
          "fsGroupChangePolicy",
          "sysctls",
          "runAsUser",
          "runAsGroup",
          "supplementalGroups",
          "supplementalGroupsPolicy",
          "seLinuxChangePolicy");
  private static final List<String> CONTEXT =
      List.of(
          "appArmorProfile",
          "seLinuxOptions",
          "seccompProfile",
          "capabilities",
          "readOnlyRootFilesystem",
          "privileged",
          "allowPrivilegeEscalation",
          "procMount",
          "runAsUser",
          "runAsGroup");

  private OsRules() {}

  static void validate(JsonNode spec, FieldPath path, Problems problems) {
    if (!spec.has("os")) {
      return;
    }
    switch (Trees.text(spec.path("os"), "name")) {
      case "linux" -> linux(spec, path, problems);
      case "windows" -> windows(spec, path, problems);
      case "" -> problems.required(path.child("os.name"), "cannot be empty");
      default ->
          problems.unsupported(
              path.child("os"), Trees.text(spec.path("os"), "name"), List.of("linux", "windows"));
    }
  }

  private static void linux(JsonNode spec, FieldPath path, Problems problems) {
    if (spec.path("securityContext").has("windowsOptions")) {
      problems.forbidden(path.child("securityContext.windowsOptions"), NOT_LINUX);
    }
    contexts(
        spec,
        path,
        (context, at) -> {
          if (context.has("windowsOptions")) {
            problems.forbidden(at.child("windowsOptions"), NOT_LINUX);
          }
        });
  }

  private static void windows(JsonNode spec, FieldPath path, Problems problems) {
    for (String field : POD_CONTEXT) {
      if (spec.path("securityContext").has(field)) {
        problems.forbidden(path.child("securityContext").child(field), NOT_WINDOWS);
      }
    }
    for (String field : List.of("hostUsers", "shareProcessNamespace")) {
      if (spec.has(field)) {
        problems.forbidden(path.child(field), NOT_WINDOWS);
      }
    }
    for (String field : List.of("hostPID", "hostIPC")) {
      if (spec.path(field).asBoolean(false)) {
        problems.forbidden(path.child(field), NOT_WINDOWS);
      }
    }
    contexts(
        spec,
        path,
        (context, at) ->
            CONTEXT.stream()
                .filter(context::has)
                .forEach(field -> problems.forbidden(at.child(field), NOT_WINDOWS)));
  }

  /** Every container's security context that is given, with its path. */
  static void contexts(JsonNode spec, FieldPath path, BiConsumer<JsonNode, FieldPath> each) {
    for (String list : CONTAINERS) {
      for (int i = 0; i < spec.path(list).size(); i++) {
        JsonNode context = spec.path(list).get(i).path("securityContext");
        if (!context.isEmpty()) {
          each.accept(context, path.child(list).index(i).child("securityContext"));
        }
      }
    }
  }
}
