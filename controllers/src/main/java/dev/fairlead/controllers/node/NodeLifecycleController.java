package dev.fairlead.controllers.node;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.client.Controller;
import dev.fairlead.client.EventRecorder;
import dev.fairlead.client.KeyedWorkQueue;
import dev.fairlead.client.Reconciler;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.client.WorkQueue;
import dev.fairlead.controllers.ControllerContext;
import dev.fairlead.controllers.Pods;
import dev.fairlead.controllers.StatusPatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches over the nodes' heartbeats. A node whose Lease is not renewed in time becomes {@code
 * Unknown}; conditions become taints; pods of a node that is not ready are not ready either, and
 * leave it when it stays away. How old a heartbeat is, is measured from when it was seen here, so
 * clocks need not agree.
 */
public final class NodeLifecycleController implements Reconciler<ObjectKey> {
  private static final String LEASES = "kube-node-lease";
  private static final String BY_NODE = "nodeName";
  private static final int WORKERS = 4;

  private final ControllerContext context;
  private final EventRecorder events;
  private final SharedInformer nodes;
  private final SharedInformer leases;
  private final SharedInformer pods;
  private final WorkQueue<ObjectKey> queue = new KeyedWorkQueue<>();
  private final Map<String, Heartbeat> heartbeats = new ConcurrentHashMap<>();

  private record Heartbeat(String sign, Instant seen) {}

  NodeLifecycleController(ControllerContext context) {
    this.context = context;
    this.events = context.events().as("node-controller");
    this.nodes = context.informers().informer(Kinds.NODE);
    this.leases = context.informers().informer(Kinds.LEASE);
    this.pods = context.informers().informer(Kinds.POD);
  }

  /** Starts the controller; it works once its informers have synced. */
  public static Controller start(ControllerContext context) {
    return new NodeLifecycleController(context).start();
  }

  Controller start() {
    pods.addIndex(BY_NODE, pod -> List.of(Pods.nodeName(pod)));
    nodes.addListener(this::nodeChanged);
    leases.addListener(this::leaseChanged);
    pods.addListener(this::podChanged);
    return Controller.start("node-lifecycle", WORKERS, queue, this, nodes, leases, pods);
  }

  @Override
  public void reconcile(ObjectKey key) {
    Document node = nodes.get(key);
    if (node == null) {
      heartbeats.remove(key.name());
      return;
    }
    Instant now = context.clock().instant();
    Instant silentAt = lastSeen(node, now).plus(context.settings().nodeGrace());
    if (!now.isBefore(silentAt)
        && !NodeHealth.condition(node, "Ready").isMissingNode()
        && NodeHealth.ready(node).equals("Unknown")) {
      settle(node, now);
    } else if (!now.isBefore(silentAt)) {
      // The write comes back as a change of the node, and with it the taints.
      // Only over what was read: the kubelet may be posting at this moment.
      StatusPatch.replace(context.api(), Kinds.NODE, node, NodeHealth.silent(node, now));
    } else {
      queue.addAfter(key, Duration.between(now, silentAt));
      settle(node, now);
    }
  }

  private void settle(Document node, Instant now) {
    taint(node, now);
    if (NodeHealth.ready(node).equals("True")) {
      return;
    }
    for (Document pod : pods.byIndex(BY_NODE, node.name())) {
      if (Pods.ready(pod)) {
        markNotReady(pod, now);
      }
      evict(pod, node, now);
    }
  }

  private void taint(Document node, Instant now) {
    ArrayNode wanted = NodeHealth.taints(node, now);
    if (Json.same(wanted, node.spec().path("taints"))
        || (wanted.isEmpty() && node.spec().path("taints").isEmpty())) {
      return;
    }
    ObjectNode body = Json.object();
    body.putObject("metadata")
        .put("uid", node.meta().uid())
        .put("resourceVersion", node.meta().resourceVersion());
    body.putObject("spec").set("taints", wanted);
    try {
      context
          .api()
          .patch(
              Target.object(Kinds.NODE, node.key()),
              new Patch(Patch.Type.MERGE, body),
              WriteOptions.NONE);
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }

  private void markNotReady(Document pod, Instant now) {
    ObjectNode status = ((ObjectNode) pod.status()).deepCopy();
    for (var condition : status.path("conditions")) {
      if (condition.path("type").asText().equals("Ready")
          && condition instanceof ObjectNode ready) {
        ready.put("status", "False").put("lastTransitionTime", NodeHealth.time(now));
      }
    }
    StatusPatch.replace(context.api(), Kinds.POD, pod, status);
    events.warning(pod, "NodeNotReady", "Node is not ready");
  }

  private void evict(Document pod, Document node, Instant now) {
    Optional<Instant> at = Eviction.at(pod, node, context.settings().podEvictionAfter(), now);
    if (at.isEmpty() || pod.meta().deleting() || Pods.finished(pod)) {
      return;
    }
    if (now.isBefore(at.get())) {
      queue.addAfter(node.key(), Duration.between(now, at.get()));
      return;
    }
    events
        .as("taint-eviction-controller")
        .normal(pod, "TaintManagerEviction", "Marking for deletion Pod " + pod.key());
    try {
      context
          .api()
          .delete(Target.object(Kinds.POD, pod.key()), DeleteOptions.ofUid(pod.meta().uid()));
    } catch (ApiException e) {
      if (!e.isNotFound() && !e.isConflict()) {
        throw e;
      }
    }
  }

  /** When the node last gave a new sign of life: a renewed Lease, or a status of its own. */
  private Instant lastSeen(Document node, Instant now) {
    Document lease = leases.get(new ObjectKey(LEASES, node.name()));
    String renewed = lease == null ? "" : lease.spec().path("renewTime").asText("");
    String posted = NodeHealth.condition(node, "Ready").path("lastHeartbeatTime").asText("");
    String sign = node.meta().uid() + " " + renewed + " " + posted;
    Heartbeat beat =
        heartbeats.compute(
            node.name(),
            (name, known) ->
                known != null && known.sign().equals(sign) ? known : new Heartbeat(sign, now));
    return beat.seen();
  }

  private void nodeChanged(@Nullable Document before, @Nullable Document after) {
    Document node = after != null ? after : before;
    if (node == null) {
      return;
    }
    queue.add(node.key());
    if (before != null && after != null) {
      String was = NodeHealth.ready(before);
      String is = NodeHealth.ready(after);
      if (was.equals("True") && !is.equals("True")) {
        events.normal(
            after, "NodeNotReady", "Node %s status is now: NodeNotReady".formatted(after.name()));
      }
    } else if (after != null) {
      events.normal(
          after,
          "RegisteredNode",
          "Node %s event: Registered Node %s in Controller".formatted(after.name(), after.name()));
    }
  }

  private void leaseChanged(@Nullable Document before, @Nullable Document after) {
    if (after == null || !after.namespace().equals(LEASES)) {
      return;
    }
    Document node = nodes.get(new ObjectKey("", after.name()));
    if (node != null) {
      Instant _ = lastSeen(node, context.clock().instant());
      if (!NodeHealth.ready(node).equals("True")) {
        queue.add(node.key());
      }
    }
  }

  private void podChanged(@Nullable Document before, @Nullable Document after) {
    String name = after == null ? "" : Pods.nodeName(after);
    Document node = name.isEmpty() ? null : nodes.get(new ObjectKey("", name));
    if (node != null && !NodeHealth.ready(node).equals("True")) {
      queue.add(node.key());
    }
  }
}
