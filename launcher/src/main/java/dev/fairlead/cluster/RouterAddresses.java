package dev.fairlead.cluster;

import dev.fairlead.controllers.loadbalancer.AddressRoutes;
import dev.fairlead.controllers.loadbalancer.PoolSettings;
import dev.fairlead.linux.Links;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Load balancer addresses as routes in the router: each goes to its nodes by equal-cost multipath,
 * and their proxies do the rest. An address that nobody serves is unreachable.
 */
final class RouterAddresses implements AddressRoutes {
  private final Links router;
  private final Set<String> routed = ConcurrentHashMap.newKeySet();

  private RouterAddresses(Links router) {
    this.router = router;
  }

  /** Routes over the router of a network, which the host learns the pools of. */
  static RouterAddresses over(LocalNetwork network, PoolSettings pools) throws IOException {
    network.routePool(pools.externalNetwork());
    network.routePool(pools.internalNetwork());
    return new RouterAddresses(network.router().links());
  }

  @Override
  public void put(String address, List<String> nodeAddresses) throws IOException {
    if (nodeAddresses.isEmpty()) {
      remove(address);
      return;
    }
    router.putRoute(address + "/32", nodeAddresses);
    routed.add(address);
  }

  @Override
  public void remove(String address) throws IOException {
    if (routed.contains(address)) {
      router.deleteRoute(address + "/32");
      routed.remove(address);
    }
  }
}
