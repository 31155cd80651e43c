package dev.fairlead.controllers.endpoints;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.view.Service;
import dev.fairlead.controllers.Pods;
import dev.fairlead.controllers.ServicePods;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The addresses and ports that a Service's Endpoints should have, from its pods. Pure. */
final class WantedSubsets {
  private WantedSubsets() {}

  /**
   * One entry for each pod with an address of the Service's first IP family. Pods that end are left
   * out, unless the Service publishes what is not ready.
   */
  static List<Subsets.Entry> of(Document service, List<Document> pods) {
    Service view = Service.of(service);
    boolean v6 = service.spec().path("ipFamilies").path(0).asText("IPv4").equals("IPv6");
    List<Subsets.Entry> entries = new ArrayList<>();
    for (Document pod : pods) {
      boolean ending = pod.meta().deleting() && !view.publishNotReadyAddresses();
      if (ending || Pods.finished(pod)) {
        continue;
      }
      List<Subsets.Port> ports = ports(view, pod);
      if (ports.isEmpty() && !(view.headless() && view.ports().isEmpty())) {
        continue;
      }
      ServicePods.addresses(pod).stream()
          .filter(ip -> ip.indexOf(':') >= 0 == v6)
          .findFirst()
          .ifPresent(ip -> entries.add(new Subsets.Entry(address(view, pod, ip), ports)));
    }
    return entries;
  }

  private static List<Subsets.Port> ports(Service service, Document pod) {
    List<Subsets.Port> ports = new ArrayList<>();
    for (Service.Port port : service.ports()) {
      OptionalInt number = ServicePods.targetPort(pod, port);
      if (number.isPresent()) {
        ports.add(
            new Subsets.Port(port.name(), number.getAsInt(), port.protocol(), port.appProtocol()));
      }
    }
    return ports;
  }

  private static Subsets.Address address(Service service, Document pod, String ip) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("ip", ip);
    String hostname = ServicePods.hostname(pod, service);
    if (!hostname.isEmpty()) {
      tree.put("hostname", hostname);
    }
    if (!Pods.nodeName(pod).isEmpty()) {
      tree.put("nodeName", Pods.nodeName(pod));
    }
    tree.putObject("targetRef")
        .put("kind", "Pod")
        .put("namespace", pod.namespace())
        .put("name", pod.name())
        .put("uid", pod.meta().uid());
    boolean ready = service.publishNotReadyAddresses() || Pods.ready(pod);
    return new Subsets.Address(ip, pod.meta().uid(), ready, tree);
  }
}
