package dev.fairlead.controllers.scheduler;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.client.Backoff;
import dev.fairlead.client.Controller;
import dev.fairlead.client.EventRecorder;
import dev.fairlead.client.KeyedWorkQueue;
import dev.fairlead.client.Reconciler;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.client.Ticker;
import dev.fairlead.client.WorkQueue;
import dev.fairlead.controllers.ControllerContext;
import dev.fairlead.controllers.Pods;
import dev.fairlead.controllers.StatusPatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Binds pods without a node to one, the most important first. A pod that no node can take waits
 * until a node changes or a pod goes; if the end of less important pods helps, it is brought about.
 * One worker decides, so each decision sees the one before: what it has bound counts at once,
 * before the informer tells.
 */
public final class Scheduler implements Reconciler<ObjectKey> {
  private static final String BY_NODE = "nodeName";
  private static final String NAME = "default-scheduler";

  private final ControllerContext context;
  private final EventRecorder events;
  private final SharedInformer pods;
  private final SharedInformer nodes;
  private final SharedInformer budgets;
  private final WorkQueue<ObjectKey> queue;
  private final Nominations nominations = new Nominations();
  private final Preemptor preemptor;
  private final Map<ObjectKey, Assumed> assumed = new ConcurrentHashMap<>();
  private final Set<ObjectKey> waiting = ConcurrentHashMap.newKeySet();

  private record Assumed(Document pod, String node) {}

  private Scheduler(ControllerContext context) {
    this.context = context;
    this.events = context.events().as(NAME);
    this.pods = context.informers().informer(Kinds.POD);
    this.nodes = context.informers().informer(Kinds.NODE);
    this.budgets = context.informers().informer(Kinds.POD_DISRUPTION_BUDGET);
    this.queue = new KeyedWorkQueue<>(Backoff.QUEUE, Ticker.SYSTEM, new ByPriority(this::priority));
    this.preemptor = new Preemptor(context.api(), events, context.clock());
  }

  /** Starts the scheduler; it works once its informers have synced. */
  public static Controller start(ControllerContext context) {
    Scheduler scheduler = new Scheduler(context);
    scheduler.pods.addIndex(BY_NODE, pod -> List.of(Pods.nodeName(pod)));
    scheduler.pods.addListener(scheduler::podChanged);
    scheduler.nodes.addListener(scheduler::nodeChanged);
    return Controller.start(
        "scheduler",
        1,
        scheduler.queue,
        scheduler,
        scheduler.pods,
        scheduler.nodes,
        scheduler.budgets);
  }

  private int priority(ObjectKey key) {
    Document pod = pods.get(key);
    return pod == null ? 0 : Priority.of(pod);
  }

  @Override
  public void reconcile(ObjectKey key) {
    Document pod = pods.get(key);
    if (pod == null || !wanted(pod) || isAssumed(pod)) {
      waiting.remove(key);
      return;
    }
    waiting.add(key); // before looking, so that no change after the look is missed
    switch (Placement.decide(pod, snapshot(), budgets.all())) {
      case Placement.Decision.Bind(String node) -> bind(pod, node);
      case Placement.Decision.Preempt(Victims victims, String message) ->
          preempt(pod, victims, message);
      case Placement.Decision.Unschedulable(String message, boolean hopeless) -> {
        if (hopeless) {
          hopeless(pod, message);
        } else {
          unschedulable(pod, message, Priority.nominated(pod));
        }
      }
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
    // Before the pods are read: what is told of meanwhile is then found twice, and never not at
    // all.
    List<Assumed> bound = List.copyOf(assumed.values());
    List<NodeState> states = new ArrayList<>();
    for (Document node : nodes.all()) {
      List<Document> there = new ArrayList<>();
      for (Document pod : pods.byIndex(BY_NODE, node.name())) {
        if (!Pods.finished(pod)) {
          there.add(pod);
        }
      }
      bound.stream()
          .filter(each -> each.node().equals(node.name()))
          .map(Assumed::pod)
          .filter(pod -> there.stream().noneMatch(other -> other.key().equals(pod.key())))
          .toList()
          .forEach(there::add);
      states.add(new NodeState(node, there, nominations.on(node.name())));
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
    nominations.forget(pod.key());
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
      nominations.saw(pod);
      if (!e.isNotFound()) {
        throw e; // a conflict, too: somebody else was faster, and should it be otherwise, again
      }
      return; // gone: the informer will tell
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

  private void unschedulable(Document pod, String message, String nominated) {
    ObjectNode status = UnscheduledStatus.of(pod, message, nominated, context.clock().instant());
    boolean _ = StatusPatch.write(context.api(), Kinds.POD, pod, status);
    events.warning(pod, "FailedScheduling", message);
  }

  /** Nobody less important may take the room that is being made. */
  private void preempt(Document pod, Victims victims, String message) {
    nominations.promise(pod, victims.node());
    preemptor.end(victims, pod);
    unschedulable(pod, message, victims.node());
    for (Document other : nominations.on(victims.node())) {
      if (Priority.of(other) < Priority.of(pod)) {
        nominations.forget(other.key());
        queue.add(other.key());
      }
    }
  }

  private void hopeless(Document pod, String message) {
    nominations.forget(pod.key());
    unschedulable(pod, message, "");
  }

  private void podChanged(@Nullable Document before, @Nullable Document after) {
    if (after == null) {
      if (before != null) {
        forget(before.key());
        wakeWaiting();
      }
      return;
    }
    if (!Pods.nodeName(after).isEmpty()) {
      forget(after.key());
      boolean ended = before != null && !Pods.finished(before) && Pods.finished(after);
      if (ended) {
        wakeWaiting();
      }
    } else {
      if (before == null) {
        nominations.saw(after);
      }
      if (before == null || !Json.same(before.spec(), after.spec())) {
        queue.add(after.key());
      }
    }
  }

  private void forget(ObjectKey pod) {
    assumed.remove(pod);
    waiting.remove(pod);
    nominations.forget(pod);
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
        || NodeState.ready(before) != NodeState.ready(after);
  }

  /** All at once, so that the most important is looked at first, however fast the worker is. */
  private void wakeWaiting() {
    queue.addAll(waiting);
  }
}
