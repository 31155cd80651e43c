package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.allocation.ServiceNeeds;
import dev.fairlead.apiserver.registry.meta.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The ports of a Service. */
final class ServicePorts {
  private ServicePorts() {}

  static void validate(JsonNode spec, List<FieldError> errors) {
    JsonNode ports = spec.path("ports");
    Set<String> names = new HashSet<>();
    Set<String> numbers = new HashSet<>();
    Set<String> nodePorts = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      JsonNode port = ports.get(i);
      String path = "spec.ports[%d]".formatted(i);
      name(port, path, ports.size() > 1, names, errors);
      Ports.number(port.path("port"), path + ".port", errors);
      Ports.protocol(port, path, errors);
      Ports.target(port.path("targetPort"), path + ".targetPort", errors);
      nodePort(spec, port, path, nodePorts, errors);
      String key = port.path("port").asText() + "/" + port.path("protocol").asText();
      if (!numbers.add(key)) {
        errors.add(FieldError.duplicate(path, shown(port)));
      }
    }
  }

  private static void name(
      JsonNode port, String path, boolean required, Set<String> names, List<FieldError> errors) {
    String name = port.path("name").asText("");
    if (name.isEmpty()) {
      if (required) {
        errors.add(FieldError.required(path + ".name", ""));
      }
      return;
    }
    Names.dnsLabel(name)
        .ifPresent(why -> errors.add(FieldError.invalid(path + ".name", name, why)));
    if (!names.add(name)) {
      errors.add(FieldError.duplicate(path + ".name", name));
    }
  }

  private static void nodePort(
      JsonNode spec, JsonNode port, String path, Set<String> seen, List<FieldError> errors) {
    int number = port.path("nodePort").asInt(0);
    if (number == 0) {
      return;
    }
    if (!ServiceNeeds.mayHaveNodePorts(spec)) {
      errors.add(
          FieldError.forbidden(
              path + ".nodePort",
              "may not be used when `type` is '%s'".formatted(ServiceNeeds.type(spec))));
    }
    if (!seen.add(number + "/" + port.path("protocol").asText())) {
      errors.add(FieldError.duplicate(path + ".nodePort", number));
    }
  }

  /** A port as an error shows it. */
  private static JsonNode shown(JsonNode port) {
    return Json.object()
        .put("protocol", port.path("protocol").asText())
        .put("port", port.path("port").asInt());
  }
}
