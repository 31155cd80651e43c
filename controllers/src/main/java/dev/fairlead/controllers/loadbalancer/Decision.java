package dev.fairlead.controllers.loadbalancer;

import dev.fairlead.api.Document;

/** What is to be done about one Service. Pure. */
enum Decision {
  /** It is none of ours. */
  NOTHING,
  /** It wants a load balancer. */
  ENSURE,
  /** It has one and should not. */
  RELEASE;

  /** Holds a Service until its load balancer is gone. */
  static final String FINALIZER = "service.kubernetes.io/load-balancer-cleanup";

  static Decision of(Document service, LoadBalancerProvider provider) {
    boolean balanced = balanced(service);
    boolean ours = provider.owns(service.spec().path("loadBalancerClass").asText(""));
    boolean marked = service.meta().finalizers().contains(FINALIZER);
    if (balanced && ours && !service.meta().deleting()) {
      return ENSURE;
    }
    if (provider.exists(service.key())) {
      return RELEASE;
    }
    // Whoever made the load balancer of another class also takes the mark away.
    boolean anybodyElses = balanced && !ours;
    return marked && !anybodyElses && provider.owns("") ? RELEASE : NOTHING;
  }

  /** Whether a Service is of type {@code LoadBalancer}. */
  static boolean balanced(Document service) {
    return service.spec().path("type").asText("").equals("LoadBalancer");
  }
}
