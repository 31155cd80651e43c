package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.allocation.ServiceNeeds;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.Ports;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The ports of a Service. */
final class ServicePorts {
  private ServicePorts() {}

  /** Each port by itself. */
  static void each(JsonNode spec, List<FieldError> errors) {
    JsonNode ports = spec.path("ports");
    Set<String> names = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      JsonNode port = ports.get(i);
      String path = "spec.ports[%d]".formatted(i);
      name(port, path, ports.size() > 1, names, errors);
      Ports.number(port.path("port"), path + ".port", errors);
      Ports.protocol(port, path, errors);
      Ports.target(port.path("targetPort"), path + ".targetPort", errors);
      Ports.appProtocol(port, path, errors);
    }
  }

  /** What the ports must not have in common. */
  static void together(JsonNode spec, List<FieldError> errors) {
    JsonNode ports = spec.path("ports");
    if (!ServiceNeeds.mayHaveNodePorts(spec)) {
      for (int i = 0; i < ports.size(); i++) {
        if (ports.get(i).path("nodePort").asInt(0) != 0) {
          errors.add(
              FieldError.forbidden(
                  "spec.ports[%d].nodePort".formatted(i),
                  "may not be used when `type` is '%s'".formatted(ServiceNeeds.type(spec))));
        }
      }
    }
    Set<String> nodePorts = new HashSet<>();
    Set<String> numbers = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      int number = ports.get(i).path("nodePort").asInt(0);
      if (number != 0 && !nodePorts.add(number + "/" + protocol(ports.get(i)))) {
        errors.add(FieldError.duplicate("spec.ports[%d].nodePort".formatted(i), number));
      }
    }
    for (int i = 0; i < ports.size(); i++) {
      if (!numbers.add(ports.get(i).path("port").asText() + "/" + protocol(ports.get(i)))) {
        errors.add(FieldError.duplicate("spec.ports[%d]".formatted(i), shown(ports.get(i))));
      }
    }
  }

  private static String protocol(JsonNode port) {
    return port.path("protocol").asText();
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
    Names.dnsLabel(name).forEach(why -> errors.add(FieldError.invalid(path + ".name", name, why)));
    if (!names.add(name)) {
      errors.add(FieldError.duplicate(path + ".name", name));
    }
  }

  /** A port as an error shows it. */
  private static JsonNode shown(JsonNode port) {
    return Json.object()
        .put("protocol", port.path("protocol").asText())
        .put("port", port.path("port").asInt());
  }
}
