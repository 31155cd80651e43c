package dev.fairlead.controllers.scheduler;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.client.Backoff;
import dev.fairlead.client.Controller;
import dev.fairlead.client.EventRecorder;
import dev.fairlead.client.Informer;
import dev.fairlead.client.KeyedWorkQueue;
import dev.fairlead.client.Reconciler;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.client.Ticker;
import dev.fairlead.client.WorkQueue;
import dev.fairlead.controllers.ControllerContext;
import dev.fairlead.controllers.Pods;
import dev.fairlead.controllers.StatusPatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Binds pods without a node to one, the most important first. A pod that no node can take waits
 * until something changes that could help it; if the end of less important pods helps, it is
 * brought about. One worker decides and owns the {@link Cluster}, so each decision sees the one
 * before: what it has bound counts at once, before the informer tells.
 */
public final class Scheduler implements Reconciler<ObjectKey> {
  private static final String NAME = "default-scheduler";

  private final ControllerContext context;
  private final EventRecorder events;
  private final SharedInformer pods;
  private final SharedInformer nodes;
  private final SharedInformer budgets;
  private final Surroundings surroundings;
  private final WorkQueue<ObjectKey> queue;
  private final Nominations nominations = new Nominations();
  private final Preemptor preemptor;
  private final Binder binder;
  private final Feed feed;
  private final Cluster cluster;
  private final Map<ObjectKey, PodInfo> waiting = new ConcurrentHashMap<>();

  private Scheduler(ControllerContext context) {
    this.context = context;
    this.events = context.events().as(NAME);
    this.pods = context.informers().informer(Kinds.POD);
    this.nodes = context.informers().informer(Kinds.NODE);
    this.budgets = context.informers().informer(Kinds.POD_DISRUPTION_BUDGET);
    this.surroundings = new Surroundings(context.informers());
    this.queue = new KeyedWorkQueue<>(Backoff.QUEUE, Ticker.SYSTEM, new ByPriority(this::priority));
    this.preemptor = new Preemptor(context.api(), events, context.clock());
    this.binder = new Binder(context.api());
    this.feed = new Feed(pods, nodes);
    this.cluster = new Cluster(surroundings::labels, surroundings.relatives());
  }

  /** Starts the scheduler; it works once its informers have synced. */
  public static Controller start(ControllerContext context) {
    Scheduler scheduler = new Scheduler(context);
    scheduler.pods.addListener(scheduler::podChanged);
    scheduler.nodes.addListener(scheduler::nodeChanged);
    scheduler.surroundings.namespaces().addListener(scheduler::namespaceChanged);
    List<Informer> reads = new ArrayList<>(scheduler.surroundings.informers());
    reads.addAll(List.of(scheduler.pods, scheduler.nodes, scheduler.budgets));
    return Controller.start(
        "scheduler", 1, scheduler.queue, scheduler, reads.toArray(Informer[]::new));
  }

  private int priority(ObjectKey key) {
    Document pod = pods.get(key);
    return pod == null ? 0 : Priority.of(pod);
  }

  @Override
  public void reconcile(ObjectKey key) {
    Document pod = pods.get(key);
    if (pod == null || !wanted(pod)) {
      waiting.remove(key);
      return;
    }
    PodInfo info = PodInfo.of(pod);
    waiting.put(key, info); // before looking, so that no change after the look is missed
    feed.catchUp(cluster);
    if (cluster.has(pod)) {
      waiting.remove(key);
      return;
    }
    switch (Placement.decide(info, cluster.snapshot(nominations.byNode()), budgets.all())) {
      case Placement.Decision.Bind(String node) -> bind(info, node);
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

  private void bind(PodInfo info, String node) {
    Document pod = info.pod();
    waiting.remove(pod.key());
    nominations.forget(pod.key());
    cluster.place(info, node);
    boolean bound = false;
    try {
      bound = binder.bind(pod, node);
    } finally {
      if (!bound) {
        cluster.remove(pod.key());
        feed.podChanged(pod.key()); // what the informer has told meanwhile is not forgotten
        nominations.saw(pod);
      }
    }
    if (bound) {
      events.normal(
          pod,
          "Scheduled",
          "Successfully assigned %s/%s to %s".formatted(pod.namespace(), pod.name(), node));
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
    Document either = after == null ? before : after;
    if (either == null) {
      return;
    }
    feed.podChanged(either.key());
    if (after == null || !Pods.nodeName(after).isEmpty()) {
      waiting.remove(either.key());
      nominations.forget(either.key());
    } else {
      if (before == null) {
        nominations.saw(after);
      }
      if (before == null || Hints.differs(before, after)) {
        queue.add(after.key());
      }
    }
    wake(each ->
        !each.pod().key().equals(either.key())
            && Hints.helps(each, before, after, surroundings::labels));
  }

  private void nodeChanged(@Nullable Document before, @Nullable Document after) {
    Document either = after == null ? before : after;
    if (either != null) {
      feed.nodeChanged(either.key());
    }
    if (before == null || after == null || Hints.nodeDiffers(before, after)) {
      wake(_ -> true);
    }
  }

  /** Terms of pods that wait, and of pods that are there, may select by it. */
  private void namespaceChanged(@Nullable Document before, @Nullable Document after) {
    if (before != null && after != null && !before.meta().labels().equals(after.meta().labels())) {
      wake(_ -> true);
    }
  }

  /** All at once, so that the most important is looked at first, however fast the worker is. */
  private void wake(Predicate<PodInfo> helped) {
    List<ObjectKey> keys = new ArrayList<>();
    waiting.forEach((key, pod) -> {
      if (helped.test(pod)) {
        keys.add(key);
      }
    });
    queue.addAll(keys);
  }
}
