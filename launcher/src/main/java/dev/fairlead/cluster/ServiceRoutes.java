package dev.fairlead.cluster;

import dev.fairlead.api.Document;
import dev.fairlead.api.net.Cidr;
import dev.fairlead.api.view.ServiceCidr;
import dev.fairlead.client.Informer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the ServiceCIDRs: the router spreads their addresses over the nodes, the host sends them
 * to the router, and every node's proxy drops packets to addresses of theirs that nobody has, which
 * would go round in circles otherwise. One that is being deleted still counts.
 */
final class ServiceRoutes implements Informer.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceRoutes.class);

  /** Where routes are put. */
  interface Routes {
    /** A machine that has no say in routes. */
    Routes NONE =
        new Routes() {
          @Override
          public void put(String network) {}

          @Override
          public void remove(String network) {}
        };

    void put(String network) throws IOException;

    void remove(String network) throws IOException;
  }

  private final Cidr initial;
  private final Function<Cidr, Optional<String>> objection;
  private final Routes routes;
  private final List<Consumer<List<String>>> followers = new ArrayList<>();
  private final TreeMap<String, ServiceCidr> known = new TreeMap<>();
  private final Set<Cidr> routed = new HashSet<>();

  /**
   * Routes of these ranges.
   *
   * @param initial routed already, and for ever
   * @param objection why a range had better not be routed; empty when it may
   */
  ServiceRoutes(Cidr initial, Function<Cidr, Optional<String>> objection, Routes routes) {
    this.initial = initial;
    this.objection = objection;
    this.routes = routes;
  }

  /** Adds one who is told of the ranges now and when they change; no two of them overlap. */
  synchronized void follow(Consumer<List<String>> follower) {
    followers.add(follower);
    follower.accept(texts());
  }

  @Override
  public synchronized void onChange(@Nullable Document before, @Nullable Document after) {
    if (after != null) {
      ServiceCidr range = ServiceCidr.of(after);
      if (before == null) {
        object(range);
      }
      known.put(range.name(), range);
    } else if (before != null) {
      known.remove(before.name());
    }
    route();
    List<String> all = texts();
    followers.forEach(each -> each.accept(all));
  }

  private void object(ServiceCidr range) {
    for (Cidr each : range.cidrs()) {
      objection
          .apply(each)
          .ifPresent(why ->
              LOG.error(
                  "ServiceCIDR {}: {} is not routed on this machine: {}",
                  range.name(),
                  each.text(),
                  why));
    }
  }

  private void route() {
    Set<Cidr> wanted = new LinkedHashSet<>(ServiceNetworks.outermost(routable()));
    wanted.removeIf(initial::contains);
    for (Cidr each : wanted) {
      if (!routed.contains(each)) {
        attempt(each, () -> routes.put(each.text()));
        routed.add(each);
      }
    }
    for (Cidr each : List.copyOf(routed)) {
      if (!wanted.contains(each)) {
        attempt(each, () -> routes.remove(each.text()));
        routed.remove(each);
      }
    }
  }

  private List<Cidr> routable() {
    return all().stream().filter(each -> objection.apply(each).isEmpty()).toList();
  }

  private List<Cidr> all() {
    List<Cidr> all = new ArrayList<>(List.of(initial));
    known.values().forEach(each -> all.addAll(each.cidrs()));
    return all;
  }

  private List<String> texts() {
    return ServiceNetworks.outermost(all()).stream().map(Cidr::text).toList();
  }

  private interface Change {
    void run() throws IOException;
  }

  private static void attempt(Cidr network, Change change) {
    try {
      change.run();
    } catch (IOException e) {
      LOG.error("the route to services of {} cannot be changed: {}", network.text(), e.toString());
    }
  }
}
