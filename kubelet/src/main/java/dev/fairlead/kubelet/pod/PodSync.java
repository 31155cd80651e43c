package dev.fairlead.kubelet.pod;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.Target;
import dev.fairlead.api.view.HostPort;
import dev.fairlead.api.view.Pod;
import dev.fairlead.client.EventRecorder.Severity;
import dev.fairlead.kubelet.sandbox.SandboxFiles;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one pod where it should be, and its status to the API: {@link #sync} looks at all that is
 * known and does what is next. Used by the pod's worker only.
 */
final class PodSync {
  private static final Logger log = LoggerFactory.getLogger(PodSync.class);

  private final PodContext context;
  private final Consumer<Duration> wake;
  private final StatusWriter writer;
  private final PodContainers containers;
  private final VolumeKeeper volumes;
  private final SandboxKeeper sandbox;
  private final PodDeadline deadline;
  private final PodResize resize;
  private final Instant startTime;
  private final Runnable again;
  private Document document;
  private Pod pod;
  private boolean removed;
  private boolean admitted;
  private boolean done;
  private @Nullable Duration graceGiven;
  private @Nullable Duration stopping;
  private @Nullable PodFailure failure;

  /**
   * A pod of which nothing runs yet.
   *
   * @param tell runs something on the worker's thread, and then syncs
   * @param wake syncs after a while
   */
  PodSync(
      PodContext context,
      Document document,
      PodContainers containers,
      VolumeKeeper volumes,
      SandboxKeeper sandbox,
      Consumer<Runnable> tell,
      Consumer<Duration> wake) {
    this.context = context;
    this.document = document;
    this.pod = Pod.of(document);
    this.containers = containers;
    this.volumes = volumes;
    this.sandbox = sandbox;
    this.again = () -> tell.accept(() -> {});
    this.resize = new PodResize(context, document, again);
    this.wake = wake;
    this.writer = new StatusWriter(context.api(), document);
    Instant known = pod.status().startTime();
    this.startTime = known == null ? context.clock().instant() : known;
    this.deadline = new PodDeadline(startTime, context.clock(), context.timers());
  }

  /** The object has changed. */
  void saw(Document newer) {
    Pod before = pod;
    runs(resize.saw(newer));
    volumes.updated(before, pod);
    writer.saw(newer);
  }

  /** From now on the node runs this. */
  private void runs(Document granted) {
    document = granted;
    pod = Pod.of(granted);
    containers.saw(granted, pod);
  }

  /** The object is gone. */
  void removed() {
    removed = true;
  }

  /** Whether nothing is left to do. */
  boolean done() {
    return done;
  }

  /**
   * Does what is next.
   *
   * @throws ApiException when the API refuses or cannot be reached; to be called again later
   */
  void sync() {
    if (removed || pod.meta().deleting()) {
      terminate();
      return;
    }
    admit();
    Document resized = resize.again();
    if (resized != null) {
      runs(resized);
    }
    boolean over = deadline.isOver(pod, again);
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
    admitted = context.hostPorts().take(pod.meta().uid(), HostPort.of(document.spec()));
    if (admitted) {
      resize.admitted();
    } else {
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
      Duration later = containers.start(sandbox.get());
      publish(false);
      if (later != null) {
        wake.accept(later);
      }
    } else {
      publish(false);
    }
  }

  /** Sees to it that there is a sandbox; false when there is none yet. */
  private boolean ready() {
    if (sandbox.died()) {
      containers.stop(Duration.ZERO);
      if (containers.running()) {
        return false;
      }
      sandbox.release();
    }
    if (sandbox.exists()) {
      return true;
    }
    boolean made = sandbox.create(document, pod);
    if (made) {
      containers.renewed();
    }
    return made;
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
    PodStatus status =
        new PodStatus(
            containers.statuses(),
            sandbox.address(),
            context.settings().nodeAddress(),
            startTime,
            sandbox.exists(),
            terminal,
            failure,
            containers.resizing(resize.verdict()));
    Instant now = context.clock().instant();
    try {
      writer.write(before -> status.write(pod, document.spec(), before, now));
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
      log.debug("{}: gone while its status was written", pod.key());
    }
  }

  /** The pod needs nothing of the node any more. */
  void leave() {
    sandbox.release();
    context.hostPorts().free(pod.meta().uid());
    context.allocations().free(pod.meta().uid());
  }
}
