package dev.fairlead.discovery;

import dev.fairlead.api.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One Service with all that backs it, joined from the Service and its EndpointSlices. Immutable.
 *
 * @param clusterIps empty for headless and ExternalName services
 * @param externalName the CNAME target, or null
 * @param affinityTimeout null when session affinity is {@code None}
 * @param endpoints every endpoint of every slice, in a stable order, ready or not
 */
public record ServiceImage(
    ObjectKey key,
    Type type,
    boolean headless,
    List<String> clusterIps,
    List<String> externalIps,
    List<String> loadBalancerIps,
    List<String> loadBalancerSourceRanges,
    @Nullable String externalName,
    boolean externalTrafficLocal,
    boolean internalTrafficLocal,
    int healthCheckNodePort,
    boolean publishNotReadyAddresses,
    @Nullable Duration affinityTimeout,
    List<Port> ports,
    List<Endpoint> endpoints) {

  public ServiceImage {
    clusterIps = List.copyOf(clusterIps);
    externalIps = List.copyOf(externalIps);
    loadBalancerIps = List.copyOf(loadBalancerIps);
    loadBalancerSourceRanges = List.copyOf(loadBalancerSourceRanges);
    ports = List.copyOf(ports);
    endpoints = List.copyOf(endpoints);
  }

  /** {@code spec.type}. */
  public enum Type {
    CLUSTER_IP,
    NODE_PORT,
    LOAD_BALANCER,
    EXTERNAL_NAME
  }

  /** Transport protocols of service ports. */
  public enum Protocol {
    TCP,
    UDP,
    SCTP
  }

  /**
   * One port of the Service.
   *
   * @param name empty when the only port is unnamed
   * @param nodePort 0 when none
   */
  public record Port(String name, Protocol protocol, int port, int nodePort) {}

  /**
   * One address behind the Service, with the port numbers that its slice gives for each port name.
   *
   * @param hostname {@code endpoints[].hostname}; empty when none
   * @param nodeName empty when unknown
   * @param zone empty when unknown
   * @param targetUid UID of the pod behind it; empty when none
   */
  public record Endpoint(
      String address,
      Set<TargetPort> ports,
      boolean ready,
      boolean serving,
      boolean terminating,
      String hostname,
      String nodeName,
      String zone,
      String targetUid) {
    public Endpoint {
      ports = Set.copyOf(ports);
    }
  }

  /** The port behind a named Service port. */
  public record TargetPort(String name, Protocol protocol, int port) {}
}
