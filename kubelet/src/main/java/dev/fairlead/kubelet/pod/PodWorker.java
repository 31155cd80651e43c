package dev.fairlead.kubelet.pod;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.Target;
import dev.fairlead.api.view.Pod;
import dev.fairlead.client.EventRecorder.Severity;
import dev.fairlead.kubelet.log.ContainerLog;
import dev.fairlead.kubelet.network.HostPort;
import dev.fairlead.kubelet.sandbox.SandboxFiles;
import dev.fairlead.kubelet.streaming.StreamedPods.StreamedPod;
import java.io.IOException;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The actor of one pod. One virtual thread owns all of its state; whatever happens (the object
 * changed, a process ended, a probe answered, time has passed) comes as a message, and after all
 * messages at hand were taken in, one {@link #sync} brings the pod where it should be and the
 * status to the API.
 */
public final class PodWorker {
  private static final Logger log = LoggerFactory.getLogger(PodWorker.class);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration SANDBOX_RETRY = Duration.ofSeconds(5);
  private static final Duration CLOSE_GRACE = Duration.ofSeconds(2);

  private final PodContext context;
  private final Runnable onDone;
  private final BlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final CountDownLatch gate;
  private final StatusWriter writer;
  private final PodLogs logs = new PodLogs();
  private final LivePod live;
  private final PodContainers containers;
  private final VolumeKeeper volumes;
  private final Instant startTime;
  private Document document;
  private Pod pod;
  private volatile @Nullable PodSandboxes sandbox;
  private boolean sandboxDied;
  private boolean removed;
  private boolean refused;
  private boolean admitted;
  private boolean done;
  private @Nullable Duration graceGiven;
  private @Nullable PodFailure failure;
  private @Nullable Duration stopping;
  private final PodDeadline deadline;
  private volatile boolean closing;
  private Runnable cancelWake = () -> {};

  /**
   * A worker that does nothing yet.
   *
   * @param gate open when the node is ready to run pods
   * @param onDone runs when the pod is gone
   */
  public PodWorker(PodContext context, Document document, CountDownLatch gate, Runnable onDone) {
    this.context = context;
    this.document = document;
    this.pod = Pod.of(document);
    this.gate = gate;
    this.onDone = onDone;
    this.writer = new StatusWriter(context.api(), document);
    Instant now = context.clock().instant();
    Instant known = pod.status().startTime();
    this.startTime = known == null ? now : known;
    this.deadline = new PodDeadline(startTime, context.clock(), context.timers());
    this.live = new LivePod(document.meta().uid());
    this.volumes = new VolumeKeeper(context, () -> tell(() -> {}));
    this.containers = new PodContainers(context, logs, live, volumes, this::tell, pod, document);
  }

  /** Starts the worker's thread. */
  public void start() {
    Thread.ofVirtual().name("pod-" + pod.key()).start(this::run);
  }

  /** The object has changed. */
  public void updated(Document newer) {
    tell(() -> {
      Pod before = pod;
      document = newer;
      pod = Pod.of(newer);
      volumes.updated(before, pod);
      containers.saw(newer, pod);
      writer.saw(newer);
    });
  }

  /** The object is gone. */
  public void removed() {
    // Another pod may take them at once, however long this one takes to end.
    context.hostPorts().free(pod.meta().uid());
    tell(() -> removed = true);
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
    PodSandboxes known = sandbox;
    return known == null ? 0 : known.sandbox().pid();
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
      while (!done && !closing) {
        step();
        batch.clear();
        if (!done && !closing) {
          batch.add(mailbox.take());
          mailbox.drainTo(batch);
          batch.forEach(Runnable::run);
        }
      }
      if (closing) {
        shutDown();
      }
    } catch (InterruptedException e) {
      log.debug("{}: worker ends", pod.key());
    } finally {
      leave();
      volumes.close();
      ended.countDown();
      onDone.run();
    }
  }

  private void awaitGate() throws InterruptedException {
    while (!closing && !gate.await(100, TimeUnit.MILLISECONDS)) {
      log.trace("{}: waits for the node", pod.key());
    }
  }

  /** One sync; whatever goes wrong is tried again. */
  private void step() {
    try {
      sync();
    } catch (ApiException e) {
      log.warn("{}: {}; will try again", pod.key(), e.message());
      wake(RETRY);
    } catch (RuntimeException e) {
      log.error("{}: will try again", pod.key(), e);
      wake(SANDBOX_RETRY);
    }
  }

  private void sync() {
    if (removed || pod.meta().deleting()) {
      terminate();
      return;
    }
    admit();
    boolean over = deadline.isOver(pod, () -> tell(() -> {}));
    if (over && !pod.status().terminal() && !containers.finished()) {
      fail(PodFailure.DEADLINE_EXCEEDED);
    }
    if (failure != null || pod.status().terminal() || containers.done()) {
      windDown();
    } else {
      // Says what has just ended before it is started again, so that nobody misses it.
      publish(false);
      run(ready());
    }
  }

  /** Whether the node has room for the pod is asked once, before anything of it is made. */
  private void admit() {
    if (admitted || failure != null || pod.status().terminal()) {
      return;
    }
    admitted = context.hostPorts().take(pod.meta().uid(), HostPort.of(pod));
    if (!admitted) {
      fail(PodFailure.NODE_PORTS);
    }
  }

  /** The kubelet ends the pod by itself. */
  private void fail(PodFailure why) {
    if (failure == null) {
      failure = why;
      Severity severity = why.rejected() ? Severity.WARNING : Severity.NORMAL;
      context.events().record(document, "", severity, why.reason(), why.why());
    }
  }

  /** The pod's own containers are done, or must be: what else runs ends in good order. */
  private void windDown() {
    Duration grace = Duration.ofSeconds(pod.terminationGracePeriodSeconds());
    if (containers.running() && !grace.equals(stopping)) {
      stopping = grace;
      containers.stop(grace);
    }
    if (containers.running()) {
      publish(false);
      return;
    }
    leave();
    publish(failure != null || containers.finished());
  }

  private void run(boolean ready) {
    if (ready) {
      volumes.refresh(document, pod);
      Duration again = containers.start(sandboxes());
      publish(false);
      if (again != null) {
        wake(again);
      }
    } else {
      publish(false);
    }
  }

  private PodSandboxes sandboxes() {
    PodSandboxes known = sandbox;
    if (known == null) {
      throw new IllegalStateException("no sandbox");
    }
    return known;
  }

  /** Sees to it that there is a sandbox; false when there is none yet. */
  private boolean ready() {
    if (sandboxDied) {
      containers.stop(Duration.ZERO);
      if (containers.running()) {
        return false;
      }
      release();
      sandboxDied = false;
    }
    return sandbox != null || create();
  }

  private boolean create() {
    Unsupported.Refusal refusal = Unsupported.find(document);
    if (refusal != null) {
      if (!refused) {
        context.events().warning(document, refusal.reason(), refusal.message());
        refused = true;
      }
      return false;
    }
    if (!volumes.collect(document, pod)) {
      return false;
    }
    try {
      PodSandboxes made = PodSandboxes.create(context, document, pod);
      if (!volumes.mount(document, pod, made.sandbox())) {
        made.destroy();
        return false;
      }
      sandbox = made;
      containers.renewed();
      live.opened(made);
      for (String warning : SandboxFiles.warnings(pod, context.settings())) {
        context.events().warning(document, "DNSConfigForming", warning);
      }
      made.sandbox().onDeath(() -> tell(() -> died(made)));
      return true;
    } catch (IOException e) {
      context
          .events()
          .warning(
              document,
              "FailedCreatePodSandBox",
              "Failed to create pod sandbox: " + e.getMessage());
      wake(SANDBOX_RETRY);
      return false;
    }
  }

  private void died(PodSandboxes which) {
    if (which.equals(sandbox)) {
      sandboxDied = true;
      context
          .events()
          .normal(
              document, "SandboxChanged", "Pod sandbox changed, it will be killed and re-created.");
    }
  }

  private void terminate() {
    Duration grace = grace();
    if (!grace.equals(graceGiven)) {
      graceGiven = grace;
      containers.stop(grace);
    }
    if (containers.running()) {
      if (!removed) {
        publish(false);
      }
      return;
    }
    leave();
    if (!removed) {
      publish(true);
      delete();
    }
    finish();
  }

  /** Without an object nobody says how long; one second is upstream's least. */
  private Duration grace() {
    Long asked = pod.meta().deletionGracePeriodSeconds();
    if (removed) {
      return Duration.ofSeconds(1);
    }
    return Duration.ofSeconds(asked == null ? pod.terminationGracePeriodSeconds() : asked);
  }

  private void delete() {
    try {
      context
          .api()
          .delete(
              Target.object(Kinds.POD, pod.key()),
              new DeleteOptions(0L, null, pod.meta().uid(), "", false));
    } catch (ApiException e) {
      if (!e.isNotFound() && !e.isConflict()) {
        throw e;
      }
      log.debug("{}: already gone", pod.key());
    }
  }

  private void finish() {
    done = true;
    deadline.close();
    try {
      SandboxFiles.delete(SandboxFiles.directory(context.settings(), pod.meta().uid()));
    } catch (IOException e) {
      log.warn("{}: files stay: {}", pod.key(), e.getMessage());
    }
  }

  private void publish(boolean terminal) {
    PodSandboxes known = sandbox;
    String ip = known == null ? "" : known.attachment().address();
    PodStatus status =
        new PodStatus(
            containers.statuses(),
            ip,
            context.settings().nodeAddress(),
            startTime,
            known != null,
            terminal,
            failure);
    Instant now = context.clock().instant();
    try {
      writer.write(before -> status.write(pod, before, now));
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
      log.debug("{}: gone while its status was written", pod.key());
    }
  }

  /** The pod needs nothing of the node any more. */
  private void leave() {
    release();
    context.hostPorts().free(pod.meta().uid());
  }

  private void release() {
    PodSandboxes known = sandbox;
    sandbox = null;
    live.closed();
    if (known != null) {
      known.destroy();
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
