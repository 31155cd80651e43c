package dev.fairlead.kubelet.runtime;

import dev.fairlead.kubelet.cgroup.Cgroups;
import dev.fairlead.linux.NetworkNamespace;
import dev.fairlead.linux.Pty;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
  private static final long DRAIN_SECONDS_MAX = 2;

  private final SandboxSpec spec;
  private final NetworkNamespace network;
  private final Process holder;
  private final String hostnames;
  private final ContainerRoots roots;
  private final Cgroups cgroups;
  private final Entrance entrance;
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
    this.holder = holder;
    this.hostnames = ProcFs.namespace(holder.pid(), "uts");
    this.roots = ContainerRoots.of(holder.pid(), spec.directory());
    this.entrance = new Entrance(spec, network, holder.pid(), roots, marks);
  }

  static ProcessSandbox create(SandboxSpec wanted, Path stateDirectory, Cgroups cgroups)
      throws IOException {
    SandboxSpec spec =
        ProcessViews.supported() ? wanted : wanted.with(SandboxSpec.Processes.OF_MACHINE);
    NetworkNamespace network = spec.network().namespace();
    if (network == null) {
      throw new IOException("the process runtime needs a real pod network");
    }
    Map<String, String> marks =
        Map.of(Leftovers.POD_UID, spec.uid(), Leftovers.STATE, stateDirectory.toString());
    Process holder = SandboxHolder.start(spec, network, marks);
    try {
      return new ProcessSandbox(spec, network, marks, holder, cgroups);
    } catch (IOException | RuntimeException e) {
      holder.destroyForcibly();
      throw e;
    }
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
    entrance.confine(container.name(), cgroups.create(spec.uid(), run, container.limits()));
  }

  private PumpedProcess onPipes(ContainerSpec container) throws IOException {
    Birth birth = entrance.start(container);
    OutputStream stdin = birth.process().getOutputStream();
    if (!container.console().stdin()) {
      stdin.close();
      stdin = OutputStream.nullOutputStream();
    }
    return PumpedProcess.start(
        birth,
        null,
        stdin,
        entrance.confinement(container.name()),
        container.log(),
        title(container));
  }

  private PumpedProcess onTerminal(ContainerSpec container) throws IOException {
    Pty pty = Pty.open();
    try {
      Birth birth = entrance.startOn(pty, container);
      OutputStream stdin =
          container.console().stdin() ? pty.out() : OutputStream.nullOutputStream();
      return PumpedProcess.start(
          birth,
          pty,
          stdin,
          entrance.confinement(container.name()),
          container.log(),
          title(container));
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
    Process process = entrance.exec(container, command, true);
    process.getOutputStream().close();
    Said said = new Said(OUTPUT_BYTES_MAX);
    FutureTask<Long> reading = new FutureTask<>(() -> process.getInputStream().transferTo(said));
    Thread.ofPlatform().daemon().name("exec-" + process.pid()).start(reading);
    try {
      if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new TimeoutException("command timed out");
      }
    } finally {
      PumpedProcess.killGroup(process);
    }
    await(reading, command.getFirst());
    return new ExecResult(process.exitValue(), said.text());
  }

  /** A grandchild that has left the group may keep the pipe open; it is not waited for for long. */
  private static void await(FutureTask<Long> reading, String command)
      throws IOException, InterruptedException {
    try {
      long _ = reading.get(DRAIN_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException("read the output of " + command, e.getCause());
    } catch (TimeoutException e) {
      log.debug("{}: a descendant keeps the output open", command);
    }
  }

  @Override
  public RunningCommand open(ContainerSpec container, List<String> command, boolean terminal)
      throws ContainerStartException, IOException {
    check(container.withCommand(command));
    if (!terminal) {
      return new ProcessCommand(entrance.exec(container, command, false), null);
    }
    Pty pty = Pty.open();
    try {
      return new ProcessCommand(entrance.execOn(pty, container, command), pty);
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
