package dev.fairlead.controllers.node;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.Target;
import dev.fairlead.client.Controller;
import dev.fairlead.client.KeyedWorkQueue;
import dev.fairlead.client.Reconciler;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.client.WorkQueue;
import dev.fairlead.controllers.ControllerContext;
import dev.fairlead.controllers.Pods;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Removes pods that no kubelet will ever remove: those of nodes that no longer exist, and those
 * that were deleted before they had a node (upstream: {@code podgc}).
 */
public final class PodCollector implements Reconciler<ObjectKey> {
  /** A node may come back under its name, for example when its object was deleted by mistake. */
  private static final Duration QUARANTINE = Duration.ofSeconds(40);

  private static final String BY_NODE = "nodeName";
  private static final int WORKERS = 2;

  private final ControllerContext context;
  private final SharedInformer pods;
  private final SharedInformer nodes;
  private final WorkQueue<ObjectKey> queue = new KeyedWorkQueue<>();

  PodCollector(ControllerContext context) {
    this.context = context;
    this.pods = context.informers().informer(Kinds.POD);
    this.nodes = context.informers().informer(Kinds.NODE);
  }

  /** Starts the controller; it works once its informers have synced. */
  public static Controller start(ControllerContext context) {
    PodCollector collector = new PodCollector(context);
    collector.pods.addIndex(BY_NODE, pod -> List.of(Pods.nodeName(pod)));
    collector.pods.addListener(collector::podChanged);
    collector.nodes.addListener(collector::nodeChanged);
    return Controller.start(
        "pod-collector", WORKERS, collector.queue, collector, collector.pods, collector.nodes);
  }

  @Override
  public void reconcile(ObjectKey key) {
    Document pod = pods.get(key);
    if (pod == null) {
      return;
    }
    String node = Pods.nodeName(pod);
    boolean known = nodes.get(new ObjectKey("", node)) != null;
    boolean lost = node.isEmpty() ? pod.meta().deleting() : !known && !exists(node);
    if (!lost) {
      if (!known && !node.isEmpty()) {
        queue.addAfter(key, QUARANTINE); // nobody would tell that a node went that was never seen
      }
      return;
    }
    try {
      context
          .api()
          .delete(
              Target.object(Kinds.POD, key),
              new DeleteOptions(0L, null, pod.meta().uid(), "", false));
    } catch (ApiException e) {
      if (!e.isNotFound() && !e.isConflict()) {
        throw e;
      }
    }
  }

  /** Asks the API where the informer knows none: this ends in a deletion without grace. */
  private boolean exists(String node) {
    try {
      Document _ = context.api().get(Target.object(Kinds.NODE, "", node));
      return true;
    } catch (ApiException e) {
      if (e.isNotFound()) {
        return false;
      }
      throw e;
    }
  }

  private void podChanged(@Nullable Document before, @Nullable Document after) {
    if (after == null) {
      return;
    }
    String node = Pods.nodeName(after);
    if (node.isEmpty()) {
      if (after.meta().deleting()) {
        queue.add(after.key());
      }
    } else if (nodes.get(new ObjectKey("", node)) == null) {
      queue.addAfter(after.key(), QUARANTINE);
    }
  }

  private void nodeChanged(@Nullable Document before, @Nullable Document after) {
    if (after == null && before != null) {
      pods.byIndex(BY_NODE, before.name()).forEach(pod -> queue.addAfter(pod.key(), QUARANTINE));
    }
  }
}
