package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.Ports;
import java.util.List;

/** Where an Ingress sends a request: a port of a Service, or some other object. */
final class IngressBackends {
  private IngressBackends() {}

  static void validate(JsonNode backend, String path, List<FieldError> errors) {
    boolean resource = backend.has("resource");
    boolean service = backend.has("service");
    if (resource && service) {
      errors.add(FieldError.invalid(path, "", "cannot set both resource and service backends"));
    } else if (resource) {
      References.typedLocal(backend.get("resource"), path + ".resource", errors);
    } else if (service) {
      service(backend.get("service"), path, errors);
    } else {
      errors.add(FieldError.invalid(path, "", "resource or service backend is required"));
    }
  }

  private static void service(JsonNode service, String path, List<FieldError> errors) {
    String name = service.path("name").asText("");
    if (name.isEmpty()) {
      errors.add(FieldError.required(path + ".service.name", ""));
    } else {
      Names.dns1035Label(name)
          .forEach(why -> errors.add(FieldError.invalid(path + ".service.name", name, why)));
    }
    String port = service.path("port").path("name").asText("");
    JsonNode number = service.path("port").path("number");
    boolean numbered = number.asInt(0) != 0;
    if (!port.isEmpty() && numbered) {
      errors.add(FieldError.invalid(path, "", "cannot set both port name & port number"));
    } else if (!port.isEmpty()) {
      Names.portName(port)
          .forEach(why -> errors.add(FieldError.invalid(path + ".service.port.name", port, why)));
    } else if (numbered) {
      Ports.number(number, path + ".service.port.number", errors);
    } else {
      errors.add(FieldError.required(path, "port name or number is required"));
    }
  }
}
