package dev.fairlead.controllers.servicecidr;

import com.fasterxml.jackson.databind.node.ArrayNode;
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
import dev.fairlead.api.net.Ip;
import dev.fairlead.api.view.IpAddress;
import dev.fairlead.api.view.ServiceCidr;
import dev.fairlead.client.Controller;
import dev.fairlead.client.KeyedWorkQueue;
import dev.fairlead.client.Reconciler;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.client.WorkQueue;
import dev.fairlead.controllers.ControllerContext;
import dev.fairlead.controllers.StatusPatch;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says of each ServiceCIDR whether it is ready, and lets one that is being deleted go once no
 * address needs it (upstream: {@code pkg/controller/servicecidrs}, KEP-1880). The allocator takes
 * no address of a range that is being deleted, and its transactions hold that against races, so
 * what a fresh list shows afterwards is all there will be: no grace period is needed.
 */
public final class ServiceCidrController implements Reconciler<ObjectKey> {
  private static final String READY = "Kubernetes Service CIDR is ready";
  private static final String BLOCKED =
      "There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new ServiceCIDR";

  private final ControllerContext context;
  private final SharedInformer ranges;
  private final WorkQueue<ObjectKey> queue = new KeyedWorkQueue<>();

  private ServiceCidrController(ControllerContext context) {
    this.context = context;
    this.ranges = context.informers().informer(Kinds.SERVICE_CIDR);
  }

  /** Starts the controller; it works once its informers have synced. */
  public static Controller start(ControllerContext context) {
    ServiceCidrController controller = new ServiceCidrController(context);
    SharedInformer addresses = context.informers().informer(Kinds.IP_ADDRESS);
    controller.ranges.addListener(controller::rangeChanged);
    addresses.addListener(controller::addressChanged);
    return Controller.start(
        "servicecidrs", 1, controller.queue, controller, controller.ranges, addresses);
  }

  @Override
  public void reconcile(ObjectKey key) {
    Document range = ranges.get(key);
    if (range == null) {
      return;
    }
    if (!range.meta().deleting()) {
      keep(range);
      say(range, "True", "", READY);
    } else if (blocked(range)) {
      say(range, "False", "Terminating", BLOCKED);
    } else {
      finalizers(range, false);
    }
  }

  private void keep(Document range) {
    if (!range.meta().finalizers().contains(ServiceCidr.FINALIZER)) {
      finalizers(range, true);
    }
  }

  private boolean blocked(Document range) {
    List<ServiceCidr> all = list(Kinds.SERVICE_CIDR).stream().map(ServiceCidr::of).toList();
    List<IpAddress> addresses = list(Kinds.IP_ADDRESS).stream().map(IpAddress::of).toList();
    return Removal.orphan(ServiceCidr.of(range), all, addresses).isPresent();
  }

  private List<Document> list(ResourceType type) {
    return context.api().list(Target.all(type), ListOptions.ALL).items();
  }

  private void finalizers(Document range, boolean hold) {
    Document next =
        range.with(tree -> {
          ArrayNode kept = Json.object().putArray("finalizers");
          range.meta().finalizers().stream()
              .filter(each -> !each.equals(ServiceCidr.FINALIZER))
              .forEach(kept::add);
          if (hold) {
            kept.add(ServiceCidr.FINALIZER);
          }
          tree.withObjectProperty("metadata").set("finalizers", kept);
        });
    try {
      Document _ =
          context
              .api()
              .update(Target.object(Kinds.SERVICE_CIDR, range.key()), next, WriteOptions.NONE);
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }

  /** Sets the condition {@code Ready}; its time changes only with its status. */
  private void say(Document range, String status, String reason, String message) {
    ObjectNode condition = Json.object().put("type", "Ready").put("status", status);
    condition.put("reason", reason).put("message", message);
    String since = context.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
    ObjectNode wanted = Json.object();
    ArrayNode conditions = wanted.putArray("conditions");
    for (var each : range.status().path("conditions")) {
      if (!each.path("type").asText().equals("Ready")) {
        conditions.add(each);
      } else if (each.path("status").asText().equals(status)) {
        if (status.equals("True")) {
          return; // whoever said so first, for example bootstrap
        }
        since = each.path("lastTransitionTime").asText(since);
      }
    }
    conditions.add(condition.put("lastTransitionTime", since));
    StatusPatch.write(context.api(), Kinds.SERVICE_CIDR, range, wanted);
  }

  /** Another range may cover what blocks a deletion, or no longer. */
  private void rangeChanged(@Nullable Document before, @Nullable Document after) {
    if (after != null) {
      queue.add(after.key());
      ServiceCidr changed = ServiceCidr.of(after);
      wake(each -> each.overlaps(changed));
    }
  }

  private void addressChanged(@Nullable Document before, @Nullable Document after) {
    if (after == null && before != null) {
      Ip.parse(before.name()).ifPresent(ip -> wake(each -> each.contains(ip)));
    }
  }

  /** Looks again at the ranges that wait to go. */
  private void wake(java.util.function.Predicate<ServiceCidr> concerned) {
    for (Document each : ranges.all()) {
      if (each.meta().deleting() && concerned.test(ServiceCidr.of(each))) {
        queue.add(each.key());
      }
    }
  }
}
