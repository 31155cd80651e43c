package dev.fairlead.kubelet.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.view.Node;
import dev.fairlead.client.EventRecorder;
import dev.fairlead.client.Informer;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.kubelet.KubeletSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the Node object and its Lease, from one virtual thread. The object is made once and kept
 * over restarts; when someone deletes it, it is made again.
 */
public final class NodeRegistrar implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NodeRegistrar.class);
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final KubeApi api;
  private final KubeletSettings settings;
  private final NodeObject object;
  private final NodeLease lease;
  private final EventRecorder events;
  private final Clock clock;
  private final Consumer<String> onPodCidr;
  private final Semaphore changed = new Semaphore(0);
  private final Thread thread;
  private @Nullable Informer informer;
  private volatile @Nullable Document node;
  private volatile boolean networkReady;
  private volatile boolean closing;
  private boolean failing;
  private Instant leaseDue = Instant.MIN;
  private Instant statusDue = Instant.MIN;
  private boolean readyTold;

  /**
   * A registrar that does nothing yet.
   *
   * @param onPodCidr told the node's pod range, once, on the registrar's thread; it may throw, and
   *     is then told again
   */
  public NodeRegistrar(
      KubeApi api,
      KubeletSettings settings,
      NodeFacts facts,
      String runtime,
      EventRecorder events,
      Clock clock,
      Consumer<String> onPodCidr) {
    this.api = api;
    this.settings = settings;
    this.object = new NodeObject(settings, facts, runtime);
    this.lease = new NodeLease(api, settings.nodeName());
    this.events = events;
    this.clock = clock;
    this.onPodCidr = onPodCidr;
    this.thread = Thread.ofVirtual().name("node-" + settings.nodeName()).unstarted(this::run);
  }

  /** Starts the thread. */
  public void start() {
    informer =
        SharedInformer.builder(api, Kinds.NODE)
            .fieldSelector("metadata.name=" + settings.nodeName())
            .start();
    informer.addListener((before, after) -> {
      node = after;
      changed.release();
    });
    thread.start();
  }

  /** Ends the thread, so that {@code onPodCidr} is not told any more when this returns. */
  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    if (informer != null) {
      informer.close();
    }
    try {
      if (thread.getState() != Thread.State.NEW && !thread.join(CLOSE_TIMEOUT)) {
        log.warn("{}: the registrar does not end in time", settings.nodeName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      boolean first = true;
      while (!closing) {
        Duration wait = round(first);
        first &= failing;
        boolean _ = changed.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
        changed.drainPermits();
      }
    } catch (InterruptedException e) {
      log.debug("{}: registrar ends", settings.nodeName());
    }
  }

  /** Does what is due; returns how long there is nothing to do. */
  private Duration round(boolean first) {
    try {
      Instant now = clock.instant();
      Document known = first ? register(now) : registered(now);
      network(known);
      status(known, now);
      if (!now.isBefore(leaseDue)) {
        lease.renew(known, now);
        leaseDue = now.plus(settings.leaseInterval());
      }
      up();
      Instant next = leaseDue.isBefore(statusDue) ? leaseDue : statusDue;
      Duration left = Duration.between(now, next);
      return left.compareTo(RETRY) < 0 ? RETRY : left;
    } catch (ApiException e) {
      down(e.message());
    } catch (RuntimeException e) {
      down(e.toString());
      log.debug("{}: cannot keep the node registered", settings.nodeName(), e);
    }
    return RETRY;
  }

  private Document register(Instant now) {
    Document known;
    try {
      known = api.get(target());
      if (!object.labels(known)) {
        known = api.update(target(), object.labelled(known), WriteOptions.NONE);
      }
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
      known = api.create(Target.all(Kinds.NODE), object.fresh(now), WriteOptions.NONE);
      events.normal(itself(known), "Starting", "Starting kubelet.");
    }
    node = known;
    return known;
  }

  private Document registered(Instant now) {
    Document known = node;
    return known == null ? register(now) : known;
  }

  private void network(Document known) {
    List<String> ranges = Node.of(known).podCidrs();
    if (!networkReady && !ranges.isEmpty()) {
      onPodCidr.accept(ranges.getFirst());
      networkReady = true;
    }
  }

  private void status(Document known, Instant now) {
    ObjectNode next = object.status(known.status(), networkReady, now);
    boolean due = !now.isBefore(statusDue);
    if (!due && sameButHeartbeat(known, next)) {
      return;
    }
    try {
      node =
          api.update(
              target().sub("status"),
              known.with(tree -> tree.set("status", next)),
              WriteOptions.NONE);
    } catch (ApiException e) {
      if (e.isConflict() || e.isNotFound()) {
        node = e.isNotFound() ? null : api.get(target());
      }
      throw e;
    }
    statusDue = now.plus(settings.statusInterval());
    if (networkReady && !readyTold) {
      readyTold = true;
      String message = "Node %s status is now: NodeReady".formatted(settings.nodeName());
      events.normal(itself(known), "NodeReady", message);
    }
  }

  /** A kubelet's events know its node by name alone, and so they are looked for. */
  private Document itself(Document known) {
    return known.with(tree -> tree.withObjectProperty("metadata").put("uid", settings.nodeName()));
  }

  private static boolean sameButHeartbeat(Document known, ObjectNode next) {
    ObjectNode copy = next.deepCopy();
    ObjectNode old =
        known.status() instanceof ObjectNode object ? object.deepCopy() : copy.objectNode();
    for (ObjectNode each : List.of(copy, old)) {
      each.path("conditions")
          .forEach(condition -> {
            if (condition instanceof ObjectNode fields) {
              fields.remove("lastHeartbeatTime");
            }
          });
    }
    return copy.equals(old);
  }

  private Target target() {
    return Target.object(Kinds.NODE, "", settings.nodeName());
  }

  private void up() {
    if (failing) {
      failing = false;
      log.info("{}: registered with the API server again", settings.nodeName());
    }
  }

  private void down(String why) {
    if (!failing && !closing) {
      failing = true;
      log.warn("{}: cannot keep the node registered: {}; will try again", settings.nodeName(), why);
    }
  }
}
