package dev.fairlead.controllers.loadbalancer;

/**
 * The local provider's settings.
 *
 * @param externalNetwork CIDR of the addresses of ordinary load balancers
 * @param internalNetwork CIDR of those that are asked for as internal
 * @param hostnameSuffix when not empty, Services get a name under this domain instead of an address
 */
public record PoolSettings(String externalNetwork, String internalNetwork, String hostnameSuffix) {

  /** {@code spec.loadBalancerClass} by which a Service asks for this provider by name. */
  public static final String LOAD_BALANCER_CLASS = "fairlead.dev/pool";

  /** The defaults of a local cluster. */
  public static final PoolSettings DEFAULT =
      new PoolSettings("10.111.200.0/24", "10.111.201.0/24", "");

  /** The same, answering with names under {@code suffix}. */
  public PoolSettings withHostnames(String suffix) {
    return new PoolSettings(externalNetwork, internalNetwork, suffix);
  }
}
