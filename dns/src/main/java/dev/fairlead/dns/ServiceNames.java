package dev.fairlead.dns;

import dev.fairlead.discovery.ServiceImage;
import dev.fairlead.discovery.ServiceImage.Endpoint;
import dev.fairlead.discovery.ServiceImage.Port;
import dev.fairlead.discovery.ServiceImage.TargetPort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The names of one service with their records, by the Kubernetes DNS specification 1.1. Pure. Where
 * the specification is silent it follows CoreDNS: an endpoint without a hostname is named by its
 * address with dashes, and a service's own name has SRV records for all its ports.
 */
final class ServiceNames {
  private static final int WEIGHT_SUM = 100;

  private final String serviceName;
  private final WireName service;
  private final int ttlSeconds;
  private final Map<WireName, NameEntry> names = new HashMap<>();

  private ServiceNames(String serviceName, int ttlSeconds) {
    this.serviceName = serviceName;
    this.service = WireName.of(serviceName);
    this.ttlSeconds = ttlSeconds;
  }

  /** All names of a service below {@code svc} in the cluster domain. */
  static Map<WireName, NameEntry> of(ServiceImage image, String domain, int ttlSeconds) {
    ServiceNames result = new ServiceNames(name(image, domain), ttlSeconds);
    if (image.type() == ServiceImage.Type.EXTERNAL_NAME) {
      result.external(image);
      return result.names;
    }
    result.endpoints(image);
    if (image.headless()) {
      result.headless(image);
    } else {
      result.virtual(image);
    }
    return result.names;
  }

  /** The full name of a service, without a final dot. */
  static String name(ServiceImage image, String domain) {
    return image.key().name() + "." + image.key().namespace() + ".svc." + domain;
  }

  /** The endpoints that have records: the ready ones, or all when the service says so. */
  static List<Endpoint> published(ServiceImage image) {
    return image.publishNotReadyAddresses()
        ? image.endpoints()
        : image.endpoints().stream().filter(Endpoint::ready).toList();
  }

  /** The first label of an endpoint's name. */
  static String label(Endpoint endpoint) {
    return endpoint.hostname().isEmpty()
        ? endpoint.address().replace('.', '-')
        : endpoint.hostname().toLowerCase(Locale.ROOT);
  }

  private void external(ServiceImage image) {
    WireName target = image.externalName() == null ? null : WireName.tryOf(image.externalName());
    names.put(
        service,
        target == null
            ? NameEntry.EMPTY
            : NameEntry.of(Wire.CNAME, RecordWriter.name(Wire.CNAME, target, ttlSeconds)));
  }

  private void endpoints(ServiceImage image) {
    Map<String, List<String>> addresses = new LinkedHashMap<>();
    for (Endpoint endpoint : published(image)) {
      addresses.computeIfAbsent(label(endpoint), k -> new ArrayList<>(1)).add(endpoint.address());
    }
    addresses.forEach((label, of) -> {
      WireName name = WireName.tryOf(label + "." + serviceName);
      if (name != null) {
        names.put(name, NameEntry.of(Wire.A, RecordWriter.addresses(of, ttlSeconds)));
      }
    });
  }

  private void virtual(ServiceImage image) {
    RecordSet addresses = RecordWriter.addresses(image.clusterIps(), ttlSeconds);
    if (image.clusterIps().isEmpty()) {
      names.put(service, NameEntry.EMPTY); // not allocated yet
      return;
    }
    Map<String, List<Target>> byPort = new LinkedHashMap<>();
    List<Target> all = new ArrayList<>();
    for (Port port : image.ports()) {
      Target target = new Target(service, port.port(), image.clusterIps());
      all.add(target);
      addNamed(byPort, port.name(), port.protocol(), target);
    }
    NameEntry entry =
        all.isEmpty()
            ? NameEntry.of(Wire.A, addresses)
            : NameEntry.of(Wire.A, addresses, Wire.SRV, srv(service, all));
    names.put(service, entry);
    putServices(byPort);
  }

  private void headless(ServiceImage image) {
    List<Endpoint> published = published(image);
    if (published.isEmpty()) {
      return; // section 2.4.1: NXDOMAIN
    }
    Map<String, List<Target>> byPort = new LinkedHashMap<>();
    List<Target> all = new ArrayList<>();
    for (Endpoint endpoint : published) {
      WireName name = WireName.tryOf(label(endpoint) + "." + serviceName);
      for (TargetPort port : endpoint.ports()) {
        if (name != null) {
          Target target = new Target(name, port.port(), List.of(endpoint.address()));
          all.add(target);
          addNamed(byPort, port.name(), port.protocol(), target);
        }
      }
    }
    RecordSet addresses =
        RecordWriter.addresses(published.stream().map(Endpoint::address).toList(), ttlSeconds);
    names.put(
        service,
        all.isEmpty()
            ? NameEntry.of(Wire.A, addresses)
            : NameEntry.of(Wire.A, addresses, Wire.SRV, srv(service, all)));
    putServices(byPort);
  }

  private static void addNamed(
      Map<String, List<Target>> byPort,
      String port,
      ServiceImage.Protocol protocol,
      Target target) {
    if (!port.isEmpty()) {
      String label = "_" + port + "._" + protocol.name().toLowerCase(Locale.ROOT);
      byPort.computeIfAbsent(label, k -> new ArrayList<>()).add(target);
    }
  }

  private void putServices(Map<String, List<Target>> byPort) {
    byPort.forEach((label, targets) -> {
      WireName name = WireName.tryOf(label + "." + serviceName);
      if (name != null) {
        names.put(name, NameEntry.of(Wire.SRV, srv(name, targets)));
        String protocol = label.substring(label.indexOf('.') + 1);
        names.putIfAbsent(WireName.of(protocol + "." + serviceName), NameEntry.EMPTY);
      }
    });
  }

  /** SRV records with the addresses of their targets; equal records stand once. */
  private RecordSet srv(WireName owner, List<Target> targets) {
    int start = Wire.HEADER_BYTES + owner.length() + 4;
    int weight = Math.max(1, WEIGHT_SUM / targets.size());
    RecordWriter answer = new RecordWriter(ttlSeconds);
    Map<String, Integer> written = new HashMap<>();
    Map<WireName, Integer> targetOffsets = new LinkedHashMap<>();
    Map<WireName, Set<String>> addresses = new HashMap<>();
    for (Target target : targets) {
      addresses
          .computeIfAbsent(target.name(), k -> new LinkedHashSet<>())
          .addAll(target.addresses());
      if (written.putIfAbsent(target.name() + ":" + target.port(), 1) == null) {
        int offset = start + answer.srv(weight, target.port(), target.name());
        targetOffsets.putIfAbsent(target.name(), offset);
      }
    }
    RecordWriter additional = new RecordWriter(ttlSeconds);
    int[] count = {0};
    targetOffsets.forEach((name, offset) -> {
      if (offset < 0x4000) { // what a pointer can reach; beyond it nothing is lost but a hint
        for (String address : addresses.getOrDefault(name, Set.of())) {
          additional.a(Wire.pointer(offset), address);
          count[0]++;
        }
      }
    });
    return new RecordSet(answer.bytes(), written.size(), 0, additional.bytes(), count[0], null);
  }

  /** Where an SRV record points. */
  private record Target(WireName name, int port, List<String> addresses) {}
}
