package dev.fairlead.dns;

import dev.fairlead.api.ObjectKey;
import dev.fairlead.discovery.ServiceImage;
import dev.fairlead.discovery.ServiceImage.Endpoint;
import dev.fairlead.discovery.ServiceImage.Port;
import dev.fairlead.discovery.ServiceImage.Protocol;
import dev.fairlead.discovery.ServiceImage.TargetPort;
import java.util.List;
import java.util.Set;

/** Service images for tests. */
final class Images {
  private Images() {}

  static ServiceImage virtual(String namespace, String name, String clusterIp, Endpoint... behind) {
    return image(
        namespace,
        name,
        ServiceImage.Type.CLUSTER_IP,
        false,
        List.of(clusterIp),
        null,
        false,
        List.of(new Port("http", Protocol.TCP, 80, 0), new Port("dns", Protocol.UDP, 53, 0)),
        behind);
  }

  static ServiceImage headless(
      String namespace, String name, boolean publishNotReady, Endpoint... behind) {
    return image(
        namespace,
        name,
        ServiceImage.Type.CLUSTER_IP,
        true,
        List.of(),
        null,
        publishNotReady,
        List.of(new Port("http", Protocol.TCP, 80, 0)),
        behind);
  }

  static ServiceImage external(String namespace, String name, String target) {
    return image(
        namespace,
        name,
        ServiceImage.Type.EXTERNAL_NAME,
        false,
        List.of(),
        target,
        false,
        List.of());
  }

  static Endpoint endpoint(String address, String hostname, boolean ready) {
    return new Endpoint(
        address,
        Set.of(new TargetPort("http", Protocol.TCP, 8080)),
        ready,
        ready,
        false,
        hostname,
        "node-1",
        "",
        "");
  }

  private static ServiceImage image(
      String namespace,
      String name,
      ServiceImage.Type type,
      boolean headless,
      List<String> clusterIps,
      String externalName,
      boolean publishNotReady,
      List<Port> ports,
      Endpoint... behind) {
    return new ServiceImage(
        new ObjectKey(namespace, name),
        type,
        headless,
        clusterIps,
        List.of(),
        List.of(),
        List.of(),
        externalName,
        false,
        false,
        0,
        publishNotReady,
        null,
        ports,
        List.of(behind));
  }
}
