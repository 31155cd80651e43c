package dev.fairlead.proxy;

import dev.fairlead.discovery.ServiceImage;
import dev.fairlead.discovery.ServiceImage.Endpoint;
import dev.fairlead.discovery.ServiceImage.Port;
import dev.fairlead.discovery.ServiceImage.TargetPort;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which endpoints of a service port get traffic.
 *
 * <p>The ready ones; when there is none, those that still serve while they terminate (KEP-1669).
 * The rule is applied to the endpoints of the traffic policy, so that a {@code Local} service whose
 * last pod on this node is terminating still serves from it.
 */
record EndpointChoice(Set<Target> cluster, Set<Target> local) {

  static EndpointChoice of(ServiceImage service, Port port, String nodeName) {
    return new EndpointChoice(
        targets(service, port, endpoint -> true),
        targets(service, port, endpoint -> endpoint.nodeName().equals(nodeName)));
  }

  private static Set<Target> targets(
      ServiceImage service, Port port, Predicate<Endpoint> eligible) {
    List<Endpoint> endpoints =
        service.endpoints().stream().filter(eligible.and(EndpointChoice::isIpv4)).toList();
    Set<Target> ready = targets(endpoints, port, Endpoint::ready);
    return ready.isEmpty()
        ? targets(endpoints, port, endpoint -> endpoint.serving() && endpoint.terminating())
        : ready;
  }

  private static Set<Target> targets(
      List<Endpoint> endpoints, Port port, Predicate<Endpoint> usable) {
    Set<Target> targets = new LinkedHashSet<>();
    for (Endpoint endpoint : endpoints) {
      if (usable.test(endpoint)) {
        for (TargetPort target : endpoint.ports()) {
          if (target.name().equals(port.name()) && target.protocol() == port.protocol()) {
            targets.add(new Target(endpoint.address(), target.port()));
          }
        }
      }
    }
    return targets;
  }

  static boolean isIpv4(Endpoint endpoint) {
    return Ipv4.isAddress(endpoint.address());
  }
}
