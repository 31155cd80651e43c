package dev.fairlead.controllers.loadbalancer;

import dev.fairlead.api.ObjectKey;
import java.util.List;

/** Owns no class. */
final class NoLoadBalancers implements LoadBalancerProvider {
  @Override
  public boolean owns(String loadBalancerClass) {
    return false;
  }

  @Override
  public void restore(ServiceRequest request, List<Ingress> ingress) {}

  @Override
  public List<Ingress> ensure(ServiceRequest request, List<BackendNode> nodes)
      throws RefusedException {
    throw new RefusedException("this cluster has no load balancers");
  }

  @Override
  public boolean exists(ObjectKey service) {
    return false;
  }

  @Override
  public void delete(ObjectKey service) {}
}
