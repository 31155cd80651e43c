package dev.fairlead.controllers.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.view.Node;
import dev.fairlead.client.Controller;
import dev.fairlead.client.KeyedWorkQueue;
import dev.fairlead.client.Reconciler;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.client.WorkQueue;
import dev.fairlead.controllers.ControllerContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives each node its range of pod addresses (upstream: {@code nodeipam}). One worker decides, and
 * remembers what it gave until the informer tells of it.
 */
public final class PodRangeController implements Reconciler<ObjectKey> {
  private final ControllerContext context;
  private final PodRanges ranges;
  private final SharedInformer nodes;
  private final WorkQueue<ObjectKey> queue = new KeyedWorkQueue<>();

  /** By the node's UID. */
  private final Map<String, String> given = new HashMap<>();

  private PodRangeController(ControllerContext context) {
    this.context = context;
    this.ranges =
        PodRanges.of(context.settings().podNetwork(), context.settings().nodePrefixLength());
    this.nodes = context.informers().informer(Kinds.NODE);
  }

  /** Starts the controller; it works once its informer has synced. */
  public static Controller start(ControllerContext context) {
    PodRangeController controller = new PodRangeController(context);
    controller.nodes.addListener(controller::nodeChanged);
    return Controller.start("node-ranges", 1, controller.queue, controller, controller.nodes);
  }

  @Override
  public void reconcile(ObjectKey key) {
    Set<String> used = new HashSet<>();
    Set<String> without = new HashSet<>();
    for (Document each : nodes.all()) {
      List<String> ranges = Node.of(each).podCidrs();
      used.addAll(ranges);
      if (ranges.isEmpty()) {
        without.add(each.meta().uid());
      }
    }
    given.keySet().retainAll(without);
    used.addAll(given.values());
    Document node = nodes.get(key);
    if (node == null
        || node.meta().deleting()
        || !without.contains(node.meta().uid())
        || given.containsKey(node.meta().uid())) {
      return;
    }
    Optional<String> range = ranges.choose(node.name(), used);
    if (range.isEmpty()) {
      context
          .events()
          .as("cidrAllocator")
          .warning(
              node,
              "CIDRNotAvailable",
              "Node %s status is now: CIDRNotAvailable".formatted(node.name()));
      return; // the next node that goes makes room
    }
    write(node, range.get());
  }

  private void write(Document node, String range) {
    ObjectNode body = Json.object();
    body.putObject("metadata").put("uid", node.meta().uid());
    body.putObject("spec").put("podCIDR", range).putArray("podCIDRs").add(range);
    given.put(node.meta().uid(), range);
    try {
      context
          .api()
          .patch(
              Target.object(Kinds.NODE, node.key()),
              new Patch(Patch.Type.MERGE, body),
              WriteOptions.NONE);
    } catch (ApiException e) {
      given.remove(node.meta().uid());
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }

  private void nodeChanged(@Nullable Document before, @Nullable Document after) {
    if (after == null) {
      nodes.all().forEach(each -> queue.add(each.key()));
    } else if (Node.of(after).podCidrs().isEmpty()) {
      queue.add(after.key());
    }
  }
}
