package dev.fairlead.controllers.mirroring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.net.Ip;
import dev.fairlead.controllers.CanonicalJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The subsets of an Endpoints object as groups for slices: one for each set of ports and address
 * type. An address that a set of ports has twice is there once, and not ready if one of the two is
 * not. Pure.
 *
 * @param groups those that have endpoints
 * @param invalid how many addresses are no IP addresses
 * @param tooMany how many addresses went beyond the bound of their subset
 */
record MirroredSubsets(List<MirrorGroup> groups, int invalid, int tooMany) {

  /**
   * Reads {@code subsets}.
   *
   * @param addressesMax taken of each subset, ready ones first
   */
  static MirroredSubsets of(JsonNode subsets, int addressesMax) {
    Map<String, Builder> builders = new LinkedHashMap<>();
    int invalid = 0;
    int tooMany = 0;
    for (JsonNode subset : subsets) {
      ArrayNode ports = ports(subset.path("ports"));
      int taken = 0;
      for (Address address : addresses(subset)) {
        String type = addressType(address.ip());
        if (type.isEmpty()) {
          invalid++;
        } else if (taken == addressesMax) {
          tooMany++;
        } else {
          taken++;
          builders
              .computeIfAbsent(type + CanonicalJson.text(ports), any -> new Builder(type, ports))
              .add(address);
        }
      }
    }
    return new MirroredSubsets(
        builders.values().stream().map(Builder::group).toList(), invalid, tooMany);
  }

  private static List<Address> addresses(JsonNode subset) {
    List<Address> addresses = new ArrayList<>();
    subset.path("addresses").forEach(each -> addresses.add(new Address(each, true)));
    subset.path("notReadyAddresses").forEach(each -> addresses.add(new Address(each, false)));
    return addresses;
  }

  /** {@code IPv4}, {@code IPv6}, or empty when it is no address. */
  private static String addressType(String ip) {
    return Ip.parse(ip).map(each -> each.family().name()).orElse("");
  }

  private static ArrayNode ports(JsonNode ports) {
    ArrayNode result = JsonNodeFactory.instance.arrayNode();
    for (JsonNode port : ports) {
      ObjectNode entry = result.addObject();
      entry.put("name", port.path("name").asText(""));
      entry.put("port", port.path("port").asInt());
      entry.put("protocol", port.path("protocol").asText("TCP"));
      copy("appProtocol", port, entry);
    }
    return result;
  }

  private static void copy(String field, JsonNode from, ObjectNode to) {
    if (from.hasNonNull(field)) {
      to.set(field, from.get(field));
    }
  }

  private record Address(JsonNode node, boolean ready) {
    String ip() {
      return Ip.canonical(node.path("ip").asText(""));
    }

    ObjectNode endpoint() {
      ObjectNode endpoint = JsonNodeFactory.instance.objectNode();
      endpoint.putArray("addresses").add(ip());
      endpoint.putObject("conditions").put("ready", ready);
      copy("hostname", node, endpoint);
      copy("nodeName", node, endpoint);
      copy("targetRef", node, endpoint);
      return endpoint;
    }
  }

  private record Builder(String type, ArrayNode ports, Map<String, Address> addresses) {
    Builder(String type, ArrayNode ports) {
      this(type, ports, new TreeMap<>());
    }

    void add(Address address) {
      addresses.merge(address.ip(), address, (one, other) -> one.ready() ? other : one);
    }

    MirrorGroup group() {
      ArrayNode endpoints = JsonNodeFactory.instance.arrayNode();
      addresses.values().forEach(address -> endpoints.add(address.endpoint()));
      return new MirrorGroup(type, ports, endpoints);
    }
  }
}
