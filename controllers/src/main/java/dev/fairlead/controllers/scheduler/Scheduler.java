package dev.fairlead.controllers.scheduler;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ObjectKey;
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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Binds pods without a node to one. A pod that no node can take waits until a node changes or a pod
 * goes. One worker decides, so each decision sees the one before: what it has bound counts at once,
 * before the informer tells.
 */
public final class Scheduler implements Reconciler<ObjectKey> {
  private static final String BY_NODE = "nodeName";
  private static final String NAME = "default-scheduler";

  private final ControllerContext context;
  private final EventRecorder events;
  private final SharedInformer pods;
  private final SharedInformer nodes;
  private final WorkQueue<ObjectKey> queue = new KeyedWorkQueue<>();
  private final Map<ObjectKey, Assumed> assumed = new ConcurrentHashMap<>();
  private final Set<ObjectKey> waiting = ConcurrentHashMap.newKeySet();

  private record Assumed(Document pod, String node) {}

  private Scheduler(ControllerContext context) {
    this.context = context;
    this.events = context.events().as(NAME);
    this.pods = context.informers().informer(Kinds.POD);
    this.nodes = context.informers().informer(Kinds.NODE);
  }

  /** Starts the scheduler; it works once its informers have synced. */
  public static Controller start(ControllerContext context) {
    Scheduler scheduler = new Scheduler(context);
    scheduler.pods.addIndex(BY_NODE, pod -> List.of(Pods.nodeName(pod)));
    scheduler.pods.addListener(scheduler::podChanged);
    scheduler.nodes.addListener(scheduler::nodeChanged);
    return Controller.start(
        "scheduler", 1, scheduler.queue, scheduler, scheduler.pods, scheduler.nodes);
  }

  @Override
  public void reconcile(ObjectKey key) {
    Document pod = pods.get(key);
    if (pod == null || !wanted(pod) || isAssumed(pod)) {
      waiting.remove(key);
      return;
    }
    waiting.add(key); // before looking, so that no change after the look is missed
    switch (Placement.decide(pod, snapshot())) {
      case Placement.Decision.Bind(String node) -> bind(pod, node);
      case Placement.Decision.Unschedulable(String message) -> unschedulable(pod, message);
    }
  }

  private static boolean wanted(Document pod) {
    return Pods.nodeName(pod).isEmpty()
        && Pods.active(pod)
        && pod.spec().path("schedulerName").asText(NAME).equals(NAME)
        && pod.spec().path("schedulingGates").isEmpty();
  }

  private boolean isAssumed(Document pod) {
    Assumed known = assumed.get(pod.key());
    return known != null && known.pod().meta().uid().equals(pod.meta().uid());
  }

  private List<NodeState> snapshot() {
    List<NodeState> states = new ArrayList<>();
    for (Document node : nodes.all()) {
      List<Document> there = new ArrayList<>();
      for (Document pod : pods.byIndex(BY_NODE, node.name())) {
        if (!Pods.finished(pod)) {
          there.add(pod);
        }
      }
      for (Assumed each : assumed.values()) {
        if (each.node().equals(node.name())) {
          there.add(each.pod());
        }
      }
      states.add(new NodeState(node, there));
    }
    states.sort(Comparator.comparing(NodeState::name));
    return states;
  }

  private void bind(Document pod, String node) {
    ObjectNode binding = Json.object().put("apiVersion", "v1").put("kind", "Binding");
    binding
        .putObject("metadata")
        .put("name", pod.name())
        .put("namespace", pod.namespace())
        .put("uid", pod.meta().uid());
    binding.putObject("target").put("apiVersion", "v1").put("kind", "Node").put("name", node);
    waiting.remove(pod.key());
    assumed.put(pod.key(), new Assumed(pod, node));
    try {
      context
          .api()
          .create(
              Target.object(Kinds.POD, pod.key()).sub("binding"),
              Document.of(binding),
              WriteOptions.NONE);
    } catch (ApiException e) {
      assumed.remove(pod.key());
      if (!e.isNotFound() && !e.isConflict()) {
        throw e;
      }
      return; // gone, or somebody else was faster: the informer will tell
    }
    forgetWhenTold(pod.key());
    events.normal(
        pod,
        "Scheduled",
        "Successfully assigned %s/%s to %s".formatted(pod.namespace(), pod.name(), node));
  }

  /** The informer may have told of the binding before it was remembered as such. */
  private void forgetWhenTold(ObjectKey key) {
    Document now = pods.get(key);
    if (now == null || !Pods.nodeName(now).isEmpty()) {
      assumed.remove(key);
    }
  }

  private void unschedulable(Document pod, String message) {
    ObjectNode status = pod.status() instanceof ObjectNode known ? known.deepCopy() : Json.object();
    ArrayNode conditions = Json.object().putArray("conditions");
    for (var condition : pod.status().path("conditions")) {
      if (!condition.path("type").asText().equals("PodScheduled")) {
        conditions.add(condition);
      }
    }
    var before = Pods.condition(pod, "PodScheduled");
    String since =
        before.path("status").asText().equals("False")
            ? before.path("lastTransitionTime").asText()
            : context.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
    conditions
        .addObject()
        .put("type", "PodScheduled")
        .put("status", "False")
        .put("lastTransitionTime", since)
        .put("reason", "Unschedulable")
        .put("message", message);
    status.set("conditions", conditions);
    if (!before.path("message").asText().equals(message)) {
      StatusPatch.write(context.api(), Kinds.POD, pod, status);
    }
    events.warning(pod, "FailedScheduling", message);
  }

  private void podChanged(@Nullable Document before, @Nullable Document after) {
    if (after == null) {
      if (before != null) {
        assumed.remove(before.key());
        waiting.remove(before.key());
        wakeWaiting();
      }
      return;
    }
    if (!Pods.nodeName(after).isEmpty()) {
      assumed.remove(after.key());
      waiting.remove(after.key());
      boolean ended = before != null && !Pods.finished(before) && Pods.finished(after);
      if (ended) {
        wakeWaiting();
      }
    } else if (before == null || !Json.same(before.spec(), after.spec())) {
      queue.add(after.key());
    }
  }

  private void nodeChanged(@Nullable Document before, @Nullable Document after) {
    if (after != null && (before == null || differs(before, after))) {
      wakeWaiting();
    } else if (after == null) {
      wakeWaiting(); // the message counts the nodes
    }
  }

  /** Whether anything that a filter reads has changed; heartbeats have not. */
  private static boolean differs(Document before, Document after) {
    return !Json.same(before.spec(), after.spec())
        || !before.meta().labels().equals(after.meta().labels())
        || !Json.same(before.status().path("allocatable"), after.status().path("allocatable"))
        || new NodeState(before, List.of()).ready() != new NodeState(after, List.of()).ready();
  }

  private void wakeWaiting() {
    waiting.forEach(queue::add);
  }
}
