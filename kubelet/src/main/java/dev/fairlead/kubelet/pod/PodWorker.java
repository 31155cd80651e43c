package dev.fairlead.kubelet.pod;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.view.Pod;
import dev.fairlead.kubelet.log.ContainerLog;
import dev.fairlead.kubelet.streaming.StreamedPods.StreamedPod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The actor of one pod. One virtual thread owns all of its state; whatever happens (the object
 * changed, a process ended, a probe answered, time has passed) comes as a message, and after all
 * messages at hand were taken in, one {@link PodSync#sync} brings the pod where it should be and
 * the status to the API.
 */
public final class PodWorker {
  private static final Logger log = LoggerFactory.getLogger(PodWorker.class);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration BUG_RETRY = Duration.ofSeconds(5);
  private static final Duration CLOSE_GRACE = Duration.ofSeconds(2);

  private final PodContext context;
  private final BiConsumer<String, PodWorker> onDone;
  private final BlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final CountDownLatch gate;
  private final String uid;
  private final ObjectKey key;
  private final PodLogs logs = new PodLogs();
  private final LivePod live;
  private final PodContainers containers;
  private final VolumeKeeper volumes;
  private final SandboxKeeper sandbox;
  private final PodSync pod;
  private volatile boolean closing;
  private volatile boolean removed;
  private Runnable cancelWake = () -> {};

  /**
   * A worker that does nothing yet.
   *
   * @param gate open when the node is ready to run pods
   * @param onDone told the pod's UID and this worker when nothing is left to do
   */
  public PodWorker(
      PodContext context,
      Document document,
      CountDownLatch gate,
      BiConsumer<String, PodWorker> onDone) {
    this.context = context;
    this.uid = document.meta().uid();
    this.key = document.key();
    this.gate = gate;
    this.onDone = onDone;
    this.live = new LivePod(uid);
    this.volumes = new VolumeKeeper(context, () -> tell(() -> {}));
    this.sandbox = new SandboxKeeper(context, volumes, live, this::tell, this::wake);
    this.containers =
        new PodContainers(context, logs, live, volumes, this::tell, Pod.of(document), document);
    this.pod = new PodSync(context, document, containers, volumes, sandbox, this::tell, this::wake);
  }

  /** Starts the worker's thread. */
  public void start() {
    Thread.ofVirtual().name("pod-" + key).start(this::run);
  }

  /** The object has changed. */
  public void updated(Document newer) {
    tell(() -> pod.saw(newer));
  }

  /** The object is gone. */
  public void removed() {
    removed = true;
    // Another pod may take them at once, however long this one takes to end.
    context.hostPorts().free(uid);
    tell(pod::removed);
  }

  /** Whether it was told that the object is gone. */
  public boolean isRemoved() {
    return removed;
  }

  /** Stops all processes and ends the worker; the object stays. See {@link #awaitEnd}. */
  public void close() {
    closing = true;
    tell(() -> {});
  }

  /** Waits until the worker has ended. */
  public boolean awaitEnd(Duration timeout) throws InterruptedException {
    return ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** The process that holds the pod's namespaces; 0 when there is none. */
  public long sandboxPid() {
    return sandbox.pid();
  }

  /**
   * The log of a container; null when there is none.
   *
   * @param previous of the run before
   */
  public @Nullable ContainerLog containerLog(String container, boolean previous) {
    return logs.find(container, previous);
  }

  /** The pod as streams see it; empty when it has no namespaces. */
  public Optional<StreamedPod> streamed() {
    return live.isOpen() ? Optional.of(live) : Optional.empty();
  }

  /** The containers that run, and since when. */
  public Map<String, Instant> running() {
    return live.running();
  }

  private void tell(Runnable message) {
    mailbox.add(message);
  }

  private void run() {
    try {
      awaitGate();
      List<Runnable> batch = new ArrayList<>();
      while (!pod.done() && !closing) {
        step();
        batch.clear();
        if (!pod.done() && !closing) {
          batch.add(mailbox.take());
          mailbox.drainTo(batch);
          batch.forEach(Runnable::run);
        }
      }
      if (closing) {
        shutDown();
      }
    } catch (InterruptedException e) {
      log.debug("{}: worker ends", key);
    } finally {
      pod.leave();
      volumes.close();
      ended.countDown();
      onDone.accept(uid, this);
    }
  }

  private void awaitGate() throws InterruptedException {
    while (!closing && !gate.await(100, TimeUnit.MILLISECONDS)) {
      log.trace("{}: waits for the node", key);
    }
  }

  /** One sync; whatever goes wrong is tried again. */
  private void step() {
    try {
      pod.sync();
    } catch (ApiException e) {
      log.warn("{}: {}; will try again", key, e.message());
      wake(RETRY);
    } catch (RuntimeException e) {
      log.error("{}: will try again", key, e);
      wake(BUG_RETRY);
    }
  }

  /** The kubelet ends: a short grace for all, then whatever is left is killed with the sandbox. */
  private void shutDown() throws InterruptedException {
    containers.stop(CLOSE_GRACE);
    long deadline = System.nanoTime() + CLOSE_GRACE.toNanos();
    while (containers.running()) {
      Runnable message = mailbox.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (message == null) {
        return;
      }
      message.run();
    }
  }

  private void wake(Duration delay) {
    cancelWake.run();
    cancelWake = context.timers().after(delay, () -> tell(() -> {}));
  }
}
