package dev.fairlead.kubelet.runtime;

import dev.fairlead.kubelet.cgroup.ContainerCgroup;
import dev.fairlead.kubelet.runtime.ProcessViews.Step;
import dev.fairlead.linux.NetworkNamespace;
import dev.fairlead.linux.Pty;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How a command gets into a container of one pod: a session of its own, the container's control
 * groups, its namespaces, its identity. Each step is a program that replaces itself by the next.
 */
final class Entrance {
  private static final String SH = "/bin/sh";

  /** $1: what to write as the OOM score; then files that let a process in, "--" and the command. */
  private static final String CONFINE =
      """
      set -e
      { echo "$1" > /proc/self/oom_score_adj; } 2>/dev/null || :
      shift
      while [ "$1" != -- ]; do echo 0 > "$1"; shift; done
      shift
      exec "$@"
      """;

  /** $0: the terminal; then the command. */
  private static final String ON_TERMINAL = "exec 0<>\"$0\" 1>&0 2>&0; exec \"$@\"";

  private final NetworkNamespace network;
  private final long holder;
  private final ContainerRoots roots;
  private final ProcessViews views;
  private final Map<String, String> marks;
  private final Map<String, ContainerCgroup> confined = new ConcurrentHashMap<>();

  /**
   * The entrance of one pod.
   *
   * @param holder the process that holds the pod's namespaces
   * @param marks what every process has in its environment
   */
  Entrance(
      SandboxSpec spec,
      NetworkNamespace network,
      long holder,
      ContainerRoots roots,
      Map<String, String> marks) {
    this.views = new ProcessViews(spec.processes(), holder);
    this.network = network;
    this.holder = holder;
    this.roots = roots;
    this.marks = marks;
  }

  /** From now on commands of a container go into these control groups; null for none. */
  void confine(String container, @Nullable ContainerCgroup cgroup) {
    if (cgroup == null) {
      confined.remove(container);
    } else {
      confined.put(container, cgroup);
    }
  }

  /** The control groups of a container's newest run; null for none. */
  @Nullable ContainerCgroup confinement(String container) {
    return confined.get(container);
  }

  /** Starts a container. */
  Birth start(ContainerSpec container) throws IOException {
    Step step = views.first(container.target());
    Process process = spawn(container, entering(container, step, container.command()), false);
    return views.started(container.name(), container.target(), process);
  }

  /** Starts a container on a terminal. */
  Birth startOn(Pty pty, ContainerSpec container) throws IOException {
    Step step = views.first(container.target());
    Process process = spawnOn(pty, container, entering(container, step, container.command()));
    return views.started(container.name(), container.target(), process);
  }

  /**
   * Starts a command beside a container.
   *
   * @param merge whether standard error goes where standard output goes
   */
  Process exec(ContainerSpec container, List<String> command, boolean merge) throws IOException {
    Step step = views.beside(container.name());
    return spawn(container, entering(container, step, command), merge);
  }

  /** Starts a command on a terminal beside a container. */
  Process execOn(Pty pty, ContainerSpec container, List<String> command) throws IOException {
    return spawnOn(pty, container, entering(container, views.beside(container.name()), command));
  }

  private Process spawn(ContainerSpec container, List<String> entering, boolean merge)
      throws IOException {
    List<String> line = new ArrayList<>(List.of("/usr/bin/setsid"));
    line.addAll(entering);
    return network.call(() -> builder(line, container).redirectErrorStream(merge).start());
  }

  /** The session's leader opens the terminal itself: so it becomes the session's own. */
  private Process spawnOn(Pty pty, ContainerSpec container, List<String> entering)
      throws IOException {
    List<String> line = new ArrayList<>(List.of("/usr/bin/setsid", SH, "-c", ON_TERMINAL));
    line.add(pty.slave());
    line.addAll(entering);
    ProcessBuilder builder = builder(line, container);
    builder.environment().putIfAbsent("TERM", "xterm");
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = network.call(builder::start);
    process.getOutputStream().close();
    return process;
  }

  private List<String> entering(ContainerSpec container, Step step, List<String> command) {
    List<String> line = new ArrayList<>(confining(container));
    line.addAll(List.of("/usr/bin/nsenter", "--target", Long.toString(holder)));
    line.addAll(List.of(roots.entrance(container.name()), "--uts", "--ipc", "--net"));
    line.addAll(step.options());
    line.addAll(List.of("--wdns=" + container.workingDir(), "--"));
    line.addAll(step.then());
    line.addAll(container.identity().prefix());
    line.addAll(command);
    return line;
  }

  private List<String> confining(ContainerSpec container) {
    List<String> line = new ArrayList<>(List.of(SH, "-c", CONFINE, "fairlead"));
    line.add(Integer.toString(container.oomScoreAdjust()));
    ContainerCgroup cgroup = confined.get(container.name());
    if (cgroup != null) {
      cgroup.entrances().forEach(each -> line.add(each.toString()));
    }
    line.add("--");
    return line;
  }

  private ProcessBuilder builder(List<String> line, ContainerSpec container) {
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().clear();
    builder.environment().putAll(container.env());
    builder.environment().putAll(marks);
    builder.environment().put(Leftovers.CONTAINER, container.name());
    return builder;
  }
}
