package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.Defaults;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.IpValidation;
import dev.fairlead.apiserver.registry.rules.IpWarnings;
import dev.fairlead.apiserver.registry.rules.Ports;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Endpoints (upstream {@code ValidateEndpoints}). */
final class EndpointsStrategy implements Strategy {
  private static final List<String> LISTS = List.of("addresses", "notReadyAddresses");
  private static final String MANAGED_BY = "endpoints.kubernetes.io/managed-by";
  private static final String OURS = "endpoint-controller";

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

  /** Those of our own controller have nothing to warn of. */
  @Override
  public List<String> warnings(Document endpoints, @Nullable Document old) {
    List<String> warnings = new ArrayList<>();
    JsonNode subsets = endpoints.tree().path("subsets");
    boolean ours = OURS.equals(endpoints.meta().labels().get(MANAGED_BY));
    for (int i = 0; !ours && i < subsets.size(); i++) {
      FieldPath path = FieldPath.of("subsets").index(i);
      for (String list : LISTS) {
        IpWarnings.ips(subsets.get(i).path(list), path.child(list), warnings);
      }
    }
    return warnings;
  }

  @Override
  public boolean createsOnUpdate() {
    return true;
  }

  private static void subset(JsonNode subset, String path, List<FieldError> errors) {
    if (subset.path("addresses").isEmpty() && subset.path("notReadyAddresses").isEmpty()) {
      errors.add(FieldError.required(path, "must specify `addresses` or `notReadyAddresses`"));
    }
    for (String list : LISTS) {
      int index = 0;
      for (JsonNode address : subset.path(list)) {
        address(address, "%s.%s[%d]".formatted(path, list, index++), errors);
      }
    }
    JsonNode ports = subset.path("ports");
    for (int i = 0; i < ports.size(); i++) {
      port(ports.get(i), ports.size() > 1, "%s.ports[%d]".formatted(path, i), errors);
    }
  }

  private static void address(JsonNode address, String path, List<FieldError> errors) {
    String ip = address.path("ip").asText("");
    IpValidation.legacyIp(ip).forEach(why -> errors.add(FieldError.invalid(path + ".ip", ip, why)));
    String host = address.path("hostname").asText("");
    if (!host.isEmpty()) {
      Names.dnsLabel(host)
          .forEach(why -> errors.add(FieldError.invalid(path + ".hostname", host, why)));
    }
    EndpointAddresses.nodeName(address, path, errors);
    EndpointAddresses.notSpecial(ip, path + ".ip", errors);
  }

  private static void port(JsonNode port, boolean named, String path, List<FieldError> errors) {
    String name = port.path("name").asText("");
    if (named && name.isEmpty()) {
      errors.add(FieldError.required(path + ".name", ""));
    } else if (!name.isEmpty()) {
      Names.dnsLabel(name)
          .forEach(why -> errors.add(FieldError.invalid(path + ".name", name, why)));
    }
    Ports.number(port.path("port"), path + ".port", errors);
    Ports.protocol(port, path, errors);
    Ports.appProtocol(port, path, errors);
  }
}
