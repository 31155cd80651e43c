package dev.fairlead.kubelet;

import dev.fairlead.http.Tls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one kubelet is told. {@link #of} gives the defaults; {@code with…} methods change one thing.
 *
 * @param nodeName the Node object's name and the node's host name
 * @param nodeAddress the node's IPv4 address
 * @param labels labels of the Node besides host name, operating system and architecture
 * @param stateDirectory pods' files go below {@code pods/}; also the mark by which leftover
 *     processes are found
 * @param clusterDomain for example {@code cluster.local}
 * @param clusterDns address of the cluster's DNS server
 * @param resolvConf the node's own resolver file, for {@code dnsPolicy: Default}
 * @param port of the kubelet's HTTPS API
 * @param tls null for no HTTPS API
 * @param leaseInterval how often the Lease is renewed
 * @param statusInterval how often the Node's status is written when nothing changes
 * @param podsMax capacity in pods
 */
public record KubeletSettings(
    String nodeName,
    String nodeAddress,
    Map<String, String> labels,
    Path stateDirectory,
    String clusterDomain,
    String clusterDns,
    Path resolvConf,
    int port,
    @Nullable Tls tls,
    Duration leaseInterval,
    Duration statusInterval,
    int podsMax) {
  /** The label of a node's zone. */
  public static final String ZONE_LABEL = "topology.kubernetes.io/zone";

  public KubeletSettings {
    labels = Map.copyOf(labels);
    stateDirectory = stateDirectory.toAbsolutePath().normalize();
    if (nodeName.isEmpty() || nodeAddress.isEmpty()) {
      throw new IllegalArgumentException("a kubelet needs the name and the address of its node");
    }
  }

  /** The defaults of DESIGN: DNS at 10.115.240.10, domain {@code cluster.local}, no HTTPS API. */
  public static KubeletSettings of(
      String nodeName, String nodeAddress, String zone, Path stateDirectory) {
    return new KubeletSettings(
        nodeName,
        nodeAddress,
        zone.isEmpty() ? Map.of() : Map.of(ZONE_LABEL, zone),
        stateDirectory,
        "cluster.local",
        "10.115.240.10",
        Path.of("/etc/resolv.conf"),
        10_250,
        null,
        Duration.ofSeconds(10),
        Duration.ofMinutes(5),
        110);
  }

  /** The same with another cluster domain and DNS server. */
  public KubeletSettings withDns(String domain, String server) {
    return new KubeletSettings(
        nodeName,
        nodeAddress,
        labels,
        stateDirectory,
        domain,
        server,
        resolvConf,
        port,
        tls,
        leaseInterval,
        statusInterval,
        podsMax);
  }

  /** The same with the kubelet's HTTPS API on this port. */
  public KubeletSettings withServer(int serverPort, Tls serverTls) {
    return new KubeletSettings(
        nodeName,
        nodeAddress,
        labels,
        stateDirectory,
        clusterDomain,
        clusterDns,
        resolvConf,
        serverPort,
        serverTls,
        leaseInterval,
        statusInterval,
        podsMax);
  }
}
