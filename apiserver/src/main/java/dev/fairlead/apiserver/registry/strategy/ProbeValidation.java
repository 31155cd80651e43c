package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import java.util.List;
import java.util.OptionalLong;

/** What a probe must look like (upstream {@code validateProbe} and what is around it). */
final class ProbeValidation {
  private static final List<String> HANDLERS = List.of("exec", "httpGet", "tcpSocket", "grpc");
  private static final List<String> NUMBERS =
      List.of(
          "initialDelaySeconds",
          "timeoutSeconds",
          "periodSeconds",
          "successThreshold",
          "failureThreshold");
  private static final String GRACE = "terminationGracePeriodSeconds";

  private ProbeValidation() {}

  static void validate(JsonNode probe, String path, String kind, List<FieldError> errors) {
    if (!probe.isObject()) {
      return;
    }
    HandlerValidation.validate(probe, path, HANDLERS, OptionalLong.empty(), errors);
    for (String field : NUMBERS) {
      if (probe.path(field).asLong(0) < 0) {
        errors.add(
            FieldError.invalid(
                path + "." + field, probe.path(field), "must be greater than or equal to 0"));
      }
    }
    if (probe.path(GRACE).isNumber() && probe.path(GRACE).asLong() <= 0) {
      errors.add(
          FieldError.invalid(path + "." + GRACE, probe.path(GRACE), "must be greater than 0"));
    }
    if (!kind.equals("readinessProbe")) {
      once(probe, path, errors);
    } else if (probe.path(GRACE).isNumber()) {
      errors.add(
          FieldError.invalid(
              path + "." + GRACE, probe.path(GRACE), "must not be set for readinessProbes"));
    }
  }

  private static void once(JsonNode probe, String path, List<FieldError> errors) {
    if (probe.path("successThreshold").asInt(1) != 1) {
      errors.add(
          FieldError.invalid(
              path + ".successThreshold", probe.path("successThreshold"), "must be 1"));
    }
  }
}
