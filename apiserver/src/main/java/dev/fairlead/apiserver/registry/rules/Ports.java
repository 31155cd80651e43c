package dev.fairlead.apiserver.registry.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.schema.Enumeration;
import dev.fairlead.apiserver.registry.meta.Names;
import java.util.List;

/** Port numbers, names and protocols, wherever they stand. */
public final class Ports {
  private static final List<String> PROTOCOLS = Enumeration.valuesOf("Protocol");

  private Ports() {}

  /** A port number; a missing one is 0, which is none. */
  public static void number(JsonNode number, String path, List<FieldError> errors) {
    long port = number.asLong(0);
    if (port < 1 || port > 65_535) {
      errors.add(FieldError.invalid(path, port, "must be between 1 and 65535, inclusive"));
    }
  }

  /** The field {@code protocol} of a port. */
  public static void protocol(JsonNode port, String path, List<FieldError> errors) {
    String protocol = port.path("protocol").asText("");
    if (protocol.isEmpty()) {
      errors.add(FieldError.required(path + ".protocol", ""));
    } else if (!PROTOCOLS.contains(protocol)) {
      errors.add(FieldError.notSupported(path + ".protocol", protocol, PROTOCOLS));
    }
  }

  /** A number, or the name of a container's port. */
  public static void target(JsonNode target, String path, List<FieldError> errors) {
    if (target.isMissingNode()) {
      return;
    }
    if (target.isNumber()) {
      number(target, path, errors);
      return;
    }
    for (String why : Names.portName(target.asText())) {
      errors.add(FieldError.invalid(path, target.asText(), why));
    }
  }

  /** {@code appProtocol}: an IANA name or one with a domain. */
  public static void appProtocol(JsonNode port, String path, List<FieldError> errors) {
    if (port.has("appProtocol")) {
      String name = port.get("appProtocol").asText();
      Names.qualifiedName(name)
          .forEach(why -> errors.add(FieldError.invalid(path + ".appProtocol", name, why)));
    }
  }
}
