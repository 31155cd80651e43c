package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** EndpointSlices. Their generation counts every change that is not one of metadata. */
final class EndpointSliceStrategy implements Strategy {
  private static final int ENDPOINTS_MAX = 1_000;
  private static final int ADDRESSES_MAX = 100;
  private static final int PORTS_MAX = 20_000;

  @Override
  public ResourceType type() {
    return Kinds.ENDPOINT_SLICE;
  }

  @Override
  public void defaults(ObjectNode slice) {
    for (JsonNode port : slice.path("ports")) {
      if (port instanceof ObjectNode each) {
        Defaults.put(each, "name", "");
        Defaults.put(each, "protocol", "TCP");
      }
    }
    if (!slice.has("endpoints")) {
      slice.putArray("endpoints");
    }
  }

  @Override
  public List<FieldError> validateCreate(Document slice) {
    List<FieldError> errors = new ArrayList<>();
    String type = slice.tree().path("addressType").asText("");
    if (type.isEmpty()) {
      errors.add(FieldError.required("addressType", ""));
    } else if (!List.of("FQDN", "IPv4", "IPv6").contains(type)) {
      errors.add(FieldError.notSupported("addressType", type, List.of("FQDN", "IPv4", "IPv6")));
    }
    JsonNode endpoints = slice.tree().path("endpoints");
    tooMany("endpoints", endpoints, ENDPOINTS_MAX, errors);
    for (int i = 0; i < Math.min(endpoints.size(), ENDPOINTS_MAX); i++) {
      endpoint(endpoints.get(i), type, "endpoints[%d]".formatted(i), errors);
    }
    tooMany("ports", slice.tree().path("ports"), PORTS_MAX, errors);
    ports(slice.tree().path("ports"), errors);
    return errors;
  }

  @Override
  public List<FieldError> validateUpdate(Document slice, Document old) {
    List<FieldError> errors = new ArrayList<>(validateCreate(slice));
    String type = slice.tree().path("addressType").asText("");
    if (!type.equals(old.tree().path("addressType").asText(""))) {
      errors.add(FieldError.invalid("addressType", type, "field is immutable"));
    }
    return errors;
  }

  @Override
  public boolean countsGeneration() {
    return true;
  }

  @Override
  public boolean changesGeneration(ObjectNode next, Document old) {
    return !Trees.same(next.path("endpoints"), old.tree().path("endpoints"))
        || !Trees.same(next.path("ports"), old.tree().path("ports"));
  }

  private static void endpoint(
      JsonNode endpoint, String type, String path, List<FieldError> errors) {
    JsonNode addresses = endpoint.path("addresses");
    if (addresses.isEmpty()) {
      errors.add(FieldError.required(path + ".addresses", "must contain at least 1 address"));
    }
    tooMany(path + ".addresses", addresses, ADDRESSES_MAX, errors);
    for (int i = 0; i < addresses.size() && type.equals("IPv4"); i++) {
      EndpointsStrategy.address(
          addresses.get(i).asText(), "%s.addresses[%d]".formatted(path, i), errors);
    }
    String host = endpoint.path("hostname").asText("");
    if (!host.isEmpty()) {
      Names.dnsLabel(host)
          .ifPresent(why -> errors.add(FieldError.invalid(path + ".hostname", host, why)));
    }
  }

  private static void ports(JsonNode ports, List<FieldError> errors) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      String path = "ports[%d]".formatted(i);
      String name = ports.get(i).path("name").asText("");
      if (!name.isEmpty()) {
        Names.dnsLabel(name)
            .ifPresent(why -> errors.add(FieldError.invalid(path + ".name", name, why)));
      }
      if (!names.add(name)) {
        errors.add(FieldError.duplicate(path + ".name", name));
      }
      Ports.protocol(ports.get(i), path, errors);
      if (ports.get(i).has("port")) {
        Ports.number(ports.get(i).path("port"), path + ".port", errors);
      }
    }
  }

  private static void tooMany(String path, JsonNode list, int max, List<FieldError> errors) {
    if (list.size() > max) {
      errors.add(
          new FieldError(
              FieldError.Reason.FieldValueTooMany,
              path,
              "Too many: %d: must have at most %d items".formatted(list.size(), max)));
    }
  }
}
