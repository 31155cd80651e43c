package dev.fairlead.controllers.resourcequota;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.quantity.Quantity;
import dev.fairlead.api.quota.Amounts;
import dev.fairlead.api.quota.QuotaScopes;
import dev.fairlead.api.quota.QuotaUsage;
import dev.fairlead.client.Controller;
import dev.fairlead.client.Informer;
import dev.fairlead.client.KeyedWorkQueue;
import dev.fairlead.client.Reconciler;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.client.WorkQueue;
import dev.fairlead.controllers.ControllerContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a quota's namespace holds: when the quota is new or changed, and when something that
 * was counted goes. What comes is added by the API server itself, with the write.
 *
 * <p>The quota is read before the objects are listed, both as they are now, and written only if it
 * is still the one that was read. So whatever was added in between makes the write fail, and
 * nothing is ever counted too low.
 */
public final class ResourceQuotaController implements Reconciler<ObjectKey> {
  private static final int WORKERS = 5;
  private static final List<ResourceType> COUNTED =
      Kinds.ALL.stream().filter(type -> type.namespaced() && !type.equals(Kinds.EVENT)).toList();

  private final ControllerContext context;
  private final SharedInformer quotas;
  private final WorkQueue<ObjectKey> queue = new KeyedWorkQueue<>();

  private ResourceQuotaController(ControllerContext context) {
    this.context = context;
    this.quotas = context.informers().informer(Kinds.RESOURCE_QUOTA);
  }

  /** Starts the controller; it works once its informers have synced. */
  public static Controller start(ControllerContext context) {
    ResourceQuotaController controller = new ResourceQuotaController(context);
    List<Informer> reads = new ArrayList<>();
    for (ResourceType type : COUNTED) {
      SharedInformer objects = context.informers().informer(type);
      objects.addListener((before, after) -> controller.objectChanged(type, before, after));
      reads.add(objects);
    }
    controller.quotas.addListener(controller::quotaChanged);
    return Controller.start(
        "resourcequota", WORKERS, controller.queue, controller, reads.toArray(Informer[]::new));
  }

  @Override
  public void reconcile(ObjectKey key) {
    try {
      Document quota = context.api().get(Target.object(Kinds.RESOURCE_QUOTA, key));
      ObjectNode status = Json.object();
      Amounts hard = Amounts.of(quota.spec().path("hard"));
      status.set("hard", hard.toTree());
      status.set("used", used(quota, hard.names()).toTree());
      if (!quota.meta().deleting() && !Json.same(status, quota.status())) {
        Document next = quota.with(tree -> tree.set("status", status));
        Document _ =
            context
                .api()
                .update(
                    Target.object(Kinds.RESOURCE_QUOTA, key).sub("status"),
                    next,
                    WriteOptions.NONE);
      }
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }

  private Amounts used(Document quota, Set<String> names) {
    Instant now = context.clock().instant();
    Amounts used = Amounts.NONE;
    for (ResourceType type : COUNTED) {
      Set<String> tracked = QuotaUsage.tracked(type, names);
      if (tracked.isEmpty()) {
        continue;
      }
      TreeMap<String, Quantity> zeros = new TreeMap<>();
      tracked.forEach(name -> zeros.put(name, Quantity.ZERO));
      used = used.plus(new Amounts(zeros));
      Target all = Target.collection(type, quota.namespace());
      for (Document object : context.api().list(all, ListOptions.ALL).items()) {
        if (QuotaScopes.match(quota.spec(), type, object.tree())) {
          used = used.plus(QuotaUsage.of(type, object.tree(), now).only(tracked));
        }
      }
    }
    return used;
  }

  /**
   * A change of {@code status.hard} counts again: what was made before it stood there was not added
   * by the API server, and may have come after the first count.
   */
  private void quotaChanged(@Nullable Document before, @Nullable Document after) {
    if (after != null
        && (before == null
            || !Json.same(before.spec(), after.spec())
            || !Json.same(before.status().path("hard"), after.status().path("hard")))) {
      queue.add(after.key());
    }
  }

  private void objectChanged(
      ResourceType type, @Nullable Document before, @Nullable Document after) {
    if (before != null && (after == null || usesLess(type, before, after))) {
      for (Document quota : quotas.inNamespace(before.namespace())) {
        queue.add(quota.key());
      }
    }
  }

  /** Only pods and Services can use less than they did while they last. */
  private boolean usesLess(ResourceType type, Document before, Document after) {
    if (!type.equals(Kinds.POD) && !type.equals(Kinds.SERVICE)) {
      return false;
    }
    Instant now = context.clock().instant();
    Amounts was = QuotaUsage.of(type, before.tree(), now);
    Amounts is = QuotaUsage.of(type, after.tree(), now);
    return !was.minusDownToZero(is).withoutZeros().isEmpty();
  }
}
