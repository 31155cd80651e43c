package dev.fairlead.controllers.endpointslice;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.view.Node;
import dev.fairlead.api.view.Service;
import dev.fairlead.client.Controller;
import dev.fairlead.client.EventRecorder;
import dev.fairlead.client.KeyedWorkQueue;
import dev.fairlead.client.Reconciler;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.client.WorkQueue;
import dev.fairlead.controllers.ControllerContext;
import dev.fairlead.controllers.ServicePods;
import dev.fairlead.controllers.SlicePlan;
import dev.fairlead.controllers.SliceWriter;
import dev.fairlead.controllers.TriggerTimes;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the EndpointSlices of every Service with a selector (upstream: {@code
 * pkg/controller/endpointslice}). There is no batching delay: a change of readiness is written at
 * once, and changes that arrive while a Service is being worked on fold into its next pass.
 */
public final class EndpointSliceController implements Reconciler<ObjectKey> {
  static final int ENDPOINTS_MAX = 100;

  private static final int WORKERS = 5;

  private final EventRecorder events;
  private final SharedInformer services;
  private final SharedInformer pods;
  private final SharedInformer nodes;
  private final SharedInformer slices;
  private final ServicePods servicePods;
  private final SliceWriter writer;
  private final TriggerTimes triggerTimes = new TriggerTimes();
  private final WorkQueue<ObjectKey> queue = new KeyedWorkQueue<>();

  private EndpointSliceController(ControllerContext context) {
    events = context.events().as("endpoint-slice-controller");
    services = context.informers().informer(Kinds.SERVICE);
    pods = context.informers().informer(Kinds.POD);
    nodes = context.informers().informer(Kinds.NODE);
    slices = context.informers().informer(Kinds.ENDPOINT_SLICE);
    servicePods = new ServicePods(services, pods);
    writer = new SliceWriter(context.api(), slices, SliceTemplate.SLICES);
  }

  /** Starts the controller; it works once its informers have synced. */
  public static Controller start(ControllerContext context) {
    EndpointSliceController controller = new EndpointSliceController(context);
    controller.services.addListener(controller::serviceChanged);
    controller.pods.addListener(controller::podChanged);
    controller.nodes.addListener(controller::nodeChanged);
    controller.slices.addListener(controller::sliceChanged);
    return Controller.start(
        "endpointslice-controller",
        WORKERS,
        controller.queue,
        controller,
        controller.services,
        controller.pods,
        controller.nodes,
        controller.slices);
  }

  @Override
  public void reconcile(ObjectKey key) {
    List<Document> existing = writer.of(key);
    Document service = services.get(key);
    if (service == null) {
      serviceGone(key, existing);
      return;
    }
    Service view = Service.of(service);
    if (view.selector().isEmpty() || view.type().equals("ExternalName")) {
      return;
    }
    List<Document> selected = servicePods.podsOf(view);
    SliceTemplate template = new SliceTemplate(service, triggerTimes.next(service, selected));
    Set<String> types = WantedEndpoints.addressTypes(service);
    List<PortGroup> wanted = WantedEndpoints.of(view, selected, types, this::zone);
    carryOut(service, SlicePlanner.plan(template, existing, wanted, types, ENDPOINTS_MAX));
  }

  private void carryOut(Document service, SlicePlan plan) {
    try {
      writer.write(service.key(), plan);
    } catch (ApiException e) {
      if (!e.isConflict()) {
        events.warning(
            service,
            "FailedToUpdateEndpointSlices",
            "Error updating Endpoint Slices for Service %s: %s"
                .formatted(service.key(), e.message()));
      }
      throw e;
    }
  }

  /** Removes the slices at once; those that were orphaned on purpose have no owner any more. */
  private void serviceGone(ObjectKey key, List<Document> existing) {
    List<Document> owned = existing.stream().filter(slice -> ownedBy(slice, key)).toList();
    writer.write(key, new SlicePlan(List.of(), List.of(), owned));
    writer.forget(key);
    triggerTimes.forget(key);
  }

  private static boolean ownedBy(Document slice, ObjectKey service) {
    return slice.meta().ownerReferences().stream()
        .anyMatch(o -> o.kind().equals("Service") && o.name().equals(service.name()));
  }

  private String zone(String nodeName) {
    Document node = nodes.get(new ObjectKey("", nodeName));
    return node == null ? "" : Node.of(node).zone();
  }

  private void serviceChanged(@Nullable Document before, @Nullable Document after) {
    Document any = after == null ? before : after;
    if (any != null) {
      queue.add(any.key());
    }
  }

  private void podChanged(@Nullable Document before, @Nullable Document after) {
    servicePods.servicesOf(before, after).forEach(queue::add);
  }

  /** Zones hardly ever change; when one does, every Service may be touched. */
  private void nodeChanged(@Nullable Document before, @Nullable Document after) {
    String was = before == null ? "" : Node.of(before).zone();
    String is = after == null ? was : Node.of(after).zone();
    if (!was.equals(is)) {
      services.all().forEach(service -> queue.add(service.key()));
    }
  }

  private void sliceChanged(@Nullable Document before, @Nullable Document after) {
    Document any = after == null ? before : after;
    if (any != null) {
      SliceTemplate.SLICES.owner(any).ifPresent(queue::add);
    }
  }
}
