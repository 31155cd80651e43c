package dev.fairlead.controllers.endpointslice;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.view.Service;
import dev.fairlead.controllers.CanonicalJson;
import dev.fairlead.controllers.Pods;
import dev.fairlead.controllers.ServicePods;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** The endpoints that a Service should have, from its pods. Pure. */
final class WantedEndpoints {
  private WantedEndpoints() {}

  /** The address types of a Service: one for each of its IP families. */
  static Set<String> addressTypes(Document service) {
    Set<String> types = new TreeSet<>();
    service.spec().path("ipFamilies").forEach(family -> types.add(family.asText()));
    if (types.isEmpty()) {
      types.add("IPv4");
    }
    return types;
  }

  /**
   * The endpoints in groups of equal ports.
   *
   * @param zones the zone of a node by its name; empty when it has none
   */
  static List<PortGroup> of(
      Service service, List<Document> pods, Set<String> addressTypes, UnaryOperator<String> zones) {
    record Group(String type, ArrayNode ports, List<ObjectNode> endpoints) {}
    Map<String, Group> groups = new LinkedHashMap<>();
    for (Document pod : pods) {
      if (Pods.finished(pod)) {
        continue;
      }
      ArrayNode ports = ports(service, pod);
      String portsText = CanonicalJson.text(ports);
      for (String address : ServicePods.addresses(pod)) {
        String type = address.indexOf(':') >= 0 ? "IPv6" : "IPv4";
        if (addressTypes.contains(type)) {
          groups
              .computeIfAbsent(type + portsText, any -> new Group(type, ports, new ArrayList<>()))
              .endpoints()
              .add(endpoint(service, pod, address, zones));
        }
      }
    }
    return groups.values().stream()
        .map(group -> new PortGroup(group.type(), group.ports(), group.endpoints()))
        .toList();
  }

  private static ArrayNode ports(Service service, Document pod) {
    ArrayNode ports = JsonNodeFactory.instance.arrayNode();
    for (Service.Port port : service.ports()) {
      ServicePods.targetPort(pod, port)
          .ifPresent(number -> {
            ObjectNode entry = ports.addObject();
            entry.put("name", port.name()).put("port", number);
            entry.put("protocol", port.protocol());
            if (!port.appProtocol().isEmpty()) {
              entry.put("appProtocol", port.appProtocol());
            }
          });
    }
    return ports;
  }

  private static ObjectNode endpoint(
      Service service, Document pod, String address, UnaryOperator<String> zones) {
    ObjectNode endpoint = JsonNodeFactory.instance.objectNode();
    endpoint.putArray("addresses").add(address);
    boolean serving = Pods.ready(pod);
    boolean terminating = pod.meta().deleting();
    endpoint
        .putObject("conditions")
        .put("ready", service.publishNotReadyAddresses() || (serving && !terminating))
        .put("serving", serving)
        .put("terminating", terminating);
    put(endpoint, "hostname", ServicePods.hostname(pod, service));
    String node = Pods.nodeName(pod);
    put(endpoint, "nodeName", node);
    endpoint
        .putObject("targetRef")
        .put("kind", "Pod")
        .put("namespace", pod.namespace())
        .put("name", pod.name())
        .put("uid", pod.meta().uid());
    put(endpoint, "zone", node.isEmpty() ? "" : zones.apply(node));
    return endpoint;
  }

  private static void put(ObjectNode target, String field, String value) {
    if (!value.isEmpty()) {
      target.put(field, value);
    }
  }
}
