package dev.fairlead.discovery;

import dev.fairlead.api.view.EndpointSlice;
import dev.fairlead.discovery.ServiceImage.Endpoint;
import dev.fairlead.discovery.ServiceImage.TargetPort;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Merges the endpoints of several slices, one per address, ordered by address. While a slice is
 * rewritten an address can stand in two of them; then the better one speaks (ready, else serving,
 * else the slice whose name comes first), and its ports are joined by those the other adds.
 */
final class EndpointMerge {
  private EndpointMerge() {}

  static List<Endpoint> merge(Collection<EndpointSlice> slices) {
    Map<String, Endpoint> merged = new HashMap<>();
    slices.stream()
        .filter(slice -> slice.addressType().equals("IPv4"))
        .sorted(Comparator.comparing(slice -> slice.key().name()))
        .forEach(slice -> add(slice, merged));
    List<Endpoint> result = new ArrayList<>(merged.values());
    result.sort(Comparator.comparingLong(endpoint -> Ipv4.number(endpoint.address())));
    return result;
  }

  private static void add(EndpointSlice slice, Map<String, Endpoint> merged) {
    Set<TargetPort> ports = ports(slice);
    for (EndpointSlice.Endpoint each : slice.endpoints()) {
      // The addresses of one endpoint are interchangeable; upstream's proxy takes the first too.
      if (!each.addresses().isEmpty() && Ipv4.valid(each.addresses().getFirst())) {
        merged.merge(each.addresses().getFirst(), endpoint(each, ports), EndpointMerge::both);
      }
    }
  }

  private static Endpoint endpoint(EndpointSlice.Endpoint each, Set<TargetPort> ports) {
    return new Endpoint(
        each.addresses().getFirst(),
        ports,
        each.ready(),
        each.serving(),
        each.terminating(),
        each.hostname(),
        each.nodeName(),
        each.zone(),
        each.targetUid());
  }

  private static Set<TargetPort> ports(EndpointSlice slice) {
    Set<TargetPort> ports = new HashSet<>();
    for (EndpointSlice.Port port : slice.ports()) {
      if (port.port() != 0) {
        ports.add(new TargetPort(port.name(), ServiceJoin.protocol(port.protocol()), port.port()));
      }
    }
    return Set.copyOf(ports);
  }

  private static Endpoint both(Endpoint first, Endpoint second) {
    boolean equal = rank(first) == rank(second);
    boolean swap = rank(second) > rank(first);
    Endpoint better = swap ? second : first;
    Endpoint other = swap ? first : second;
    Set<TargetPort> ports = new HashSet<>(better.ports());
    for (TargetPort port : other.ports()) {
      if (equal || better.ports().stream().noneMatch(known -> sameName(known, port))) {
        ports.add(port);
      }
    }
    return withPorts(better, ports);
  }

  private static boolean sameName(TargetPort one, TargetPort other) {
    return one.name().equals(other.name()) && one.protocol() == other.protocol();
  }

  private static int rank(Endpoint endpoint) {
    if (endpoint.ready()) {
      return 2;
    }
    return endpoint.serving() ? 1 : 0;
  }

  private static Endpoint withPorts(Endpoint endpoint, Set<TargetPort> ports) {
    return new Endpoint(
        endpoint.address(),
        ports,
        endpoint.ready(),
        endpoint.serving(),
        endpoint.terminating(),
        endpoint.hostname(),
        endpoint.nodeName(),
        endpoint.zone(),
        endpoint.targetUid());
  }
}
