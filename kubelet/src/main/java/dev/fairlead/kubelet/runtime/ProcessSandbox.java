package dev.fairlead.kubelet.runtime;

import dev.fairlead.kubelet.cgroup.Cgroups;
import dev.fairlead.kubelet.cgroup.ContainerCgroup;
import dev.fairlead.linux.NetworkNamespace;
import dev.fairlead.linux.Pty;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A holder process, born in the pod's network namespace, that makes the pod's mount, UTS and IPC
 * namespaces, puts the pod's files over those in {@code /etc}, and waits. Containers enter through
 * it; it never dies before them unless someone kills it.
 */
final class ProcessSandbox implements PodSandbox {
  private static final Logger log = LoggerFactory.getLogger(ProcessSandbox.class);
  private static final int OUTPUT_BYTES_MAX = 10 * 1024;
  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
  private static final String SH = "/bin/sh";

  /** $1: host name, $2: the pod's directory. Says "ready" when all is in place. */
  private static final String HOLD =
      """
      set -e
      printf %s "$1" > /proc/sys/kernel/hostname
      for f in resolv.conf hosts hostname; do
        if [ -f "$2/etc/$f" ] && [ -e "/etc/$f" ]; then
          mount --bind "$2/etc/$f" "$(readlink -f "/etc/$f")"
        fi
      done
      echo ready
      exec sleep infinity
      """;

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

  private final SandboxSpec spec;
  private final NetworkNamespace network;
  private final Map<String, String> marks;
  private final Process holder;
  private final String hostnames;
  private final ContainerRoots roots;
  private final Cgroups cgroups;
  private final Map<String, ContainerCgroup> confined = new ConcurrentHashMap<>();
  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicBoolean destroyed = new AtomicBoolean();

  private ProcessSandbox(
      SandboxSpec spec,
      NetworkNamespace network,
      Map<String, String> marks,
      Process holder,
      Cgroups cgroups)
      throws IOException {
    this.spec = spec;
    this.cgroups = cgroups;
    this.network = network;
    this.marks = marks;
    this.holder = holder;
    this.hostnames = ProcFs.namespace(holder.pid(), "uts");
    this.roots = ContainerRoots.of(holder.pid(), spec.directory());
  }

  static ProcessSandbox create(SandboxSpec spec, Path stateDirectory, Cgroups cgroups)
      throws IOException {
    NetworkNamespace network = spec.network().namespace();
    if (network == null) {
      throw new IOException("the process runtime needs a real pod network");
    }
    Map<String, String> marks =
        Map.of(Leftovers.POD_UID, spec.uid(), Leftovers.STATE, stateDirectory.toString());
    List<String> command = new ArrayList<>(List.of("unshare", "--mount", "--uts"));
    if (!spec.hostIpc()) {
      command.add("--ipc");
    }
    command.addAll(List.of("--propagation", "slave", "--", SH, "-c", HOLD, "fairlead-pod"));
    command.addAll(List.of(spec.hostname(), spec.directory().toString()));
    Process holder =
        network.call(() -> {
          ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
          builder.environment().keySet().retainAll(List.of("PATH"));
          builder.environment().putAll(marks);
          return builder.start();
        });
    try {
      awaitReady(holder);
      return new ProcessSandbox(spec, network, marks, holder, cgroups);
    } catch (IOException | RuntimeException e) {
      holder.destroyForcibly();
      throw e;
    }
  }

  private static void awaitReady(Process holder) throws IOException {
    holder.getOutputStream().close();
    CompletableFuture<Void> guard =
        CompletableFuture.runAsync(
            holder::destroyForcibly,
            CompletableFuture.delayedExecutor(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS));
    InputStream out = holder.getInputStream();
    StringBuilder said = new StringBuilder();
    int each;
    while ((each = out.read()) >= 0) {
      if (each != '\n') {
        said.append((char) each);
      } else if (said.toString().equals("ready")) {
        guard.cancel(false);
        return;
      } else {
        said.append(' ');
      }
    }
    guard.cancel(false);
    throw new IOException("cannot make the pod's sandbox: " + said.toString().strip());
  }

  @Override
  public long pid() {
    return holder.isAlive() ? holder.pid() : 0;
  }

  @Override
  public ContainerProcess start(ContainerSpec container)
      throws ContainerStartException, IOException {
    roots.make(container);
    check(container);
    confine(container);
    return container.console().tty() ? onTerminal(container) : onPipes(container);
  }

  private void confine(ContainerSpec container) {
    String run = container.name() + "." + runs.incrementAndGet();
    ContainerCgroup made = cgroups.create(spec.uid(), run, container.limits());
    if (made == null) {
      confined.remove(container.name());
    } else {
      confined.put(container.name(), made);
    }
  }

  private PumpedProcess onPipes(ContainerSpec container) throws IOException {
    Process process = spawn(container, container.command(), false);
    OutputStream stdin = process.getOutputStream();
    if (!container.console().stdin()) {
      stdin.close();
      stdin = OutputStream.nullOutputStream();
    }
    return PumpedProcess.start(
        process, null, stdin, confined.get(container.name()), container.log(), title(container));
  }

  private PumpedProcess onTerminal(ContainerSpec container) throws IOException {
    Pty pty = Pty.open();
    try {
      Process process = spawnOn(pty, container, container.command());
      OutputStream stdin =
          container.console().stdin() ? pty.out() : OutputStream.nullOutputStream();
      return PumpedProcess.start(
          process, pty, stdin, confined.get(container.name()), container.log(), title(container));
    } catch (IOException | RuntimeException e) {
      pty.close();
      throw e;
    }
  }

  private String title(ContainerSpec container) {
    return spec.pod() + "/" + container.name();
  }

  @Override
  public ExecResult exec(ContainerSpec container, List<String> command, Duration timeout)
      throws IOException, InterruptedException, TimeoutException {
    Process process = spawn(container, command, true);
    process.getOutputStream().close();
    FutureTask<byte[]> output = new FutureTask<>(() -> head(process.getInputStream()));
    Thread.ofPlatform().daemon().name("exec-" + process.pid()).start(output);
    try {
      if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new TimeoutException("command timed out");
      }
      // A grandchild may keep the pipe open; what it will say is not waited for.
      byte[] said = output.get(100, TimeUnit.MILLISECONDS);
      return new ExecResult(process.exitValue(), new String(said, StandardCharsets.UTF_8));
    } catch (ExecutionException e) {
      throw new IOException("read the output of " + command.getFirst(), e.getCause());
    } catch (TimeoutException e) {
      if (process.isAlive()) {
        throw e;
      }
      return new ExecResult(process.exitValue(), "");
    } finally {
      PumpedProcess.killGroup(process);
    }
  }

  @Override
  public RunningCommand open(ContainerSpec container, List<String> command, boolean terminal)
      throws ContainerStartException, IOException {
    check(container.withCommand(command));
    if (!terminal) {
      return new ProcessCommand(spawn(container, command, false), null);
    }
    Pty pty = Pty.open();
    try {
      return new ProcessCommand(spawnOn(pty, container, command), pty);
    } catch (IOException | RuntimeException e) {
      pty.close();
      throw e;
    }
  }

  private void check(ContainerSpec container) throws ContainerStartException, IOException {
    String obstacle = roots.call(container.name(), () -> Programs.obstacle(container));
    if (!obstacle.isEmpty()) {
      throw new ContainerStartException(obstacle);
    }
  }

  private static byte[] head(InputStream in) throws IOException {
    byte[] said = in.readNBytes(OUTPUT_BYTES_MAX);
    long _ = in.transferTo(OutputStream.nullOutputStream());
    return said;
  }

  private Process spawn(ContainerSpec container, List<String> command, boolean merge)
      throws IOException {
    List<String> line = new ArrayList<>(List.of("/usr/bin/setsid"));
    line.addAll(entering(container, command));
    return network.call(() -> builder(line, container).redirectErrorStream(merge).start());
  }

  /** The session's leader opens the terminal itself: so it becomes the session's own. */
  private Process spawnOn(Pty pty, ContainerSpec container, List<String> command)
      throws IOException {
    List<String> line = new ArrayList<>(List.of("/usr/bin/setsid", SH, "-c", ON_TERMINAL));
    line.add(pty.slave());
    line.addAll(entering(container, command));
    ProcessBuilder builder = builder(line, container);
    builder.environment().putIfAbsent("TERM", "xterm");
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = network.call(builder::start);
    process.getOutputStream().close();
    return process;
  }

  private List<String> entering(ContainerSpec container, List<String> command) {
    List<String> line = new ArrayList<>(confining(container));
    line.addAll(List.of("/usr/bin/nsenter", "--target", Long.toString(holder.pid())));
    line.addAll(List.of(roots.entrance(container.name()), "--uts", "--ipc", "--net"));
    line.addAll(List.of("--wdns=" + container.workingDir(), "--"));
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

  @Override
  public <T> T call(Callable<T> code) throws IOException {
    return roots.call(code);
  }

  @Override
  public void onDeath(Runnable action) {
    var _ =
        holder
            .onExit()
            .thenRun(() -> {
              if (!destroyed.get()) {
                action.run();
              }
            });
  }

  @Override
  public void destroy() {
    destroyed.set(true);
    String net = spec.network().own() ? ProcFs.namespaceOfDescriptor(network.descriptor()) : "";
    holder.destroyForcibly();
    try {
      int killed = Leftovers.killAll(pid -> inside(pid, net));
      log.debug("{}: sandbox gone, {} processes killed", spec.pod(), killed);
    } catch (IOException e) {
      log.warn("{}: {}", spec.pod(), e.getMessage());
    }
    cgroups.remove(spec.uid());
    roots.close();
  }

  private boolean inside(long pid, String net) {
    return (!net.isEmpty() && net.equals(ProcFs.namespace(pid, "net")))
        || (!hostnames.isEmpty() && hostnames.equals(ProcFs.namespace(pid, "uts")));
  }
}
