package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import java.util.List;
import java.util.OptionalLong;

/** What the handler of a probe or a hook must look like (upstream {@code validateHandler}). */
final class HandlerValidation {
  private static final List<String> SCHEMES = List.of("HTTP", "HTTPS");
  private static final String HEADER_NAME = "[-A-Za-z0-9]+";
  private static final String HEADER_RULE =
      "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name',"
          + " regex used for validation is '[-A-Za-z0-9]+')";

  private HandlerValidation() {}

  /**
   * Checks a handler.
   *
   * @param kinds the handlers that may stand here, in upstream's order
   * @param grace the pod's own, which a sleep must fit in
   */
  static void validate(
      JsonNode handler,
      String path,
      List<String> kinds,
      OptionalLong grace,
      List<FieldError> errors) {
    boolean found = false;
    for (String kind : kinds) {
      String where = path + "." + kind;
      if (handler.has(kind) && found) {
        errors.add(FieldError.forbidden(where, "may not specify more than 1 handler type"));
      } else if (handler.has(kind)) {
        found = true;
        one(kind, handler.path(kind), where, grace, errors);
      }
    }
    if (!found) {
      errors.add(FieldError.required(path, "must specify a handler type"));
    }
  }

  private static void one(
      String kind, JsonNode action, String path, OptionalLong grace, List<FieldError> errors) {
    switch (kind) {
      case "exec" -> {
        if (action.path("command").isEmpty()) {
          errors.add(FieldError.required(path + ".command", ""));
        }
      }
      case "httpGet" -> httpGet(action, path, errors);
      case "tcpSocket" -> Ports.target(action.path("port"), path + ".port", errors);
      case "grpc" -> Ports.number(action.path("port"), path + ".port", errors);
      case "sleep" -> sleep(action.path("seconds"), path, grace, errors);
      default -> throw new IllegalArgumentException("no such handler: " + kind);
    }
  }

  private static void httpGet(JsonNode get, String path, List<FieldError> errors) {
    if (get.path("path").asText("").isEmpty()) {
      errors.add(FieldError.required(path + ".path", ""));
    }
    Ports.target(get.path("port"), path + ".port", errors);
    String scheme = get.path("scheme").asText("");
    if (!SCHEMES.contains(scheme)) {
      errors.add(FieldError.notSupported(path + ".scheme", scheme, SCHEMES));
    }
    for (JsonNode header : get.path("httpHeaders")) {
      String name = header.path("name").asText("");
      if (!name.matches(HEADER_NAME)) {
        errors.add(FieldError.invalid(path + ".httpHeaders", name, HEADER_RULE));
      }
    }
  }

  private static void sleep(
      JsonNode seconds, String path, OptionalLong grace, List<FieldError> errors) {
    long value = seconds.asLong(0);
    if (grace.isPresent() && (value < 0 || value > grace.getAsLong())) {
      errors.add(
          FieldError.invalid(
              path,
              value,
              "must be non-negative and less than terminationGracePeriodSeconds (%d)"
                  .formatted(grace.getAsLong())));
    }
  }
}
