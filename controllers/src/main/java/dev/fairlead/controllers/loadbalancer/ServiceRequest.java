package dev.fairlead.controllers.loadbalancer;

import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;

/**
 * What a Service asks of its load balancer.
 *
 * @param internal whether only the cluster's own network should reach it
 * @param fixedAddress the address asked for; empty for any
 */
public record ServiceRequest(ObjectKey key, boolean internal, String fixedAddress) {

  /** Reads a Service. */
  public static ServiceRequest of(Document service) {
    return new ServiceRequest(
        service.key(),
        CloudAnnotations.internal(service.meta().annotations()),
        CloudAnnotations.fixedAddress(service));
  }
}
