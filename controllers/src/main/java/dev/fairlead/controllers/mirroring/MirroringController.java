package dev.fairlead.controllers.mirroring;

import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.view.Service;
import dev.fairlead.client.Controller;
import dev.fairlead.client.EventRecorder;
import dev.fairlead.client.KeyedWorkQueue;
import dev.fairlead.client.Reconciler;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.client.WorkQueue;
import dev.fairlead.controllers.ControllerContext;
import dev.fairlead.controllers.SlicePlan;
import dev.fairlead.controllers.SliceWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mirrors Endpoints of Services without a selector to EndpointSlices, so that those who read only
 * slices see hand-made Endpoints too (upstream: {@code pkg/controller/endpointslicemirroring}).
 */
public final class MirroringController implements Reconciler<ObjectKey> {
  static final int ADDRESSES_MAX = 1000;

  private static final int WORKERS = 5;
  private static final String SKIP_LABEL = "endpointslice.kubernetes.io/skip-mirror";
  private static final String LEADER_ANNOTATION = "control-plane.alpha.kubernetes.io/leader";

  private final EventRecorder events;
  private final SharedInformer services;
  private final SharedInformer endpoints;
  private final SharedInformer slices;
  private final SliceWriter writer;
  private final WorkQueue<ObjectKey> queue = new KeyedWorkQueue<>();

  private MirroringController(ControllerContext context) {
    events = context.events().as("endpoint-slice-mirroring-controller");
    services = context.informers().informer(Kinds.SERVICE);
    endpoints = context.informers().informer(Kinds.ENDPOINTS);
    slices = context.informers().informer(Kinds.ENDPOINT_SLICE);
    writer = new SliceWriter(context.api(), slices, MirrorPlanner.SLICES);
  }

  /** Starts the controller; it works once its informers have synced. */
  public static Controller start(ControllerContext context) {
    MirroringController controller = new MirroringController(context);
    controller.services.addListener(controller::changed);
    controller.endpoints.addListener(controller::changed);
    controller.slices.addListener(controller::sliceChanged);
    return Controller.start(
        "endpointslicemirroring-controller",
        WORKERS,
        controller.queue,
        controller,
        controller.services,
        controller.endpoints,
        controller.slices);
  }

  @Override
  public void reconcile(ObjectKey key) {
    List<Document> existing = writer.of(key);
    Document source = endpoints.get(key);
    Document service = services.get(key);
    if (source == null || service == null || !mirrored(source, service)) {
      writer.write(key, new SlicePlan(List.of(), List.of(), existing));
      writer.forget(key);
      return;
    }
    MirroredSubsets wanted = MirroredSubsets.of(source.tree().path("subsets"), ADDRESSES_MAX);
    SlicePlan plan = MirrorPlanner.plan(source, wanted.groups(), existing);
    if (!plan.isEmpty()) {
      tell(source, wanted);
      writer.write(key, plan);
    }
  }

  /** Whether these Endpoints are somebody's own work, and meant to be seen. */
  static boolean mirrored(Document endpoints, Document service) {
    return !"true".equals(endpoints.meta().labels().get(SKIP_LABEL))
        && !endpoints.meta().annotations().containsKey(LEADER_ANNOTATION)
        && !endpoints.meta().deleting()
        && Service.of(service).selector().isEmpty();
  }

  private void tell(Document source, MirroredSubsets wanted) {
    if (wanted.invalid() > 0) {
      events.warning(
          source,
          "InvalidIPAddress",
          "Skipped %d invalid IP addresses when mirroring to EndpointSlices"
              .formatted(wanted.invalid()));
    }
    if (wanted.tooMany() > 0) {
      events.warning(
          source,
          "TooManyAddressesToMirror",
          "A max of %d addresses can be mirrored to EndpointSlices per Endpoints subset. %d addresses were skipped"
              .formatted(ADDRESSES_MAX, wanted.tooMany()));
    }
  }

  private void changed(@Nullable Document before, @Nullable Document after) {
    Document any = after == null ? before : after;
    if (any != null) {
      queue.add(any.key());
    }
  }

  private void sliceChanged(@Nullable Document before, @Nullable Document after) {
    Document any = after == null ? before : after;
    if (any != null) {
      MirrorPlanner.SLICES.owner(any).ifPresent(queue::add);
    }
  }
}
