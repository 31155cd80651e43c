package dev.fairlead.controllers.loadbalancer;

import dev.fairlead.api.ObjectKey;
import java.io.IOException;
import java.util.List;

/**
 * What makes load balancers: a cloud, or the local {@link PoolProvider}. The controller calls it
 * from one thread at a time.
 */
public interface LoadBalancerProvider {

  /** No load balancers: Services of that type stay {@code <pending>}. */
  LoadBalancerProvider NONE = new NoLoadBalancers();

  /**
   * Whether Services of this class are this provider's.
   *
   * @param loadBalancerClass {@code spec.loadBalancerClass}; empty for the cluster's default
   */
  boolean owns(String loadBalancerClass);

  /**
   * Tells of a load balancer that a Service had when the process before this one ended. Called for
   * all such Services before anything else.
   */
  void restore(ServiceRequest request, List<Ingress> ingress);

  /**
   * Makes the load balancer of a Service, or brings it in line. Doing it twice is doing it once.
   *
   * @param nodes where its packets may go; empty when nothing can serve them now
   * @return where it is reached
   * @throws RefusedException when there is nothing to be had now; what the Service had stays
   * @throws IOException when it failed and may be tried again
   */
  List<Ingress> ensure(ServiceRequest request, List<BackendNode> nodes)
      throws RefusedException, IOException;

  /** Whether there is a load balancer for this Service. */
  boolean exists(ObjectKey service);

  /**
   * Removes the load balancer of a Service, if there is one.
   *
   * @throws IOException when it failed and may be tried again
   */
  void delete(ObjectKey service) throws IOException;
}
