package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.schema.Enumeration;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.List;
import java.util.regex.Pattern;

/** What the handler of a probe or a hook must look like (upstream {@code validateHandler}). */
final class HandlerRules {
  private static final List<String> HOOK_KINDS = List.of("exec", "httpGet", "tcpSocket", "sleep");
  private static final List<String> PROBE_KINDS = List.of("exec", "httpGet", "tcpSocket", "grpc");
  private static final List<String> SCHEMES = Enumeration.valuesOf("URIScheme");
  private static final Pattern HEADER_NAME = Pattern.compile("[-A-Za-z0-9]+");
  private static final String HEADER_RULE =
      "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name',"
          + " regex used for validation is '[-A-Za-z0-9]+')";

  private HandlerRules() {}

  /**
   * Checks a hook.
   *
   * @param graceSeconds the pod's own, which a sleep must fit in
   */
  static void hook(JsonNode handler, long graceSeconds, FieldPath path, Problems problems) {
    one(handler, HOOK_KINDS, graceSeconds, path, problems);
  }

  static void probe(JsonNode probe, FieldPath path, Problems problems) {
    one(probe, PROBE_KINDS, 0, path, problems);
  }

  private static void one(
      JsonNode handler, List<String> kinds, long grace, FieldPath path, Problems problems) {
    boolean found = false;
    for (String kind : kinds) {
      if (!handler.has(kind)) {
        continue;
      }
      if (found) {
        problems.forbidden(path.child(kind), "may not specify more than 1 handler type");
        continue;
      }
      found = true;
      action(kind, handler.path(kind), grace, path.child(kind), problems);
    }
    if (!found) {
      problems.required(path, "must specify a handler type");
    }
  }

  private static void action(
      String kind, JsonNode action, long grace, FieldPath path, Problems problems) {
    switch (kind) {
      case "exec" -> {
        if (action.path("command").isEmpty()) {
          problems.required(path.child("command"));
        }
      }
      case "httpGet" -> httpGet(action, path, problems);
      case "tcpSocket" -> port(action.path("port"), path.child("port"), problems);
      case "grpc" -> number(action.path("port"), path.child("port"), problems);
      case "sleep" -> sleep(action.path("seconds"), grace, path, problems);
      default -> throw new IllegalArgumentException("no such handler: " + kind);
    }
  }

  private static void httpGet(JsonNode get, FieldPath path, Problems problems) {
    if (Trees.text(get, "path").isEmpty()) {
      problems.required(path.child("path"));
    }
    port(get.path("port"), path.child("port"), problems);
    problems.oneOf(path.child("scheme"), Trees.text(get, "scheme"), SCHEMES);
    for (JsonNode header : get.path("httpHeaders")) {
      String name = Trees.text(header, "name");
      if (!HEADER_NAME.matcher(name).matches()) {
        problems.invalid(path.child("httpHeaders"), name, HEADER_RULE);
      }
    }
  }

  /** A number, or the name of one of the container's ports; a missing one is 0. */
  private static void port(JsonNode port, FieldPath path, Problems problems) {
    if (port.isTextual()) {
      for (String why : Names.portName(port.asText())) {
        problems.invalid(path, port.asText(), why);
      }
    } else {
      number(port, path, problems);
    }
  }

  private static void number(JsonNode port, FieldPath path, Problems problems) {
    long number = port.asLong(0);
    if (number < 1 || number > ContainerPortRules.MAX) {
      problems.invalid(path, number, "must be between 1 and 65535, inclusive");
    }
  }

  private static void sleep(JsonNode seconds, long grace, FieldPath path, Problems problems) {
    long value = seconds.asLong(0);
    if (value < 0 || value > grace) {
      problems.invalid(
          path,
          value,
          "must be non-negative and less than terminationGracePeriodSeconds (%d)".formatted(grace));
    }
  }
}
