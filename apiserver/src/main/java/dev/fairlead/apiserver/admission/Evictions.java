package dev.fairlead.apiserver.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.allocation.Reservation;
import dev.fairlead.apiserver.watch.Versions;
import dev.fairlead.store.Store.Compare;
import dev.fairlead.store.Store.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Charges evictions to the pods' PodDisruptionBudgets. The budget changes in the transaction that
 * deletes the pod, so no two evictions use the same disruption.
 */
public final class Evictions {
  private final ClusterState cluster;

  public Evictions(ClusterState cluster) {
    this.cluster = cluster;
  }

  /**
   * What has to be committed with the deletion of this pod.
   *
   * @param now in whole seconds
   * @throws dev.fairlead.api.ApiException 429 when its budget is against it, 500 when it has
   *     several
   */
  public Reservation charge(Document pod, Instant now) {
    List<Document> budgets = cluster.list(Kinds.POD_DISRUPTION_BUDGET, pod.namespace());
    Optional<Document> budget = DisruptionRule.evict(pod, budgets, now);
    return budget.map(Evictions::write).orElse(Reservation.NONE);
  }

  private static Reservation write(Document budget) {
    String key = Kinds.POD_DISRUPTION_BUDGET.storageKey(budget.key());
    Document stored =
        budget.with(tree -> ((ObjectNode) tree.get("metadata")).remove("resourceVersion"));
    return new Reservation(
        List.of(new Compare(key, Versions.of(budget))),
        List.of(new Operation.Put(key, Json.bytes(stored.tree()))));
  }
}
