package dev.fairlead.kubelet.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.view.Container;
import dev.fairlead.api.view.Handler;
import dev.fairlead.api.view.Probe;
import dev.fairlead.kubelet.cgroup.Limits;
import dev.fairlead.kubelet.probe.Answer;
import dev.fairlead.kubelet.probe.ProbeKind;
import dev.fairlead.kubelet.probe.ProbeLoop;
import dev.fairlead.kubelet.probe.ProbeTarget;
import dev.fairlead.kubelet.runtime.ContainerProcess;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
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
  private final Stopping stopping;
  private final Hooks hooks;
  private final Consumer<Runnable> tell;
  private JsonNode resources;
  private String resizeError = "";
  private Runnable cancelHook = () -> {};
  private @Nullable Answer hookFailure;
  private boolean hooked;
  private boolean started;
  private boolean ready;

  /**
   * @param tell runs something on the worker's thread
   * @param listener called on the probes' threads
   */
  ContainerRun(
      Container container,
      ContainerProcess process,
      ProbeTarget target,
      Instant startedAt,
      PodContext context,
      Consumer<Runnable> tell,
      ProbeLoop.Listener listener) {
    this.container = container;
    this.resources = container.resources();
    this.process = process;
    this.target = target;
    this.startedAt = startedAt;
    this.context = context;
    this.tell = tell;
    this.listener = listener;
    this.hooks = new Hooks(context.prober());
    this.stopping = new Stopping(process, context.timers(), tell);
  }

  boolean started() {
    return started;
  }

  boolean ready() {
    return ready;
  }

  boolean stopping() {
    return stopping.begun();
  }

  /** What it is held to. */
  JsonNode resources() {
    return resources;
  }

  /** Why the kernel does not hold it to what it was granted; empty when it does. */
  String resizeError() {
    return resizeError;
  }

  /** Holds it to what it was granted. */
  void resize(JsonNode granted, Limits limits) {
    try {
      process.resize(limits);
      resources = granted;
      resizeError = "";
    } catch (IOException e) {
      resizeError = String.valueOf(e.getMessage());
    }
  }

  /** Whether its postStart hook still runs, so that nothing else of the pod is started. */
  boolean hooking() {
    return !hooked && !stopping();
  }

  /**
   * Runs the postStart hook, if there is one.
   *
   * @param then told the answer, on the worker's thread; at once when there is no hook
   */
  void postStart(Consumer<Answer> then) {
    Handler hook = container.postStart();
    if (hook == null) {
      then.accept(Answer.NOTHING);
    } else {
      cancelHook =
          hooks.run(
              "poststart",
              hook,
              target,
              Hooks.POST_START_MAX,
              answer -> tell.accept(() -> then.accept(answer)));
    }
  }

  /** The postStart hook has failed: the run is over. */
  void hookFailed(Answer answer) {
    hookFailure = answer;
  }

  /** What its postStart hook said when it failed; null when it has not. */
  @Nullable Answer hookFailure() {
    return hookFailure;
  }

  /** The postStart hook is done: from now on the container counts. */
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
    if (stopping()) {
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
    if (!hooked || stopping()) {
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
   * Begins to stop it, see {@link Stopping}. A second call only changes the grace.
   *
   * @param failed told when the preStop hook has failed
   */
  void stop(Duration grace, Runnable failed) {
    boolean first = !stopping();
    Handler hook = container.preStop();
    boolean runs = first && hook != null && !grace.isZero();
    stopping.begin(grace, runs);
    if (!first) {
      return;
    }
    cancelHook.run();
    close(ProbeKind.LIVENESS);
    close(ProbeKind.STARTUP);
    if (hook != null && runs) {
      cancelHook =
          hooks.run(
              "prestop", hook, target, grace, answer -> tell.accept(() -> hooked(answer, failed)));
    }
  }

  private void hooked(Answer answer, Runnable failed) {
    if (!answer.success()) {
      failed.run();
    }
    stopping.hooked();
  }

  /** Those that must end before it have ended. */
  void turn() {
    stopping.turn();
  }

  /** It has ended: nothing is asked any more. */
  void ended() {
    stopping.ended();
    cancelHook.run();
    loops.values().forEach(ProbeLoop::close);
    loops.clear();
    ready = false;
    started = false;
  }

  private void close(ProbeKind kind) {
    ProbeLoop loop = loops.remove(kind);
    if (loop != null) {
      loop.close();
    }
  }
}
