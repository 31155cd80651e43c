package dev.fairlead.kubelet.pod;

import dev.fairlead.api.Document;
import dev.fairlead.api.view.Container;
import dev.fairlead.api.view.Pod;
import dev.fairlead.api.view.Probe;
import dev.fairlead.client.EventRecorder.Severity;
import dev.fairlead.kubelet.GoDuration;
import dev.fairlead.kubelet.pod.ContainerState.Running;
import dev.fairlead.kubelet.pod.ContainerState.Terminated;
import dev.fairlead.kubelet.pod.ContainerState.Waiting;
import dev.fairlead.kubelet.probe.Answer;
import dev.fairlead.kubelet.probe.ProbeKind;
import dev.fairlead.kubelet.probe.ProbeLoop;
import dev.fairlead.kubelet.probe.ProbeTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The containers of one pod: their statuses, their runs, their back-off. Used by the worker only.
 */
final class PodContainers {
  private static final Duration CONFIG_RETRY = Duration.ofSeconds(10);
  private static final Duration SHOW_PULL_ERROR = Duration.ofSeconds(1);

  private final PodContext context;
  private final PodLogs logs;
  private final LivePod live;
  private final Consumer<Runnable> tell;
  private final ContainerStarter starter;
  private final Hooks hooks;
  private final Map<String, ContainerStatus> statuses = new LinkedHashMap<>();
  private final Map<String, ContainerRun> runs = new LinkedHashMap<>();
  private final CrashBackoff crashes = new CrashBackoff();
  private final CrashBackoff pulls = new CrashBackoff();
  private final Map<String, PullFailure> pullFailures = new HashMap<>();
  private final Map<String, Instant> notBefore = new HashMap<>();
  private Document document;

  private record PullFailure(Instant at, String message) {}

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
    this.starter = new ContainerStarter(context, volumes);
    this.hooks = new Hooks(context);
    Instant now = context.clock().instant();
    boolean init = !pod.initContainers().isEmpty();
    pod.initContainers()
        .forEach(each -> put(ContainerStatus.created(each.name(), each.image(), false)));
    pod.containers().forEach(each -> put(ContainerStatus.created(each.name(), each.image(), init)));
    statuses.putAll(PastRun.read(document.status(), pod.containers(), "containerStatuses", now));
    if (pod.status().terminal()) {
      statuses.putAll(
          PastRun.read(document.status(), pod.initContainers(), "initContainerStatuses", now));
    }
  }

  /** What is known of each container, by name. */
  Map<String, ContainerStatus> statuses() {
    return Map.copyOf(statuses);
  }

  boolean running() {
    return !runs.isEmpty();
  }

  /** Whether nothing runs and nothing will. */
  boolean finished(Pod pod) {
    return runs.isEmpty() && Lifecycle.finished(pod, statuses);
  }

  /**
   * Starts what should run and may.
   *
   * @return when to look again; null when there is nothing to wait for
   */
  @Nullable Duration start(Document current, Pod pod, PodSandboxes sandbox) {
    document = current;
    Duration again = null;
    for (Container container : Lifecycle.toStart(pod, statuses)) {
      Duration wait = runs.containsKey(container.name()) ? null : tryStart(pod, container, sandbox);
      if (wait != null && (again == null || wait.compareTo(again) < 0)) {
        again = wait;
      }
    }
    return again;
  }

  /** Stops every container that runs. */
  void stop(Document current, Pod pod, Duration grace) {
    document = current;
    for (ContainerRun run : runs.values()) {
      if (!run.stopping()) {
        event(
            pod,
            run.container,
            Severity.NORMAL,
            "Killing",
            "Stopping container " + run.container.name());
      }
      run.stop(grace);
    }
  }

  private @Nullable Duration tryStart(Pod pod, Container container, PodSandboxes sandbox) {
    Duration wait = backOff(pod, container);
    if (wait != null) {
      return wait;
    }
    ContainerStatus status = status(container);
    Terminated ended = status.ended();
    int restart = ended == null ? status.restartCount() : status.restartCount() + 1;
    Instant now = context.clock().instant();
    if (ended != null) {
      crashes.next(container.name(), ended.finishedAt(), now);
    }
    try {
      started(
          pod,
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
      return failed(container, e, now);
    }
  }

  /** What is left to wait, with the status that says so; null when it may start now. */
  private @Nullable Duration backOff(Pod pod, Container container) {
    String name = container.name();
    Instant now = context.clock().instant();
    PullFailure pull = pullFailures.get(name);
    Duration left = pull == null ? Duration.ZERO : pulls.remaining(name, pull.at(), now);
    if (pull != null && now.isBefore(pull.at().plus(SHOW_PULL_ERROR))) {
      return Duration.between(now, pull.at().plus(SHOW_PULL_ERROR));
    }
    if (pull != null && left.isPositive()) {
      String text = "Back-off pulling image \"%s\"".formatted(container.image());
      String message = text + ": ErrImagePull: " + pull.message();
      if (waitFor(container, "ImagePullBackOff", message)) {
        event(pod, container, Severity.NORMAL, "BackOff", text);
        event(pod, container, Severity.WARNING, "Failed", "Error: ImagePullBackOff");
      }
      return left;
    }
    Terminated ended = status(container).ended();
    left = ended == null ? Duration.ZERO : crashes.remaining(name, ended.finishedAt(), now);
    if (left.isPositive()) {
      String who =
          "%s_%s(%s)".formatted(pod.meta().name(), pod.meta().namespace(), pod.meta().uid());
      String delay = GoDuration.of(crashes.delay(name));
      String message =
          "back-off %s restarting failed container=%s pod=%s".formatted(delay, name, who);
      if (waitFor(container, "CrashLoopBackOff", message)) {
        String text = "Back-off restarting failed container %s in pod %s".formatted(name, who);
        event(pod, container, Severity.WARNING, "BackOff", text);
      }
      return left;
    }
    Instant earliest = notBefore.getOrDefault(name, now);
    return earliest.isAfter(now) ? Duration.between(now, earliest) : null;
  }

  /** Puts a container into a waiting state; false when it is in it already. */
  private boolean waitFor(Container container, String reason, String message) {
    ContainerStatus status = status(container);
    boolean already = status.state() instanceof Waiting waiting && waiting.reason().equals(reason);
    if (!already) {
      put(status.waiting(reason, message));
    }
    return !already;
  }

  private Duration failed(Container container, StartFailure failure, Instant now) {
    String name = container.name();
    return switch (failure.kind()) {
      case IMAGE -> {
        pulls.next(name, now, now);
        pullFailures.put(name, new PullFailure(now, failure.message()));
        put(status(container).waiting(failure.reason(), failure.message()));
        yield SHOW_PULL_ERROR;
      }
      case CONFIG -> {
        notBefore.put(name, now.plus(CONFIG_RETRY));
        put(status(container).waiting(failure.reason(), failure.message()));
        yield CONFIG_RETRY;
      }
      case START -> {
        String message = failure.message();
        put(
            status(container)
                .terminated(new Terminated(128, failure.reason(), message, now, now, "")));
        yield SHOW_PULL_ERROR;
      }
    };
  }

  private void started(
      Pod pod, Container container, PodSandboxes sandbox, ContainerStarter.Started start) {
    String name = container.name();
    pullFailures.remove(name);
    notBefore.remove(name);
    Instant now = context.clock().instant();
    logs.started(name, start.spec().log());
    ProbeTarget target =
        new ProbeTarget(container, start.spec(), sandbox.sandbox(), sandbox.attachment().address());
    String id = context.runtime().name() + "://" + start.process().id();
    put(status(container).running(start.image().id(), id, new Running(now)));
    Heard heard = new Heard(pod, container);
    ContainerRun run = new ContainerRun(container, start.process(), target, now, context, heard);
    heard.run = run;
    runs.put(name, run);
    live.started(start.spec(), start.process());
    var _ = start.process().exit().thenAccept(code -> tell.accept(() -> ended(run, id, code)));
    if (container.postStart() == null) {
      run.begin();
      mark(run);
    } else {
      hooks.postStart(
          container.postStart(), target, answer -> tell.accept(() -> hooked(pod, run, answer)));
    }
  }

  private void hooked(Pod pod, ContainerRun run, Answer answer) {
    if (answer.success()) {
      run.begin();
      mark(run);
      return;
    }
    String message = "PostStartHook failed: " + answer.message();
    event(pod, run.container, Severity.WARNING, "FailedPostStartHook", message);
    event(pod, run.container, Severity.NORMAL, "Killing", "FailedPostStartHook");
    run.stop(Duration.ofSeconds(pod.terminationGracePeriodSeconds()));
  }

  private void ended(ContainerRun run, String id, int code) {
    run.ended();
    String name = run.container.name();
    if (runs.get(name) != run) {
      return;
    }
    runs.remove(name);
    live.ended(name);
    String reason = code == 0 ? "Completed" : "Error";
    Instant now = context.clock().instant();
    put(status(run.container).terminated(new Terminated(code, reason, "", run.startedAt, now, id)));
  }

  private void mark(ContainerRun run) {
    put(status(run.container).marked(run.started(), run.ready()));
  }

  /** What the probes of one run say, on its way to the worker. */
  private final class Heard implements ProbeLoop.Listener {
    private final Pod pod;
    private final Container container;
    private @Nullable ContainerRun run;

    Heard(Pod pod, Container container) {
      this.pod = pod;
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
        event(pod, container, Severity.WARNING, "Unhealthy", message);
      }
      Probe fatal = which.heard(kind, verdict, decided);
      mark(which);
      if (fatal != null) {
        String message =
            "Container %s failed %s probe, will be restarted"
                .formatted(container.name(), kind.title().toLowerCase(Locale.ROOT));
        event(pod, container, Severity.NORMAL, "Killing", message);
        Long own = fatal.terminationGracePeriodSeconds();
        which.stop(Duration.ofSeconds(own == null ? pod.terminationGracePeriodSeconds() : own));
      }
    }
  }

  private void event(
      Pod pod, Container container, Severity severity, String reason, String message) {
    String path = ContainerStarter.fieldPath(pod, container);
    context.events().record(document, path, severity, reason, message);
  }

  private ContainerStatus status(Container container) {
    ContainerStatus known = statuses.get(container.name());
    if (known == null) {
      throw new IllegalStateException("no such container: " + container.name());
    }
    return known;
  }

  private void put(ContainerStatus status) {
    statuses.put(status.name(), status);
  }
}
