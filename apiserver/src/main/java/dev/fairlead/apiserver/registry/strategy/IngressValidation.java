package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.net.Ip;
import dev.fairlead.api.schema.Enumeration;
import dev.fairlead.apiserver.registry.meta.Names;
import java.util.ArrayList;
import java.util.List;

/**
 * What an Ingress's spec must look like (upstream {@code pkg/apis/networking/validation}, {@code
 * ValidateIngressSpec}).
 */
final class IngressValidation {
  private static final List<String> PATH_TYPES = Enumeration.valuesOf("PathType");
  private static final List<String> BAD_SEQUENCES = List.of("//", "/./", "/../", "%2f", "%2F");
  private static final List<String> BAD_SUFFIXES = List.of("/..", "/.");

  private IngressValidation() {}

  static List<FieldError> spec(JsonNode spec) {
    List<FieldError> errors = new ArrayList<>();
    if (spec.path("rules").isEmpty() && !spec.has("defaultBackend")) {
      JsonNode shown = spec.has("rules") ? spec.get("rules") : NullNode.instance;
      errors.add(
          FieldError.invalid(
              "spec", shown, "either `defaultBackend` or `rules` must be specified"));
    }
    if (spec.has("defaultBackend")) {
      IngressBackends.validate(spec.get("defaultBackend"), "spec.defaultBackend", errors);
    }
    int rule = 0;
    for (JsonNode each : spec.path("rules")) {
      rule(each, "spec.rules[%d]".formatted(rule++), errors);
    }
    int tls = 0;
    for (JsonNode each : spec.path("tls")) {
      tls(each, "spec.tls[%d]".formatted(tls++), errors);
    }
    if (spec.has("ingressClassName")) {
      String name = spec.get("ingressClassName").asText();
      Names.dnsSubdomain(name)
          .forEach(why -> errors.add(FieldError.invalid("spec.ingressClassName", name, why)));
    }
    return errors;
  }

  private static void rule(JsonNode rule, String path, List<FieldError> errors) {
    String host = rule.path("host").asText("");
    if (!host.isEmpty()) {
      if (Ip.parseLegacy(host).isPresent()) {
        errors.add(
            FieldError.invalid(path + ".host", host, "must be a DNS name, not an IP address"));
      }
      host(host, path + ".host", errors);
    }
    if (!rule.has("http")) {
      return;
    }
    JsonNode paths = rule.get("http").path("paths");
    if (paths.isEmpty()) {
      errors.add(FieldError.required(path + ".http.paths", ""));
    }
    int index = 0;
    for (JsonNode each : paths) {
      path(each, "%s.http.paths[%d]".formatted(path, index++), errors);
    }
  }

  private static void tls(JsonNode tls, String path, List<FieldError> errors) {
    int index = 0;
    for (JsonNode host : tls.path("hosts")) {
      host(host.asText(), "%s.hosts[%d]".formatted(path, index++), errors);
    }
    String secret = tls.path("secretName").asText("");
    if (!secret.isEmpty()) {
      Names.dnsSubdomain(secret)
          .forEach(why -> errors.add(FieldError.invalid(path + ".secretName", secret, why)));
    }
  }

  private static void host(String host, String path, List<FieldError> errors) {
    (host.contains("*") ? Names.wildcardSubdomain(host) : Names.dnsSubdomain(host))
        .forEach(why -> errors.add(FieldError.invalid(path, host, why)));
  }

  private static void path(JsonNode http, String at, List<FieldError> errors) {
    if (!http.has("pathType")) {
      errors.add(FieldError.required(at + ".pathType", "pathType must be specified"));
      return;
    }
    String type = http.get("pathType").asText();
    String path = http.path("path").asText("");
    switch (type) {
      case "Exact", "Prefix" -> strictPath(path, at + ".path", errors);
      case "ImplementationSpecific" -> {
        if (!path.isEmpty() && !path.startsWith("/")) {
          errors.add(FieldError.invalid(at + ".path", path, "must be an absolute path"));
        }
      }
      default -> errors.add(FieldError.notSupported(at + ".pathType", type, PATH_TYPES));
    }
    IngressBackends.validate(http.path("backend"), at + ".backend", errors);
  }

  private static void strictPath(String path, String at, List<FieldError> errors) {
    if (!path.startsWith("/")) {
      errors.add(FieldError.invalid(at, path, "must be an absolute path"));
    }
    for (String bad : BAD_SEQUENCES) {
      if (path.contains(bad)) {
        errors.add(FieldError.invalid(at, path, "must not contain '%s'".formatted(bad)));
      }
    }
    for (String bad : BAD_SUFFIXES) {
      if (path.endsWith(bad)) {
        errors.add(FieldError.invalid(at, path, "cannot end with '%s'".formatted(bad)));
      }
    }
  }
}
