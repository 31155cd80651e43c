package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.apiserver.allocation.Ipv4;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import java.util.ArrayList;
import java.util.List;

/** Endpoints. */
final class EndpointsStrategy implements Strategy {
  @Override
  public ResourceType type() {
    return Kinds.ENDPOINTS;
  }

  @Override
  public void defaults(ObjectNode endpoints) {
    for (JsonNode subset : endpoints.path("subsets")) {
      for (JsonNode port : subset.path("ports")) {
        if (port instanceof ObjectNode each) {
          Defaults.put(each, "protocol", "TCP");
        }
      }
    }
  }

  @Override
  public List<FieldError> validateCreate(Document endpoints) {
    List<FieldError> errors = new ArrayList<>();
    int index = 0;
    for (JsonNode subset : endpoints.tree().path("subsets")) {
      subset(subset, "subsets[%d]".formatted(index++), errors);
    }
    return errors;
  }

  @Override
  public List<FieldError> validateUpdate(Document endpoints, Document old) {
    boolean same = Trees.same(endpoints.tree().path("subsets"), old.tree().path("subsets"));
    return same ? List.of() : validateCreate(endpoints);
  }

  @Override
  public boolean createsOnUpdate() {
    return true;
  }

  private static void subset(JsonNode subset, String path, List<FieldError> errors) {
    if (subset.path("addresses").isEmpty() && subset.path("notReadyAddresses").isEmpty()) {
      errors.add(FieldError.required(path, "must specify `addresses` or `notReadyAddresses`"));
    }
    for (String list : List.of("addresses", "notReadyAddresses")) {
      int index = 0;
      for (JsonNode address : subset.path(list)) {
        address(
            address.path("ip").asText(""), "%s.%s[%d].ip".formatted(path, list, index++), errors);
      }
    }
    JsonNode ports = subset.path("ports");
    for (int i = 0; i < ports.size(); i++) {
      String where = "%s.ports[%d]".formatted(path, i);
      String name = ports.get(i).path("name").asText("");
      if (name.isEmpty() && ports.size() > 1) {
        errors.add(FieldError.required(where + ".name", ""));
      } else if (!name.isEmpty()) {
        Names.dnsLabel(name)
            .ifPresent(why -> errors.add(FieldError.invalid(where + ".name", name, why)));
      }
      Ports.number(ports.get(i).path("port"), where + ".port", errors);
      Ports.protocol(ports.get(i), where, errors);
    }
  }

  /** As upstream, addresses that mean the node itself are refused. */
  static void address(String address, String path, List<FieldError> errors) {
    if (!Ipv4.isAddress(address)) {
      errors.add(
          FieldError.invalid(
              path, address, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"));
      return;
    }
    String why = null;
    if (address.equals("0.0.0.0")) {
      why = "may not be unspecified (0.0.0.0)";
    } else if (address.startsWith("127.")) {
      why = "may not be in the loopback range (127.0.0.0/8, ::1/128)";
    } else if (address.startsWith("169.254.")) {
      why = "may not be in the link-local range (169.254.0.0/16, fe80::/10)";
    } else if (address.startsWith("224.0.0.")) {
      why = "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)";
    }
    if (why != null) {
      errors.add(FieldError.invalid(path, address, why));
    }
  }
}
