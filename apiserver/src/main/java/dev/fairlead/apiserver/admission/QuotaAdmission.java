package dev.fairlead.apiserver.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.quota.Amounts;
import dev.fairlead.api.quota.QuotaCharge;
import dev.fairlead.apiserver.allocation.Reservation;
import dev.fairlead.apiserver.watch.Versions;
import dev.fairlead.store.Store.Compare;
import dev.fairlead.store.Store.Operation;
import java.time.InstantSource;
import java.util.List;

/**
 * Keeps namespaces within their quotas. What a write uses is added to the quota's status in the
 * same transaction, which holds only while the quota is the one that was read: so no number of
 * simultaneous writes gets past it. The controller takes away what is gone.
 */
public final class QuotaAdmission implements Admission {
  private final ClusterState cluster;
  private final InstantSource clock;

  public QuotaAdmission(ClusterState cluster, InstantSource clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  @Override
  public Reservation admit(AdmissionRequest request, ObjectNode object) {
    ResourceType type = request.target().type();
    if (!concerned(request, type)) {
      return Reservation.NONE;
    }
    Reservation all = Reservation.NONE;
    for (Document quota : cluster.list(Kinds.RESOURCE_QUOTA, request.target().namespace())) {
      Document old = request.old();
      QuotaCharge charge =
          QuotaCharge.decide(quota, type, object, old == null ? null : old.tree(), clock.instant());
      all =
          switch (charge) {
            case QuotaCharge.Nothing() -> all;
            case QuotaCharge.Refused(String why) -> throw request.forbidden(why);
            case QuotaCharge.Used(Amounts used) -> all.and(write(quota, used));
          };
    }
    return all;
  }

  /** Events never count; besides what is new only Services and resized pods may use more. */
  private static boolean concerned(AdmissionRequest request, ResourceType type) {
    boolean created = request.creates(type) && !type.equals(Kinds.EVENT);
    return type.namespaced() && (created || request.updates(Kinds.SERVICE) || request.resizes());
  }

  private static Reservation write(Document quota, Amounts used) {
    String key = Kinds.RESOURCE_QUOTA.storageKey(quota.key());
    Document next =
        quota.with(tree -> {
          ((ObjectNode) tree.get("metadata")).remove("resourceVersion");
          ((ObjectNode) tree.get("status")).set("used", used.toTree());
        });
    return new Reservation(
        List.of(new Compare(key, Versions.of(quota))),
        List.of(new Operation.Put(key, Json.bytes(next.tree()))));
  }
}
