package dev.fairlead.proxy;

import dev.fairlead.linux.Conntrack.Flow;
import dev.fairlead.proxy.ServicePlan.UdpAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * UDP flows that no longer lead to an endpoint. A tracked UDP flow lives as long as its client
 * keeps sending, so it would go to a dead endpoint, or past a service that now has endpoints, for
 * ever. TCP connections are left to end by themselves, as upstream does.
 */
final class StaleFlows implements Predicate<Flow> {
  private static final int UDP = 17;

  private final Map<UdpAddress, Set<Target>> changed = new HashMap<>();

  /** Notes what changed in one service. */
  void add(ServicePlan before, ServicePlan after) {
    before.udp().keySet().forEach(address -> add(address, before, after));
    after.udp().keySet().forEach(address -> add(address, before, after));
  }

  private void add(UdpAddress address, ServicePlan before, ServicePlan after) {
    @Nullable Set<Target> old = before.udp().get(address);
    Set<Target> now = after.udp().getOrDefault(address, Set.of());
    boolean onlyGrew = old != null && !old.isEmpty() && now.containsAll(old);
    if (!onlyGrew && !now.equals(old)) {
      changed.put(address, now);
    }
  }

  boolean isEmpty() {
    return changed.isEmpty();
  }

  @Override
  public boolean test(Flow flow) {
    if (flow.protocol() != UDP) {
      return false;
    }
    Target backend = new Target(flow.reply().source(), flow.reply().sourcePort());
    int port = flow.original().targetPort();
    Set<Target> wanted = changed.get(new UdpAddress(flow.original().target(), port));
    if (wanted != null) {
      return !wanted.contains(backend);
    }
    Set<Target> behindNodePort = changed.get(new UdpAddress("", port));
    // A node port is a port of every address here, but only rewritten flows are ours for certain.
    return behindNodePort != null
        && !backend.address().equals(flow.original().target())
        && !behindNodePort.contains(backend);
  }
}
