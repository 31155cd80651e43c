package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.net.Ip;
import dev.fairlead.api.schema.Enumeration;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.Ports;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What an EndpointSlice must look like (upstream {@code pkg/apis/discovery/validation}). */
final class EndpointSliceValidation {
  private static final int ENDPOINTS_MAX = 1_000;
  private static final int ADDRESSES_MAX = 100;
  private static final int PORTS_MAX = 20_000;
  private static final int HINTS_MAX = 8;
  private static final List<String> TYPES = Enumeration.valuesOf("AddressType");

  private EndpointSliceValidation() {}

  static List<FieldError> validate(JsonNode slice) {
    List<FieldError> errors = new ArrayList<>();
    String type = slice.path("addressType").asText("");
    if (type.isEmpty()) {
      errors.add(FieldError.required("addressType", ""));
    } else if (!TYPES.contains(type)) {
      errors.add(FieldError.notSupported("addressType", type, TYPES));
    }
    JsonNode endpoints = slice.path("endpoints");
    if (fits("endpoints", endpoints, ENDPOINTS_MAX, errors)) {
      for (int i = 0; i < endpoints.size(); i++) {
        endpoint(endpoints.get(i), type, "endpoints[%d]".formatted(i), errors);
      }
    }
    if (fits("ports", slice.path("ports"), PORTS_MAX, errors)) {
      ports(slice.path("ports"), errors);
    }
    return errors;
  }

  private static void endpoint(
      JsonNode endpoint, String type, String path, List<FieldError> errors) {
    JsonNode addresses = endpoint.path("addresses");
    if (addresses.isEmpty()) {
      errors.add(FieldError.required(path + ".addresses", "must contain at least 1 address"));
    } else if (fits(path + ".addresses", addresses, ADDRESSES_MAX, errors)) {
      for (int i = 0; i < addresses.size(); i++) {
        address(addresses.get(i).asText(), type, "%s.addresses[%d]".formatted(path, i), errors);
      }
    }
    EndpointAddresses.nodeName(endpoint, path, errors);
    if (endpoint.has("hostname")) {
      String host = endpoint.get("hostname").asText();
      Names.dnsLabel(host)
          .forEach(why -> errors.add(FieldError.invalid(path + ".hostname", host, why)));
    }
    hints(endpoint.path("hints").path("forZones"), path + ".hints.forZones", errors);
  }

  private static void address(String address, String type, String path, List<FieldError> errors) {
    switch (type) {
      case "IPv4", "IPv6" -> {
        if (Ip.parseLegacy(address).filter(ip -> ip.family().name().equals(type)).isEmpty()) {
          errors.add(
              FieldError.invalid(path, address, "must be a valid %s address".formatted(type)));
        }
        EndpointAddresses.notSpecial(address, path, errors);
      }
      case "FQDN" -> domain(address, path, errors);
      default -> {}
    }
  }

  /** At least two labels; a last dot is allowed. */
  private static void domain(String name, String path, List<FieldError> errors) {
    if (name.isEmpty()) {
      errors.add(FieldError.required(path, ""));
      return;
    }
    String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    List<String> wrong = Names.dnsSubdomain(bare);
    wrong.forEach(why -> errors.add(FieldError.invalid(path, bare, why)));
    if (wrong.isEmpty() && !bare.contains(".")) {
      errors.add(
          FieldError.invalid(
              path, bare, "should be a domain with at least two segments separated by dots"));
    }
  }

  private static void hints(JsonNode zones, String path, List<FieldError> errors) {
    if (!fits(path, zones, HINTS_MAX, errors)) {
      return;
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < zones.size(); i++) {
      String zone = zones.get(i).path("name").asText("");
      String at = "%s[%d].name".formatted(path, i);
      if (!seen.add(zone)) {
        errors.add(FieldError.duplicate(at, zone));
      } else if (zone.isEmpty()) {
        errors.add(FieldError.required(at, ""));
      } else {
        Names.labelValue(zone).forEach(why -> errors.add(FieldError.invalid(at, zone, why)));
      }
    }
  }

  private static void ports(JsonNode ports, List<FieldError> errors) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      String path = "ports[%d]".formatted(i);
      String name = ports.get(i).path("name").asText("");
      if (!name.isEmpty()) {
        Names.dnsLabel(name)
            .forEach(why -> errors.add(FieldError.invalid(path + ".name", name, why)));
      }
      if (!names.add(name)) {
        errors.add(FieldError.duplicate(path + ".name", name));
      }
      Ports.protocol(ports.get(i), path, errors);
      if (ports.get(i).has("port")) {
        Ports.number(ports.get(i).path("port"), path + ".port", errors);
      }
      Ports.appProtocol(ports.get(i), path, errors);
    }
  }

  private static boolean fits(String path, JsonNode list, int max, List<FieldError> errors) {
    if (list.size() > max) {
      errors.add(FieldError.tooMany(path, list.size(), max));
    }
    return list.size() <= max;
  }
}
