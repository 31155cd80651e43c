package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.apiserver.registry.meta.MetaValidation;
import dev.fairlead.apiserver.registry.meta.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** What a pod's spec must look like (upstream {@code ValidatePodSpec}). */
final class PodValidation {
  private PodValidation() {}

  static List<FieldError> spec(JsonNode spec, String path) {
    List<FieldError> errors = new ArrayList<>();
    Set<String> volumes = volumes(spec, path, errors);
    Set<String> names = new HashSet<>();
    if (spec.path("containers").isEmpty()) {
      errors.add(FieldError.required(path + ".containers", ""));
    }
    for (String list : List.of("initContainers", "containers")) {
      for (int i = 0; i < spec.path(list).size(); i++) {
        String where = "%s.%s[%d]".formatted(path, list, i);
        JsonNode container = spec.path(list).get(i);
        ContainerValidation.validate(container, where, names, volumes, errors);
        ContainerRole.validate(
            container, where, list.equals("initContainers"), grace(spec), errors);
      }
    }
    EphemeralContainers.validate(spec, path, names, volumes, errors);
    supported(spec, path, "restartPolicy", List.of("Always", "OnFailure", "Never"), errors);
    supported(
        spec,
        path,
        "dnsPolicy",
        List.of("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"),
        errors);
    DnsConfigValidation.validate(spec, path, errors);
    errors.addAll(MetaValidation.labels(spec.path("nodeSelector"), path + ".nodeSelector"));
    name(spec, path, "serviceAccountName", Names::dnsSubdomain, errors);
    name(spec, path, "nodeName", Names::dnsSubdomain, errors);
    name(spec, path, "hostname", Names::dnsLabel, errors);
    name(spec, path, "subdomain", Names::dnsLabel, errors);
    JsonNode deadline = spec.path("activeDeadlineSeconds");
    if (deadline.isNumber() && (deadline.asLong() < 1 || deadline.asLong() > Integer.MAX_VALUE)) {
      errors.add(
          FieldError.invalid(
              path + ".activeDeadlineSeconds",
              deadline,
              "must be between 1 and 2147483647, inclusive"));
    }
    if (spec.path("terminationGracePeriodSeconds").asLong(0) < 0) {
      errors.add(
          FieldError.invalid(
              path + ".terminationGracePeriodSeconds",
              spec.path("terminationGracePeriodSeconds"),
              "must be greater than or equal to 0"));
    }
    return errors;
  }

  private static OptionalLong grace(JsonNode spec) {
    long seconds = spec.path("terminationGracePeriodSeconds").asLong(0);
    return seconds < 0 ? OptionalLong.empty() : OptionalLong.of(seconds);
  }

  private static Set<String> volumes(JsonNode spec, String path, List<FieldError> errors) {
    Set<String> names = new HashSet<>();
    int index = 0;
    for (JsonNode volume : spec.path("volumes")) {
      String where = "%s.volumes[%d].name".formatted(path, index++);
      String name = volume.path("name").asText("");
      if (name.isEmpty()) {
        errors.add(FieldError.required(where, ""));
        continue;
      }
      Names.dnsLabel(name).ifPresent(why -> errors.add(FieldError.invalid(where, name, why)));
      if (!names.add(name)) {
        errors.add(FieldError.duplicate(where, name));
      }
    }
    return names;
  }

  private static void supported(
      JsonNode spec, String path, String field, List<String> values, List<FieldError> errors) {
    String value = spec.path(field).asText("");
    if (value.isEmpty()) {
      errors.add(FieldError.required(path + "." + field, ""));
    } else if (!values.contains(value)) {
      errors.add(FieldError.notSupported(path + "." + field, value, values));
    }
  }

  private static void name(
      JsonNode spec, String path, String field, Names.Rule rule, List<FieldError> errors) {
    String value = spec.path(field).asText("");
    if (!value.isEmpty()) {
      rule.check(value)
          .ifPresent(why -> errors.add(FieldError.invalid(path + "." + field, value, why)));
    }
  }
}
