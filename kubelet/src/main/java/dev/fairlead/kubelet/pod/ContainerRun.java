package dev.fairlead.kubelet.pod;

import dev.fairlead.api.view.Container;
import dev.fairlead.api.view.Handler;
import dev.fairlead.api.view.Probe;
import dev.fairlead.kubelet.probe.Answer;
import dev.fairlead.kubelet.probe.ProbeKind;
import dev.fairlead.kubelet.probe.ProbeLoop;
import dev.fairlead.kubelet.probe.ProbeTarget;
import dev.fairlead.kubelet.runtime.ContainerProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of one container: its process, its probes and its end. Used by the pod's worker only;
 * probes report to the worker's mailbox.
 */
final class ContainerRun {
  final Container container;
  final ContainerProcess process;
  final ProbeTarget target;
  final Instant startedAt;
  private final PodContext context;
  private final ProbeLoop.Listener listener;
  private final Map<ProbeKind, ProbeLoop> loops = new EnumMap<>(ProbeKind.class);
  private Runnable cancelKill = () -> {};
  private boolean stopping;
  private boolean hooked;
  private boolean started;
  private boolean ready;

  /**
   * @param listener called on the probes' threads
   */
  ContainerRun(
      Container container,
      ContainerProcess process,
      ProbeTarget target,
      Instant startedAt,
      PodContext context,
      ProbeLoop.Listener listener) {
    this.container = container;
    this.process = process;
    this.target = target;
    this.startedAt = startedAt;
    this.context = context;
    this.listener = listener;
  }

  boolean started() {
    return started;
  }

  boolean ready() {
    return ready;
  }

  boolean stopping() {
    return stopping;
  }

  /** The postStart hook is done, or there is none: from now on the container counts. */
  void begin() {
    hooked = true;
    Probe startup = container.startup();
    if (startup == null) {
      afterStartup();
    } else {
      loop(ProbeKind.STARTUP, startup);
    }
  }

  private void afterStartup() {
    started = true;
    Probe readiness = container.readiness();
    Probe liveness = container.liveness();
    if (readiness == null) {
      ready = true;
    } else {
      loop(ProbeKind.READINESS, readiness);
    }
    if (liveness != null) {
      loop(ProbeKind.LIVENESS, liveness);
    }
  }

  private void loop(ProbeKind kind, Probe probe) {
    if (stopping) {
      return;
    }
    Duration age = Duration.between(startedAt, context.clock().instant());
    loops.put(
        kind,
        ProbeLoop.start(kind, probe, target, context.prober(), context.timers(), age, listener));
  }

  /**
   * Takes a probe's verdict in.
   *
   * @return the probe that demands a restart, or null
   */
  @Nullable Probe heard(ProbeKind kind, boolean verdict, boolean decided) {
    if (!hooked || stopping) {
      return null;
    }
    return switch (kind) {
      case READINESS -> {
        ready = verdict;
        yield null;
      }
      case LIVENESS -> decided && !verdict ? container.liveness() : null;
      case STARTUP -> {
        if (decided && verdict && !started) {
          close(ProbeKind.STARTUP);
          afterStartup();
        }
        yield decided && !verdict ? container.startup() : null;
      }
    };
  }

  /**
   * Begins to stop it: the preStop hook, then SIGTERM, and SIGKILL when the grace is over. A second
   * call may only shorten the grace.
   */
  void stop(Duration grace) {
    cancelKill.run();
    cancelKill = context.timers().after(grace, process::kill);
    if (stopping) {
      return;
    }
    stopping = true;
    close(ProbeKind.LIVENESS);
    close(ProbeKind.STARTUP);
    Handler hook = container.preStop();
    if (hook == null || grace.isZero()) {
      process.terminate();
    } else {
      Thread.ofVirtual().name("prestop-" + container.name()).start(() -> preStop(hook, grace));
    }
  }

  private void preStop(Handler hook, Duration grace) {
    try {
      Answer _ = context.prober().ask(hook, target, grace);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.terminate();
  }

  /** It has ended: nothing is asked any more. */
  void ended() {
    cancelKill.run();
    loops.values().forEach(ProbeLoop::close);
    loops.clear();
    ready = false;
    started = false;
    stopping = true;
  }

  private void close(ProbeKind kind) {
    ProbeLoop loop = loops.remove(kind);
    if (loop != null) {
      loop.close();
    }
  }
}
