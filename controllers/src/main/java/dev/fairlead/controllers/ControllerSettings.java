package dev.fairlead.controllers;

import java.time.Duration;

/**
 * What differs from cluster to cluster.
 *
 * @param podNetwork IPv4 CIDR that the nodes' pod ranges are cut from
 * @param nodePrefixLength prefix length of one node's range
 * @param nodeGrace a node whose Lease is older is not ready any more
 * @param podEvictionAfter pods of a node that stays away for so long are deleted
 * @param rootCertificates PEM that pods trust the API server by; empty writes no {@code
 *     kube-root-ca.crt}
 */
public record ControllerSettings(
    String podNetwork,
    int nodePrefixLength,
    Duration nodeGrace,
    Duration podEvictionAfter,
    String rootCertificates) {

  /** The defaults of a local cluster. */
  public static final ControllerSettings DEFAULT =
      new ControllerSettings(
          "10.112.0.0/16", 24, Duration.ofSeconds(40), Duration.ofMinutes(5), "");

  /** The same with the certificates of this cluster. */
  public ControllerSettings withRootCertificates(String pem) {
    return new ControllerSettings(podNetwork, nodePrefixLength, nodeGrace, podEvictionAfter, pem);
  }
}
