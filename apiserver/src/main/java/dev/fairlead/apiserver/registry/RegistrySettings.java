package dev.fairlead.apiserver.registry;

import dev.fairlead.apiserver.watch.WatchCacheSettings;
import java.time.Duration;

/**
 * What the registry has to know of the cluster.
 *
 * @param serviceCidr IPv4 range of cluster IPs, for example {@code 10.115.240.0/20}
 * @param nodePortFirst lowest node port
 * @param nodePortLast highest node port, inclusive
 * @param advertiseAddress IPv4 address at which nodes reach the API server
 * @param advertisePort the port there
 * @param dnsAddress cluster IP of the Service {@code kube-dns}
 * @param clusterDomain for example {@code cluster.local}
 * @param watchCache bounds of the watch cache
 * @param compactionPeriod how often superseded revisions are forgotten; those younger than this
 *     stay
 * @param serviceAccounts whether pods need an existing service account, and get its token mounted;
 *     for clusters whose kubelets can mount projected volumes
 */
public record RegistrySettings(
    String serviceCidr,
    int nodePortFirst,
    int nodePortLast,
    String advertiseAddress,
    int advertisePort,
    String dnsAddress,
    String clusterDomain,
    WatchCacheSettings watchCache,
    Duration compactionPeriod,
    boolean serviceAccounts) {

  /** The defaults of a local cluster. */
  public static final RegistrySettings DEFAULT =
      new RegistrySettings(
          "10.115.240.0/20",
          30_000,
          32_767,
          "10.111.0.1",
          6443,
          "10.115.240.10",
          "cluster.local",
          WatchCacheSettings.DEFAULT,
          Duration.ofMinutes(5),
          false);

  /** The same with another place at which nodes reach the API server. */
  public RegistrySettings withAdvertise(String address, int port) {
    return new RegistrySettings(
        serviceCidr,
        nodePortFirst,
        nodePortLast,
        address,
        port,
        dnsAddress,
        clusterDomain,
        watchCache,
        compactionPeriod,
        serviceAccounts);
  }

  /** The same with other ranges of cluster IPs and node ports. */
  public RegistrySettings withRanges(String cidr, String dns, int firstPort, int lastPort) {
    return new RegistrySettings(
        cidr,
        firstPort,
        lastPort,
        advertiseAddress,
        advertisePort,
        dns,
        clusterDomain,
        watchCache,
        compactionPeriod,
        serviceAccounts);
  }

  /** The same with other bounds of the watch cache. */
  public RegistrySettings withWatchCache(WatchCacheSettings bounds) {
    return new RegistrySettings(
        serviceCidr,
        nodePortFirst,
        nodePortLast,
        advertiseAddress,
        advertisePort,
        dnsAddress,
        clusterDomain,
        bounds,
        compactionPeriod,
        serviceAccounts);
  }

  /** The same with service accounts in force. */
  public RegistrySettings withServiceAccounts() {
    return new RegistrySettings(
        serviceCidr,
        nodePortFirst,
        nodePortLast,
        advertiseAddress,
        advertisePort,
        dnsAddress,
        clusterDomain,
        watchCache,
        compactionPeriod,
        true);
  }
}
