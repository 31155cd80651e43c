package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a container may ask for beside running, which depends on where it stands: probes, hooks and
 * a restart policy of its own (upstream {@code validateInitContainers}, {@code
 * validateContainers}).
 */
final class ContainerRole {
  private static final List<String> PROBES =
      List.of("livenessProbe", "readinessProbe", "startupProbe");
  private static final List<String> HOOK_HANDLERS =
      List.of("exec", "httpGet", "tcpSocket", "sleep");
  private static final List<String> MESSAGE_POLICIES = List.of("FallbackToLogsOnError", "File");

  private ContainerRole() {}

  /**
   * Checks a container.
   *
   * @param init whether it stands among the init containers
   * @param grace the pod's {@code terminationGracePeriodSeconds}, when that is valid
   */
  static void validate(
      JsonNode container, String path, boolean init, OptionalLong grace, List<FieldError> errors) {
    messagePolicy(container, path, errors);
    String restart = container.path("restartPolicy").asText("");
    if (!init && container.has("restartPolicy")) {
      errors.add(
          FieldError.forbidden(path + ".restartPolicy", "may not be set for non-init containers"));
    }
    if (init && container.has("restartPolicy") && !restart.equals("Always")) {
      errors.add(FieldError.notSupported(path + ".restartPolicy", restart, List.of("Always")));
    }
    if (init && !restart.equals("Always")) {
      runsOnce(container, path, errors);
    } else {
      runsOn(container, path, grace, errors);
    }
  }

  private static void runsOnce(JsonNode container, String path, List<FieldError> errors) {
    for (String field : List.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe")) {
      if (container.has(field)) {
        errors.add(
            FieldError.forbidden(
                path + "." + field,
                "may not be set for init containers without restartPolicy=Always"));
      }
    }
  }

  private static void runsOn(
      JsonNode container, String path, OptionalLong grace, List<FieldError> errors) {
    for (String hook : List.of("postStart", "preStop")) {
      JsonNode handler = container.path("lifecycle").path(hook);
      if (handler.isObject()) {
        String where = path + ".lifecycle." + hook;
        HandlerValidation.validate(handler, where, HOOK_HANDLERS, grace, errors);
      }
    }
    for (String probe : PROBES) {
      ProbeValidation.validate(container.path(probe), path + "." + probe, probe, errors);
    }
  }

  static void messagePolicy(JsonNode container, String path, List<FieldError> errors) {
    String policy = container.path("terminationMessagePolicy").asText("");
    String where = path + ".terminationMessagePolicy";
    if (policy.isEmpty()) {
      errors.add(FieldError.required(where, ""));
    } else if (!MESSAGE_POLICIES.contains(policy)) {
      errors.add(FieldError.notSupported(where, policy, MESSAGE_POLICIES));
    }
  }
}
