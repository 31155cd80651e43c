package dev.fairlead.controllers.loadbalancer;

import dev.fairlead.api.ObjectKey;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The local provider: an address from a pool, routed to nodes whose proxies do the rest. Addresses
 * survive a restart, because they stand in the Services' status.
 */
public final class PoolProvider implements LoadBalancerProvider {
  private final AddressPool external;
  private final AddressPool internal;
  private final String hostnameSuffix;
  private final AddressRoutes routes;
  private final Map<ObjectKey, Held> held = new HashMap<>();

  private record Held(AddressPool pool, String address) {}

  /**
   * A provider whose pools are full.
   *
   * @throws IllegalArgumentException when a network of the settings is none
   */
  public PoolProvider(PoolSettings settings, AddressRoutes routes) {
    this.external = AddressPool.of("external", settings.externalNetwork());
    this.internal = AddressPool.of("internal", settings.internalNetwork());
    this.hostnameSuffix = settings.hostnameSuffix();
    this.routes = routes;
  }

  @Override
  public boolean owns(String loadBalancerClass) {
    return loadBalancerClass.isEmpty()
        || loadBalancerClass.equals(PoolSettings.LOAD_BALANCER_CLASS);
  }

  /** Takes what the Service had, unless it is no pool's any more or an older Service has it. */
  @Override
  public void restore(ServiceRequest request, List<Ingress> ingress) {
    for (Ingress each : ingress) {
      String address = each.ip().isEmpty() ? PoolHostnames.address(each.hostname()) : each.ip();
      for (AddressPool pool : List.of(external, internal)) {
        if (pool.contains(address)
            && pool.holder(address) == null
            && !held.containsKey(request.key())) {
          hold(request.key(), pool, address);
        }
      }
    }
  }

  @Override
  public List<Ingress> ensure(ServiceRequest request, List<BackendNode> nodes)
      throws RefusedException, IOException {
    Held before = held.get(request.key());
    Held now = choose(request, before);
    try {
      routes.put(now.address(), nodes.stream().map(BackendNode::address).toList());
    } catch (IOException e) {
      if (!now.equals(before)) {
        now.pool().free(now.address());
      }
      throw e;
    }
    if (before != null && !before.equals(now)) {
      routes.remove(before.address());
      before.pool().free(before.address());
    }
    held.put(request.key(), now);
    return List.of(
        hostnameSuffix.isEmpty()
            ? Ingress.ofIp(now.address())
            : Ingress.ofHostname(PoolHostnames.of(now.address(), hostnameSuffix)));
  }

  private Held choose(ServiceRequest request, @Nullable Held before) throws RefusedException {
    AddressPool pool = request.internal() ? internal : external;
    String fixed = request.fixedAddress();
    if (!fixed.isEmpty()) {
      pool.take(fixed, request.key());
      return new Held(pool, fixed);
    }
    if (before != null && before.pool() == pool) {
      return before;
    }
    return new Held(pool, pool.take(request.key()));
  }

  private void hold(ObjectKey key, AddressPool pool, String address) {
    try {
      pool.take(address, key);
    } catch (RefusedException e) {
      throw new IllegalStateException("looked free: " + address, e);
    }
    held.put(key, new Held(pool, address));
  }

  @Override
  public boolean exists(ObjectKey service) {
    return held.containsKey(service);
  }

  @Override
  public void delete(ObjectKey service) throws IOException {
    Held last = held.get(service);
    if (last != null) {
      routes.remove(last.address());
      last.pool().free(last.address());
      held.remove(service);
    }
  }
}
