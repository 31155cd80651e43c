package dev.fairlead.proxy;

import dev.fairlead.api.ObjectKey;
import dev.fairlead.discovery.ServiceImage;
import dev.fairlead.discovery.ServiceImage.Endpoint;
import dev.fairlead.discovery.ServiceImage.Port;
import dev.fairlead.discovery.ServiceImage.Protocol;
import dev.fairlead.discovery.ServiceImage.TargetPort;
import dev.fairlead.discovery.ServiceImage.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds service images in the words of the tests. */
final class Services {
  static final ProxySettings SETTINGS =
      new ProxySettings("node-1", "10.112.0.0/16", "10.115.240.0/20", List.of("10.115.240.10"));

  private final String name;
  private final List<Endpoint> endpoints = new ArrayList<>();
  private Protocol protocol = Protocol.TCP;
  private List<String> clusterIps;
  private List<String> externalIps = List.of();
  private List<String> loadBalancerIps = List.of();
  private List<String> sourceRanges = List.of();
  private boolean externalLocal;
  private boolean internalLocal;
  private boolean headless;
  private @Nullable Duration affinity;
  private int nodePort;

  private Services(String name, String clusterIp) {
    this.name = name;
    this.clusterIps = List.of(clusterIp);
  }

  static Services service(String name, String clusterIp) {
    return new Services(name, clusterIp);
  }

  Services ready(String... addresses) {
    for (String address : addresses) {
      endpoint(address, "node-1", true, true, false);
    }
    return this;
  }

  Services readyOn(String node, String address) {
    return endpoint(address, node, true, true, false);
  }

  Services endpoint(
      String address, String node, boolean ready, boolean serving, boolean terminating) {
    Set<TargetPort> ports = Set.of(new TargetPort("", protocol, 8080));
    endpoints.add(
        new Endpoint(address, ports, ready, serving, terminating, "", node, "", "uid-" + address));
    return this;
  }

  Services udp() {
    protocol = Protocol.UDP;
    return this;
  }

  Services nodePort(int port) {
    nodePort = port;
    return this;
  }

  Services external(String... addresses) {
    externalIps = List.of(addresses);
    return this;
  }

  Services loadBalancer(String address, String... ranges) {
    loadBalancerIps = List.of(address);
    sourceRanges = List.of(ranges);
    return this;
  }

  Services externalLocal() {
    externalLocal = true;
    return this;
  }

  Services internalLocal() {
    internalLocal = true;
    return this;
  }

  Services headless() {
    headless = true;
    return this;
  }

  Services affinity(Duration timeout) {
    affinity = timeout;
    return this;
  }

  ServiceImage image() {
    return new ServiceImage(
        new ObjectKey("default", name),
        Type.CLUSTER_IP,
        headless,
        headless ? List.of() : clusterIps,
        externalIps,
        loadBalancerIps,
        sourceRanges,
        null,
        externalLocal,
        internalLocal,
        0,
        false,
        affinity,
        List.of(new Port("", protocol, 80, nodePort)),
        endpoints);
  }
}
