package dev.fairlead.discovery;

import dev.fairlead.api.view.EndpointSlice;
import dev.fairlead.api.view.Service;
import dev.fairlead.discovery.ServiceImage.Port;
import dev.fairlead.discovery.ServiceImage.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Joins one Service with its EndpointSlices. Pure, and independent of the order of the slices.
 *
 * <p>Only IPv4 is joined: addresses and slices of other families are left out, as a cluster of one
 * family does upstream.
 */
final class ServiceJoin {
  private ServiceJoin() {}

  /**
   * The image of {@code service}.
   *
   * @param slices the slices that name the service, in any order
   */
  public static ServiceImage join(Service service, Collection<EndpointSlice> slices) {
    boolean external = service.type().equals("ExternalName");
    return new ServiceImage(
        service.key(),
        type(service.type()),
        !external && service.headless(),
        external ? List.of() : ipv4(service.clusterIps()),
        ipv4(service.externalIps()),
        ipv4(service.loadBalancerIps()),
        service.loadBalancerSourceRanges(),
        external ? service.externalName() : null,
        service.externalTrafficPolicy().equals("Local"),
        service.internalTrafficPolicy().equals("Local"),
        service.healthCheckNodePort(),
        service.publishNotReadyAddresses(),
        service.sessionAffinity().equals("ClientIP")
            ? Duration.ofSeconds(service.sessionAffinityTimeoutSeconds())
            : null,
        ports(service.ports()),
        external ? List.of() : EndpointMerge.merge(slices));
  }

  private static ServiceImage.Type type(String type) {
    return switch (type) {
      case "NodePort" -> ServiceImage.Type.NODE_PORT;
      case "LoadBalancer" -> ServiceImage.Type.LOAD_BALANCER;
      case "ExternalName" -> ServiceImage.Type.EXTERNAL_NAME;
      default -> ServiceImage.Type.CLUSTER_IP;
    };
  }

  /** The protocol of a port; TCP for what the API server would not have stored. */
  static Protocol protocol(String protocol) {
    return switch (protocol) {
      case "UDP" -> Protocol.UDP;
      case "SCTP" -> Protocol.SCTP;
      default -> Protocol.TCP;
    };
  }

  private static List<Port> ports(List<Service.Port> ports) {
    List<Port> result = new ArrayList<>(ports.size());
    for (Service.Port port : ports) {
      result.add(new Port(port.name(), protocol(port.protocol()), port.port(), port.nodePort()));
    }
    return result;
  }

  private static List<String> ipv4(List<String> addresses) {
    return addresses.stream().filter(Ipv4::valid).toList();
  }
}
