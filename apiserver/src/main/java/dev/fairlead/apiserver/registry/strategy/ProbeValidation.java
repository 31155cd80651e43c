package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import java.util.List;

/** What a probe must look like. */
final class ProbeValidation {
  private static final List<String> HANDLERS = List.of("exec", "httpGet", "tcpSocket", "grpc");

  private ProbeValidation() {}

  static void validate(JsonNode probe, String path, String kind, List<FieldError> errors) {
    if (!probe.isObject()) {
      return;
    }
    List<String> given = HANDLERS.stream().filter(probe::has).toList();
    if (given.isEmpty()) {
      errors.add(FieldError.required(path, "must specify a handler type"));
    }
    given.stream()
        .skip(1)
        .forEach(handler ->
            errors.add(
                FieldError.forbidden(
                    path + "." + handler, "may not specify more than 1 handler type")));
    for (String field :
        List.of(
            "initialDelaySeconds",
            "timeoutSeconds",
            "periodSeconds",
            "successThreshold",
            "failureThreshold")) {
      if (probe.path(field).asLong(0) < 0) {
        errors.add(
            FieldError.invalid(
                path + "." + field, probe.path(field), "must be greater than or equal to 0"));
      }
    }
    if (!kind.equals("readinessProbe") && probe.path("successThreshold").asInt(1) != 1) {
      errors.add(
          FieldError.invalid(
              path + ".successThreshold", probe.path("successThreshold"), "must be 1"));
    }
    if (probe.has("httpGet")) {
      Ports.target(probe.path("httpGet").path("port"), path + ".httpGet.port", errors);
    }
    if (probe.has("tcpSocket")) {
      Ports.target(probe.path("tcpSocket").path("port"), path + ".tcpSocket.port", errors);
    }
  }
}
