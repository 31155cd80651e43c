package dev.fairlead.controllers;

import dev.fairlead.api.KubeApi;
import dev.fairlead.client.EventRecorder;
import dev.fairlead.client.InformerFactory;
import dev.fairlead.controllers.loadbalancer.LoadBalancerProvider;
import java.time.Clock;

/**
 * What every controller is given.
 *
 * @param api reads that must be fresh, and all writes
 * @param informers shared local copies; closed by whoever made the context
 * @param events each controller speaks through {@code events.as("name-controller")}
 * @param clock the only source of wall-clock time
 * @param settings what differs from cluster to cluster
 * @param loadBalancers makes the load balancers of Services
 */
public record ControllerContext(
    KubeApi api,
    InformerFactory informers,
    EventRecorder events,
    Clock clock,
    ControllerSettings settings,
    LoadBalancerProvider loadBalancers) {

  /** Without load balancers. */
  public ControllerContext(
      KubeApi api,
      InformerFactory informers,
      EventRecorder events,
      Clock clock,
      ControllerSettings settings) {
    this(api, informers, events, clock, settings, LoadBalancerProvider.NONE);
  }

  /** With default settings. */
  public ControllerContext(
      KubeApi api, InformerFactory informers, EventRecorder events, Clock clock) {
    this(api, informers, events, clock, ControllerSettings.DEFAULT);
  }
}
