package dev.fairlead.proxy;

import dev.fairlead.discovery.ServiceImage;
import dev.fairlead.discovery.ServiceImage.Endpoint;
import dev.fairlead.discovery.ServiceImage.Port;
import dev.fairlead.discovery.ServiceImage.Protocol;
import dev.fairlead.proxy.Element.Value;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Collects the elements of one service; used once. */
final class PlanBuilder {
  private static final int COMMENT_CHARACTERS_MAX = 120;
  private static final Value REFUSE = new Value("goto refuse", "");
  private static final Value DROP = new Value("drop", "");

  private final ServiceImage service;
  private final String nodeName;
  private final ServicePlan before;
  private final Map<String, List<Target>> slots = new HashMap<>();
  private final Map<Element, Value> elements = new LinkedHashMap<>();
  private final Map<ServicePlan.UdpAddress, Set<Target>> udp = new HashMap<>();

  PlanBuilder(ServiceImage service, String nodeName, ServicePlan before) {
    this.service = service;
    this.nodeName = nodeName;
    this.before = before;
  }

  ServicePlan build() {
    for (Endpoint endpoint : service.endpoints()) {
      // Only a pod of this node can send to itself through this node.
      boolean here = endpoint.nodeName().isEmpty() || endpoint.nodeName().equals(nodeName);
      if (here && EndpointChoice.isIpv4(endpoint)) {
        put(Container.HAIRPIN, endpoint.address() + " . " + endpoint.address(), Value.NONE);
      }
    }
    return new ServicePlan(slots, elements, udp);
  }

  void addPort(Port port) {
    EndpointChoice choice = EndpointChoice.of(service, port, nodeName);
    String name = port.protocol() + "/" + port.port() + "/" + port.name();
    List<Target> cluster = slots(name + "/cluster", choice.cluster());
    List<Target> local = slots(name + "/local", choice.local());
    ipv4(service.clusterIps()).forEach(address -> clusterIp(port, address, cluster, local));
    Stream.concat(ipv4(service.externalIps()), ipv4(service.loadBalancerIps()))
        .distinct()
        .forEach(address -> external(port, address, cluster, local));
    ipv4(service.loadBalancerIps()).forEach(address -> sourceRanges(port, address));
    if (port.nodePort() != 0) {
      nodePort(port, cluster, local);
    }
  }

  private List<Target> slots(String list, Set<Target> wanted) {
    List<Target> numbered = Slots.assign(before.slots().getOrDefault(list, List.of()), wanted);
    slots.put(list, numbered);
    return numbered;
  }

  private void clusterIp(Port port, String address, List<Target> cluster, List<Target> local) {
    String key = key(address, port);
    put(Container.CLUSTER_IPS, address, Value.NONE);
    List<Target> targets = service.internalTrafficLocal() ? local : cluster;
    udp(port, address, port.port(), targets);
    if (targets.isEmpty()) {
      put(Container.NO_ENDPOINTS, key, comment(port, cluster.isEmpty() ? REFUSE : DROP));
      return;
    }
    balance(port, key, targets, "");
  }

  private void external(Port port, String address, List<Target> cluster, List<Target> local) {
    String key = key(address, port);
    udp(port, address, port.port(), cluster);
    if (cluster.isEmpty()) {
      put(Container.NO_ENDPOINTS, key, comment(port, REFUSE));
      return;
    }
    if (!service.externalTrafficLocal()) {
      balance(port, key, cluster, "external-");
      return;
    }
    // From this node and its pods, the whole cluster serves, as if the packet had been outside.
    balance(port, key, cluster, "");
    if (local.isEmpty()) {
      put(Container.LOCAL_SERVICES, key, comment(port, new Value("accept", "")));
      put(Container.NO_ENDPOINTS, key, comment(port, DROP));
      return;
    }
    put(Container.LOCAL_SERVICES, key, comment(port, go("local", local)));
    endpoints(Container.LOCAL_ENDPOINTS, key, local);
  }

  private void nodePort(Port port, List<Target> cluster, List<Target> local) {
    String key = protocol(port) + " . " + port.nodePort();
    udp(port, "", port.nodePort(), cluster);
    if (cluster.isEmpty()) {
      put(Container.NO_NODE_PORT_ENDPOINTS, key, comment(port, REFUSE));
      return;
    }
    put(Container.NODE_PORTS, key, comment(port, go("nodeport", cluster)));
    endpoints(Container.NODE_PORT_ENDPOINTS, key, cluster);
    if (!service.externalTrafficLocal()) {
      return;
    }
    if (local.isEmpty()) {
      put(Container.LOCAL_NODE_PORTS, key, comment(port, new Value("accept", "")));
      put(Container.NO_NODE_PORT_ENDPOINTS, key, comment(port, DROP));
      return;
    }
    put(Container.LOCAL_NODE_PORTS, key, comment(port, go("local-nodeport", local)));
    endpoints(Container.LOCAL_NODE_PORT_ENDPOINTS, key, local);
  }

  private void balance(Port port, String key, List<Target> targets, String prefix) {
    if (service.affinityTimeout() == null) {
      put(Container.SERVICES, key, comment(port, go(prefix + "pick", targets)));
      endpoints(Container.ENDPOINTS, key, targets);
      return;
    }
    Value timeout = new Value("goto stick-" + service.affinityTimeout().toSeconds(), "");
    put(Container.SERVICES, key, comment(port, go(prefix + "sticky", targets)));
    for (int i = 0; i < targets.size(); i++) {
      Target target = targets.get(i);
      put(Container.STICKY_PICKS, key + " . " + i, new Value(target.id(), ""));
      put(Container.STICKY_TIMEOUTS, key + " . " + target.id(), timeout);
      put(Container.STICKY_ENDPOINTS, key + " . " + target.id(), new Value(target.text(), ""));
    }
  }

  private void sourceRanges(Port port, String address) {
    if (service.loadBalancerSourceRanges().isEmpty()) {
      return;
    }
    String key = key(address, port);
    put(Container.SOURCE_CHECKED, key, comment(port, Value.NONE));
    for (String range : SourceRanges.distinct(service.loadBalancerSourceRanges())) {
      put(Container.ALLOWED_SOURCES, key + " . " + range, Value.NONE);
    }
  }

  private void endpoints(Container container, String key, List<Target> targets) {
    for (int i = 0; i < targets.size(); i++) {
      put(container, key + " . " + i, new Value(targets.get(i).text(), ""));
    }
  }

  private void udp(Port port, String address, int number, List<Target> targets) {
    if (port.protocol() == Protocol.UDP) {
      udp.put(new ServicePlan.UdpAddress(address, number), Set.copyOf(targets));
    }
  }

  private void put(Container container, String key, Value value) {
    elements.put(new Element(container, key), value);
  }

  private static Value go(String chain, List<Target> targets) {
    return new Value("goto " + chain + "-" + targets.size(), "");
  }

  private Value comment(Port port, Value value) {
    String text = service.key() + (port.name().isEmpty() ? "" : ":" + port.name());
    int length = Math.min(text.length(), COMMENT_CHARACTERS_MAX);
    return new Value(value.data(), text.substring(0, length));
  }

  private static Stream<String> ipv4(List<String> addresses) {
    return addresses.stream().filter(Ipv4::isAddress);
  }

  private static String key(String address, Port port) {
    return address + " . " + protocol(port) + " . " + port.port();
  }

  private static String protocol(Port port) {
    return port.protocol().name().toLowerCase(Locale.ROOT);
  }
}
