package dev.fairlead.proxy;

import dev.fairlead.api.ObjectKey;
import dev.fairlead.discovery.Discovery.Change;
import dev.fairlead.discovery.ServiceImage;
import dev.fairlead.linux.Conntrack.Flow;
import dev.fairlead.linux.Nftables;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the kernel's table equal to what was asked for. Remembers what the kernel holds, so a
 * change never reads the kernel. After an exception of {@link #apply} only {@link #rebuild} helps.
 * Used by one thread.
 */
final class Applier {
  private static final Logger LOG = LoggerFactory.getLogger(Applier.class);

  /** Forgets tracked connections. */
  @FunctionalInterface
  interface Flows {
    int delete(Predicate<Flow> stale) throws IOException;
  }

  private final Planner planner;
  private final Ruleset ruleset;
  private final Nftables nftables;
  private final Flows flows;

  private final Map<ObjectKey, ServicePlan> plans = new HashMap<>();
  private final Ledger ledger = new Ledger();
  private final Set<String> chains = new HashSet<>();
  private List<String> serviceNetworks;

  Applier(ProxySettings settings, Nftables nftables, Flows flows) {
    this.planner = new Planner(settings);
    this.ruleset = new Ruleset(settings);
    this.nftables = nftables;
    this.flows = flows;
    this.serviceNetworks = List.of(settings.serviceNetwork());
  }

  /**
   * Writes the whole table in one transaction; what was there before serves until it is replaced.
   *
   * @return the elements written
   */
  int rebuild(Map<ObjectKey, ServiceImage> services) {
    Map<ObjectKey, ServicePlan> before = Map.copyOf(plans);
    plans.clear();
    ledger.clear();
    chains.clear();
    StaleFlows stale = new StaleFlows();
    services.forEach((key, service) ->
        // The old numbers are kept, so that clients with an affinity keep their endpoint.
        replace(key, planner.plan(service, before.getOrDefault(key, ServicePlan.NONE)), stale));
    Transaction transaction = Transaction.of(ledger.takeTouched(), ledger);
    nftables.run(ruleset.base(serviceNetworks) + newChains(transaction) + transaction.text());
    chains.addAll(transaction.chains());
    forget(stale);
    return transaction.size();
  }

  /**
   * Carries changes over in one transaction.
   *
   * @return how many elements were deleted and added
   */
  int apply(Map<ObjectKey, Change> changes) {
    StaleFlows stale = new StaleFlows();
    changes.forEach((key, change) -> {
      ServicePlan before = plans.getOrDefault(key, ServicePlan.NONE);
      replace(key, planner.plan(change.after(), before), stale);
    });
    Transaction transaction = Transaction.of(ledger.takeTouched(), ledger);
    if (!transaction.isEmpty()) {
      nftables.run(newChains(transaction) + transaction.text());
      chains.addAll(transaction.chains());
    }
    forget(stale);
    return transaction.size();
  }

  /**
   * Remembers where cluster IPs come from.
   *
   * @param written whether the table is there and has to follow
   */
  void serviceNetworks(List<String> networks, boolean written) {
    serviceNetworks = List.copyOf(networks);
    if (written) {
      nftables.run(ruleset.networks(serviceNetworks));
    }
  }

  /** Takes the table away. */
  void remove() {
    nftables.run("add table %s\ndelete table %s".formatted(Ruleset.TABLE, Ruleset.TABLE));
  }

  private void replace(ObjectKey key, ServicePlan plan, StaleFlows stale) {
    @Nullable ServicePlan old = plans.get(key);
    ServicePlan before = old == null ? ServicePlan.NONE : old;
    ledger.replace(key, before, plan);
    stale.add(before, plan);
    if (plan.elements().isEmpty()) {
      plans.remove(key);
    } else {
      plans.put(key, plan);
    }
  }

  private String newChains(Transaction transaction) {
    StringBuilder text = new StringBuilder();
    for (String chain : transaction.chains()) {
      if (!chains.contains(chain)) {
        text.append(ruleset.chain(chain));
      }
    }
    return text.toString();
  }

  private void forget(StaleFlows stale) {
    if (stale.isEmpty()) {
      return;
    }
    try {
      int forgotten = flows.delete(stale);
      LOG.debug("forgot {} stale UDP flows", forgotten);
    } catch (IOException e) {
      LOG.warn("stale UDP flows stay until they time out: {}", e.getMessage());
    }
  }
}
