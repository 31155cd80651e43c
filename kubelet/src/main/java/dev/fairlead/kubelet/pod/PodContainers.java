package dev.fairlead.kubelet.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.quota.QosClass;
import dev.fairlead.api.view.Container;
import dev.fairlead.api.view.Handler;
import dev.fairlead.api.view.Pod;
import dev.fairlead.api.view.Probe;
import dev.fairlead.client.EventRecorder.Severity;
import dev.fairlead.kubelet.pod.ContainerState.Running;
import dev.fairlead.kubelet.pod.ContainerState.Terminated;
import dev.fairlead.kubelet.pod.ContainerState.Waiting;
import dev.fairlead.kubelet.pod.StartGate.Hold;
import dev.fairlead.kubelet.probe.Answer;
import dev.fairlead.kubelet.probe.ProbeKind;
import dev.fairlead.kubelet.probe.ProbeLoop;
import dev.fairlead.kubelet.probe.ProbeTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The containers of one pod: their statuses, their runs, their back-off. Used by the worker only.
 */
final class PodContainers {
  private static final Duration RESIZE_RETRY = Duration.ofSeconds(10);

  private final PodContext context;
  private final PodLogs logs;
  private final LivePod live;
  private final Consumer<Runnable> tell;
  private final ContainerStarter starter;
  private final StartGate gate = new StartGate();
  private final ContainerStatuses statuses;
  private final Map<String, ContainerRun> runs = new LinkedHashMap<>();
  private final Set<String> here = new HashSet<>();
  private Document document;
  private Pod pod;

  PodContainers(
      PodContext context,
      PodLogs logs,
      LivePod live,
      VolumeKeeper volumes,
      Consumer<Runnable> tell,
      Pod pod,
      Document document) {
    this.context = context;
    this.logs = logs;
    this.live = live;
    this.tell = tell;
    this.document = document;
    this.pod = pod;
    this.starter = new ContainerStarter(context, volumes);
    this.statuses = new ContainerStatuses(document, pod, context.clock().instant());
  }

  /** The object has changed: it may have got ephemeral containers. */
  void saw(Document newer, Pod newerPod) {
    document = newer;
    pod = newerPod;
    statuses.saw(newerPod);
  }

  /** The pod has new namespaces, in which nothing has run yet. */
  void renewed() {
    here.clear();
  }

  /** What is known of each container, by name. */
  Map<String, ContainerStatus> statuses() {
    return statuses.all();
  }

  boolean running() {
    return !runs.isEmpty();
  }

  /** Whether the pod's own containers have done all they will do. */
  boolean done() {
    return lifecycle().done();
  }

  /** Whether nothing runs and nothing will. */
  boolean finished() {
    return runs.isEmpty() && lifecycle().finished();
  }

  private Lifecycle lifecycle() {
    return new Lifecycle(pod, statuses.all(), here);
  }

  /**
   * Starts what should run and may.
   *
   * @return when to look again; null when there is nothing to wait for
   */
  @Nullable Duration start(PodSandboxes sandbox) {
    stopChanged();
    Duration again = resizeChanged() ? null : RESIZE_RETRY;
    for (Container container : lifecycle().toStart()) {
      if (runs.values().stream().anyMatch(ContainerRun::hooking)) {
        return again;
      }
      Duration wait = runs.containsKey(container.name()) ? null : tryStart(container, sandbox);
      if (wait != null && (again == null || wait.compareTo(again) < 0)) {
        again = wait;
      }
    }
    return again;
  }

  /** Another image has been put into the spec: what runs is not what is wanted any more. */
  private void stopChanged() {
    for (Container wanted : pod.containers()) {
      ContainerRun run = runs.get(wanted.name());
      if (run != null && !run.stopping() && !run.container.image().equals(wanted.image())) {
        String message =
            "Container %s definition changed, will be restarted".formatted(wanted.name());
        event(wanted, Severity.NORMAL, "Killing", message);
        stop(run, Duration.ofSeconds(pod.terminationGracePeriodSeconds()));
        run.turn();
      }
    }
  }

  /**
   * Other resources were granted: what runs is held to them, or restarted where its policy says so.
   *
   * @return whether the kernel has refused nothing
   */
  private boolean resizeChanged() {
    boolean done = true;
    for (Container wanted : resizable()) {
      ContainerRun run = runs.get(wanted.name());
      if (run == null
          || run.stopping()
          || !run.process.resizable()
          || run.resources().equals(wanted.resources())) {
        continue;
      }
      if (ResizePolicy.restarts(wanted, run.resources())) {
        String message = "Container %s resize requires restart".formatted(wanted.name());
        event(wanted, Severity.NORMAL, "Killing", message);
        stop(run, Duration.ofSeconds(pod.terminationGracePeriodSeconds()));
        run.turn();
      } else {
        run.resize(wanted.resources(), ContainerStarter.limits(document, wanted));
        done &= run.resizeError().isEmpty();
      }
    }
    return done;
  }

  private List<Container> resizable() {
    return Stream.concat(
            pod.initContainers().stream().filter(Container::sidecar), pod.containers().stream())
        .toList();
  }

  /** How far a change of resources has come; {@code verdict} is what the node says of it. */
  ResizeState resizing(ResizeVerdict verdict) {
    boolean unfinished = false;
    String error = "";
    for (Container wanted : resizable()) {
      ContainerRun run = runs.get(wanted.name());
      if (run != null && run.process.resizable()) {
        unfinished |= !run.resources().equals(wanted.resources());
        error = run.resizeError().isEmpty() ? error : run.resizeError();
      }
    }
    return new ResizeState(actual(), verdict, unfinished, error);
  }

  /** What runs in no groups is held to nothing; that is known where nothing is asked for. */
  private Map<String, JsonNode> actual() {
    boolean nothing = QosClass.of(document.spec()).equals(QosClass.BEST_EFFORT);
    Map<String, JsonNode> actual = new HashMap<>();
    runs.forEach((name, run) -> {
      if (nothing || run.process.resizable()) {
        actual.put(name, run.resources());
      }
    });
    return actual;
  }

  /** Stops every container that runs, each in its turn. */
  void stop(Duration grace) {
    for (ContainerRun run : List.copyOf(runs.values())) {
      if (!run.stopping()) {
        String message = "Stopping container " + run.container.name();
        event(run.container, Severity.NORMAL, "Killing", message);
      }
      stop(run, grace);
    }
    turns();
  }

  private void stop(ContainerRun run, Duration grace) {
    run.stop(
        grace,
        () -> event(run.container, Severity.WARNING, "FailedPreStopHook", "PreStopHook failed"));
  }

  private void turns() {
    for (String name : TerminationOrder.turns(pod, Set.copyOf(runs.keySet()))) {
      ContainerRun run = runs.get(name);
      if (run != null && run.stopping()) {
        run.turn();
      }
    }
  }

  private @Nullable Duration tryStart(Container container, PodSandboxes sandbox) {
    Instant now = context.clock().instant();
    ContainerStatus status = statuses.of(container);
    Hold hold = gate.hold(pod, container, status, now);
    if (hold != null) {
      hold(container, hold);
      return hold.left();
    }
    Terminated ended = status.ended();
    int restart = ended == null ? status.restartCount() : status.restartCount() + 1;
    gate.trying(container.name(), ended, now);
    try {
      started(
          container,
          sandbox,
          starter.start(
              document,
              pod,
              container,
              sandbox.sandbox(),
              sandbox.attachment().address(),
              restart));
      return null;
    } catch (StartFailure e) {
      failed(container, e, now);
      return gate.failed(container.name(), e, now);
    }
  }

  /** Shows why a container waits, and tells it when that is news. */
  private void hold(Container container, Hold hold) {
    ContainerStatus status = statuses.of(container);
    boolean known =
        status.state() instanceof Waiting waiting && waiting.reason().equals(hold.reason());
    if (known || hold.reason().isEmpty()) {
      return;
    }
    statuses.put(status.waiting(hold.reason(), hold.message()));
    boolean pull = hold.reason().equals(StartGate.IMAGE_PULL_BACK_OFF);
    event(container, pull ? Severity.NORMAL : Severity.WARNING, "BackOff", hold.event());
    if (pull) {
      event(container, Severity.WARNING, "Failed", "Error: " + hold.reason());
    }
  }

  private void failed(Container container, StartFailure failure, Instant now) {
    ContainerStatus status = statuses.of(container);
    if (failure.kind() == StartFailure.Kind.START) {
      here.add(container.name());
      Terminated end = new Terminated(128, "StartError", failure.message(), Instant.EPOCH, now, "");
      statuses.put(status.terminated(end));
      boolean again = lifecycle().toStart().contains(container);
      if (!again) {
        return;
      }
    }
    statuses.put(statuses.of(container).waiting(failure.reason(), failure.message()));
  }

  private void started(Container container, PodSandboxes sandbox, ContainerStarter.Started start) {
    String name = container.name();
    gate.started(name);
    here.add(name);
    Instant now = context.clock().instant();
    logs.started(name, start.spec().log());
    ProbeTarget target =
        new ProbeTarget(container, start.spec(), sandbox.sandbox(), sandbox.attachment().address());
    String id = context.runtime().name() + "://" + start.process().id();
    statuses.put(
        statuses
            .of(container)
            .running(container.image(), start.image().id(), id, new Running(now)));
    Heard heard = new Heard(container);
    ContainerRun run =
        new ContainerRun(container, start.process(), target, now, context, tell, heard);
    heard.run = run;
    runs.put(name, run);
    live.started(start.spec(), start.process(), now);
    var _ = start.process().exit().thenAccept(code -> tell.accept(() -> ended(run, id, code)));
    run.postStart(answer -> hooked(run, answer));
  }

  private void hooked(ContainerRun run, Answer answer) {
    if (runs.get(run.container.name()) != run || run.stopping()) {
      return;
    }
    if (answer.success()) {
      run.begin();
      mark(run);
      return;
    }
    run.hookFailed(answer);
    event(run.container, Severity.WARNING, "FailedPostStartHook", "PostStartHook failed");
    event(run.container, Severity.NORMAL, "Killing", "FailedPostStartHook");
    stop(run, Duration.ofSeconds(pod.terminationGracePeriodSeconds()));
    run.turn();
  }

  private void ended(ContainerRun run, String id, int code) {
    run.ended();
    String name = run.container.name();
    if (runs.get(name) != run) {
      return;
    }
    runs.remove(name);
    live.ended(name);
    String reason = code == 0 ? "Completed" : run.process.outOfMemory() ? "OOMKilled" : "Error";
    Instant now = context.clock().instant();
    String message = lastWords(run, code);
    statuses.put(
        statuses
            .of(run.container)
            .terminated(new Terminated(code, reason, message, run.startedAt, now, id)));
    showHookFailure(run);
    turns();
  }

  private void showHookFailure(ContainerRun run) {
    Answer answer = run.hookFailure();
    Handler hook = run.container.postStart();
    if (answer != null && hook != null && lifecycle().toStart().contains(run.container)) {
      String message = HookFailure.message(hook, pod, run.container, answer);
      statuses.put(statuses.of(run.container).waiting(HookFailure.REASON, message));
    }
  }

  private String lastWords(ContainerRun run, int code) {
    int restart = statuses.of(run.container).restartCount();
    return starter.lastWords(pod, run.container, restart).read(code, run.target.spec().log());
  }

  private void mark(ContainerRun run) {
    boolean ephemeral = pod.ephemeralContainers().contains(run.container);
    statuses.put(statuses.of(run.container).marked(run.started(), run.ready() && !ephemeral));
  }

  /** What the probes of one run say, on its way to the worker. */
  private final class Heard implements ProbeLoop.Listener {
    private final Container container;
    private @Nullable ContainerRun run;

    Heard(Container container) {
      this.container = container;
    }

    @Override
    public void answered(ProbeKind kind, Answer answer, boolean verdict, boolean decided) {
      tell.accept(() -> {
        ContainerRun which = run;
        if (which != null && runs.get(container.name()) == which) {
          take(which, kind, answer, verdict, decided);
        }
      });
    }

    private void take(
        ContainerRun which, ProbeKind kind, Answer answer, boolean verdict, boolean decided) {
      if (!answer.success() && !which.stopping()) {
        String verb = answer.ran() ? "failed" : "errored";
        String message = "%s probe %s: %s".formatted(kind.title(), verb, answer.message());
        event(container, Severity.WARNING, "Unhealthy", message);
      }
      Probe fatal = which.heard(kind, verdict, decided);
      mark(which);
      if (fatal != null) {
        String message =
            "Container %s failed %s probe, will be restarted"
                .formatted(container.name(), kind.title().toLowerCase(Locale.ROOT));
        event(container, Severity.NORMAL, "Killing", message);
        Long own = fatal.terminationGracePeriodSeconds();
        stop(which, Duration.ofSeconds(own == null ? pod.terminationGracePeriodSeconds() : own));
        which.turn();
      }
    }
  }

  private void event(Container container, Severity severity, String reason, String message) {
    String path = ContainerStarter.fieldPath(pod, container);
    context.events().record(document, path, severity, reason, message);
  }
}
