package dev.fairlead.proxy;

import java.util.List;

/**
 * What the proxy of one node has to know.
 *
 * @param nodeName this node, as in {@code endpoints[].nodeName}
 * @param podNetwork addresses of all pods, {@code 10.112.0.0/16}; everybody else is masqueraded
 *     when sent to an endpoint
 * @param serviceNetwork where cluster IPs come from, until {@link Proxy#setServiceNetworks};
 *     packets to unallocated ones are dropped
 * @param localDnsAddresses addresses at which this node's own DNS server answers on port 53,
 *     without NAT and without connection tracking
 */
public record ProxySettings(
    String nodeName, String podNetwork, String serviceNetwork, List<String> localDnsAddresses) {
  public ProxySettings {
    localDnsAddresses = List.copyOf(localDnsAddresses);
  }
}
