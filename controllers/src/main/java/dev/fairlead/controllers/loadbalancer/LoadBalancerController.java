package dev.fairlead.controllers.loadbalancer;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.view.EndpointSlice;
import dev.fairlead.client.Controller;
import dev.fairlead.client.EventRecorder;
import dev.fairlead.client.KeyedWorkQueue;
import dev.fairlead.client.Reconciler;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.client.WorkQueue;
import dev.fairlead.controllers.ControllerContext;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives each Service of type LoadBalancer its load balancer and takes it away again (upstream:
 * {@code cloud-provider/controllers/service}). One worker owns the provider and everything known of
 * it. A Service that was refused is looked at again when it changes or when something was freed.
 */
public final class LoadBalancerController implements Reconciler<ObjectKey> {
  private static final int WORKERS = 1;
  private static final String BY_SERVICE = "service-of-any-manager";

  private final LoadBalancerProvider provider;
  private final ServiceWrites writes;
  private final EventRecorder events;
  private final SharedInformer services;
  private final SharedInformer nodes;
  private final SharedInformer slices;
  private final WorkQueue<ObjectKey> queue = new KeyedWorkQueue<>();
  private final Map<ObjectKey, Applied> applied = new HashMap<>();
  private final Map<ObjectKey, Refused> refused = new HashMap<>();
  private long freed;
  private boolean restored;

  /** What the provider was last told for a Service, and what it answered. */
  private record Applied(
      String shape, List<BackendNode> healthy, List<BackendNode> backends, List<Ingress> ingress) {}

  /** A Service that got nothing, in this shape, when so many had been freed. */
  private record Refused(String shape, long freed) {}

  private LoadBalancerController(ControllerContext context) {
    provider = context.loadBalancers();
    writes = new ServiceWrites(context.api());
    events = context.events().as("service-controller");
    services = context.informers().informer(Kinds.SERVICE);
    nodes = context.informers().informer(Kinds.NODE);
    slices = context.informers().informer(Kinds.ENDPOINT_SLICE);
  }

  /** Starts the controller; it works once its informers have synced. */
  public static Controller start(ControllerContext context) {
    LoadBalancerController controller = new LoadBalancerController(context);
    controller.slices.addIndex(BY_SERVICE, slice -> List.of(serviceOf(slice).toString()));
    controller.services.addListener(controller::serviceChanged);
    controller.nodes.addListener(controller::nodeChanged);
    controller.slices.addListener(controller::sliceChanged);
    return Controller.start(
        "service-controller",
        WORKERS,
        controller.queue,
        controller,
        controller.services,
        controller.nodes,
        controller.slices);
  }

  @Override
  public void reconcile(ObjectKey key) {
    restore();
    Document seen = services.get(key);
    if (seen != null && Decision.of(seen, provider) == Decision.NOTHING) {
      forget(key);
      return;
    }
    if (seen != null && upToDate(seen)) {
      return;
    }
    Document service = seen == null && !provider.exists(key) ? null : writes.read(key);
    if (service == null) {
      gone(key);
      return;
    }
    switch (Decision.of(service, provider)) {
      case NOTHING -> forget(key);
      case RELEASE -> release(service);
      case ENSURE -> {
        if (!upToDate(service)) {
          ensure(service);
        }
      }
    }
  }

  /** Before anything else: nobody may be given what a Service has already. */
  private void restore() {
    if (restored) {
      return;
    }
    services.all().stream()
        .filter(service -> Decision.of(service, provider) == Decision.ENSURE)
        .sorted(Comparator.comparing(service -> service.key().toString()))
        .forEach(service ->
            provider.restore(ServiceRequest.of(service), Ingress.read(service.status())));
    restored = true;
  }

  private boolean upToDate(Document service) {
    if (Decision.of(service, provider) != Decision.ENSURE) {
      return false;
    }
    Refused no = refused.get(service.key());
    if (no != null) {
      return no.equals(new Refused(LoadBalancerShape.text(service), freed));
    }
    Applied last = applied.get(service.key());
    return last != null
        && last.shape().equals(LoadBalancerShape.text(service))
        && last.backends().equals(backends(service))
        && last.ingress().equals(Ingress.read(service.status()))
        && service.meta().finalizers().contains(Decision.FINALIZER);
  }

  private void ensure(Document service) {
    Applied last = applied.get(service.key());
    String shape = LoadBalancerShape.text(service);
    boolean onlyNodes = last != null && last.shape().equals(shape);
    if (!onlyNodes) {
      events.normal(service, "EnsuringLoadBalancer", "Ensuring load balancer");
    }
    try {
      Document marked = writes.mark(service);
      List<BackendNode> healthy = Backends.healthy(nodes.all());
      List<BackendNode> backends = backends(service);
      List<Ingress> ingress = provider.ensure(ServiceRequest.of(service), backends);
      refused.remove(service.key());
      applied.put(service.key(), new Applied(shape, healthy, backends, ingress));
      tell(service, onlyNodes ? last : null, healthy);
      List<Ingress> before = Ingress.read(service.status());
      writes.status(marked, ingress);
      if (!before.isEmpty() && !before.equals(ingress)) {
        wakeRefused();
      }
    } catch (RefusedException e) {
      refused.put(service.key(), new Refused(shape, freed));
      failed(service, "failed to ensure load balancer: " + e.getMessage());
    } catch (IOException e) {
      failed(service, "failed to ensure load balancer: " + e.getMessage());
      throw ApiException.unavailable("load balancer: " + e.getMessage());
    }
  }

  /** Speaks of a new load balancer, or of other nodes behind an old one. */
  private void tell(Document service, @Nullable Applied old, List<BackendNode> healthy) {
    boolean others = old == null || !old.healthy().equals(healthy);
    if (others && healthy.isEmpty()) {
      events.warning(
          service, "UnAvailableLoadBalancer", "There are no available nodes for LoadBalancer");
    }
    if (old == null) {
      events.normal(service, "EnsuredLoadBalancer", "Ensured load balancer");
    } else if (others && !healthy.isEmpty()) {
      events.normal(service, "UpdatedLoadBalancer", "Updated load balancer with new hosts");
    }
  }

  private void release(Document service) {
    events.normal(service, "DeletingLoadBalancer", "Deleting load balancer");
    try {
      provider.delete(service.key());
    } catch (IOException e) {
      failed(service, "failed to delete load balancer: " + e.getMessage());
      throw ApiException.unavailable("load balancer: " + e.getMessage());
    }
    if (!service.meta().deleting()) {
      writes.status(service, List.of());
    }
    Document now = writes.read(service.key());
    if (now != null) {
      writes.unmark(now);
    }
    events.normal(service, "DeletedLoadBalancer", "Deleted load balancer");
    forget(service.key());
    wakeRefused();
  }

  /** The Service vanished without its finalizer being waited for. */
  private void gone(ObjectKey key) {
    boolean existed = provider.exists(key);
    try {
      provider.delete(key);
    } catch (IOException e) {
      throw ApiException.unavailable("load balancer of " + key + ": " + e.getMessage());
    }
    forget(key);
    if (existed) {
      wakeRefused();
    }
  }

  private void failed(Document service, String why) {
    events.warning(service, "SyncLoadBalancerFailed", "Error syncing load balancer: " + why);
  }

  private void forget(ObjectKey key) {
    applied.remove(key);
    refused.remove(key);
  }

  private void wakeRefused() {
    freed++;
    refused.keySet().forEach(queue::add);
  }

  private List<BackendNode> backends(Document service) {
    return Backends.of(
        service,
        Backends.healthy(nodes.all()),
        slices.byIndex(BY_SERVICE, service.key().toString()));
  }

  private void serviceChanged(@Nullable Document before, @Nullable Document after) {
    if (before != null && after != null) {
      LoadBalancerShape.change(before, after, provider)
          .ifPresent(change -> events.normal(after, change.reason(), change.message()));
    }
    Document any = after == null ? before : after;
    boolean concerned =
        (before != null && Decision.balanced(before))
            || (after != null
                && (Decision.balanced(after)
                    || after.meta().finalizers().contains(Decision.FINALIZER)));
    if (any != null && concerned) {
      queue.add(any.key());
    }
  }

  private void nodeChanged(@Nullable Document before, @Nullable Document after) {
    List<BackendNode> was = Backends.healthy(before == null ? List.of() : List.of(before));
    List<BackendNode> is = Backends.healthy(after == null ? List.of() : List.of(after));
    if (!was.equals(is)) {
      services.all().stream().filter(Decision::balanced).map(Document::key).forEach(queue::add);
    }
  }

  private void sliceChanged(@Nullable Document before, @Nullable Document after) {
    Document any = after == null ? before : after;
    if (any == null) {
      return;
    }
    Document service = services.get(serviceOf(any));
    if (service != null && Decision.balanced(service) && Backends.local(service)) {
      queue.add(service.key());
    }
  }

  private static ObjectKey serviceOf(Document slice) {
    String name = slice.meta().labels().getOrDefault(EndpointSlice.SERVICE_NAME_LABEL, "");
    return new ObjectKey(slice.namespace(), name);
  }
}
