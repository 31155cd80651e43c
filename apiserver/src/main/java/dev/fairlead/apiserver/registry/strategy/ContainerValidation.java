package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.apiserver.registry.meta.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a container must look like (upstream {@code validateContainers}). */
final class ContainerValidation {
  private ContainerValidation() {}

  static void validate(
      JsonNode container,
      String path,
      Set<String> names,
      Set<String> volumes,
      List<FieldError> errors) {
    name(container.path("name").asText(""), path + ".name", names, errors);
    String image = container.path("image").asText("");
    if (image.isEmpty()) {
      errors.add(FieldError.required(path + ".image", ""));
    } else if (!image.equals(image.strip())) {
      errors.add(
          FieldError.invalid(
              path + ".image", image, "must not have leading or trailing whitespace"));
    }
    String pull = container.path("imagePullPolicy").asText("");
    if (!List.of("Always", "IfNotPresent", "Never").contains(pull)) {
      errors.add(
          FieldError.notSupported(
              path + ".imagePullPolicy", pull, List.of("Always", "IfNotPresent", "Never")));
    }
    ports(container.path("ports"), path + ".ports", errors);
    environment(container.path("env"), path + ".env", errors);
    mounts(container.path("volumeMounts"), path + ".volumeMounts", volumes, errors);
  }

  private static void name(String name, String path, Set<String> names, List<FieldError> errors) {
    if (name.isEmpty()) {
      errors.add(FieldError.required(path, ""));
      return;
    }
    Names.dnsLabel(name).ifPresent(why -> errors.add(FieldError.invalid(path, name, why)));
    if (!names.add(name)) {
      errors.add(FieldError.duplicate(path, name));
    }
  }

  private static void ports(JsonNode ports, String path, List<FieldError> errors) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      JsonNode port = ports.get(i);
      String where = "%s[%d]".formatted(path, i);
      String name = port.path("name").asText("");
      if (!name.isEmpty()) {
        Names.portName(name)
            .forEach(why -> errors.add(FieldError.invalid(where + ".name", name, why)));
        if (!names.add(name)) {
          errors.add(FieldError.duplicate(where + ".name", name));
        }
      }
      if (port.path("containerPort").asInt(0) == 0) {
        errors.add(FieldError.required(where + ".containerPort", ""));
      } else {
        Ports.number(port.path("containerPort"), where + ".containerPort", errors);
      }
      if (port.path("hostPort").asInt(0) != 0) {
        Ports.number(port.path("hostPort"), where + ".hostPort", errors);
      }
      Ports.protocol(port, where, errors);
    }
  }

  private static void environment(JsonNode variables, String path, List<FieldError> errors) {
    int index = 0;
    for (JsonNode variable : variables) {
      String where = "%s[%d]".formatted(path, index++);
      String name = variable.path("name").asText("");
      if (name.isEmpty()) {
        errors.add(FieldError.required(where + ".name", ""));
      } else {
        Names.environmentName(name)
            .ifPresent(why -> errors.add(FieldError.invalid(where + ".name", name, why)));
      }
      if (variable.has("valueFrom") && !variable.path("value").asText("").isEmpty()) {
        errors.add(
            FieldError.invalid(
                where + ".valueFrom", "", "may not be specified when `value` is not empty"));
      }
    }
  }

  private static void mounts(
      JsonNode mounts, String path, Set<String> volumes, List<FieldError> errors) {
    int index = 0;
    for (JsonNode mount : mounts) {
      String where = "%s[%d]".formatted(path, index++);
      String name = mount.path("name").asText("");
      if (name.isEmpty()) {
        errors.add(FieldError.required(where + ".name", ""));
      } else if (!volumes.contains(name)) {
        errors.add(
            new FieldError(
                FieldError.Reason.FieldValueNotFound,
                where + ".name",
                "Not found: \"%s\"".formatted(name)));
      }
      if (mount.path("mountPath").asText("").isEmpty()) {
        errors.add(FieldError.required(where + ".mountPath", ""));
      }
    }
  }
}
