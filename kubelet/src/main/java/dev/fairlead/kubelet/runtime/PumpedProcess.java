package dev.fairlead.kubelet.runtime;

import dev.fairlead.kubelet.cgroup.ContainerCgroup;
import dev.fairlead.kubelet.cgroup.Limits;
import dev.fairlead.kubelet.log.ContainerLog;
import dev.fairlead.linux.Processes;
import dev.fairlead.linux.Pty;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A container's process with two threads that copy its output to its log. Platform threads: a
 * blocking read of a pipe would hold a carrier of the virtual ones.
 */
final class PumpedProcess implements ContainerProcess {
  private static final Logger log = LoggerFactory.getLogger(PumpedProcess.class);
  private static final long STACK_BYTES = 128 * 1024;
  private static final long DRAIN_SECONDS_MAX = 2;

  private final String id = ContainerIds.next();
  private final Birth birth;
  private final Process process;
  private final ProcessConsole console;
  private final @Nullable ContainerCgroup cgroup;
  private volatile boolean outOfMemory;
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();

  private PumpedProcess(Birth birth, ProcessConsole console, @Nullable ContainerCgroup cgroup) {
    this.cgroup = cgroup;
    this.birth = birth;
    this.process = birth.process();
    this.console = console;
  }

  /**
   * Begins to copy.
   *
   * @param birth of its command
   * @param terminal what the process prints on; null for its own two streams
   * @param stdin what it reads from; a null stream for nothing
   * @param cgroup which it is in; null for none. Given up when the process has ended
   */
  static PumpedProcess start(
      Birth birth,
      @Nullable Pty terminal,
      OutputStream stdin,
      @Nullable ContainerCgroup cgroup,
      ContainerLog output,
      String name) {
    Process process = birth.process();
    ProcessConsole console = new ProcessConsole(stdin, terminal);
    PumpedProcess result = new PumpedProcess(birth, console, cgroup);
    InputStream printed = terminal == null ? process.getInputStream() : terminal.in();
    InputStream errors =
        terminal == null ? process.getErrorStream() : InputStream.nullInputStream();
    CompletableFuture<Void> out = pump(console.heard(printed, false), "stdout", output, name);
    CompletableFuture<Void> err = pump(console.heard(errors, true), "stderr", output, name);
    // What was printed before the end belongs to the log, but a descendant that keeps the pipe
    // open must not hold back the news.
    var _ =
        process
            .onExit()
            .thenRun(() -> {
              var _ =
                  CompletableFuture.allOf(out, err)
                      .completeOnTimeout(null, DRAIN_SECONDS_MAX, TimeUnit.SECONDS)
                      .whenComplete((done, failure) -> result.ended(output));
            });
    return result;
  }

  private void ended(ContainerLog output) {
    try {
      console.end();
      output.close();
      if (cgroup != null) {
        outOfMemory = cgroup.outOfMemory();
        cgroup.remove();
      }
    } catch (RuntimeException e) {
      log.warn("the end of process {}: {}", process.pid(), e.getMessage());
    } finally {
      exit.complete(process.exitValue()); // Whatever fails, somebody waits for it.
    }
  }

  private static CompletableFuture<Void> pump(
      InputStream in, String stream, ContainerLog output, String name) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .stackSize(STACK_BYTES)
        .name(stream + " " + name)
        .start(() -> {
          try (in) {
            output.copy(in, stream);
          } catch (IOException e) {
            log.debug("{} of {} ends: {}", stream, name, e.getMessage());
          } finally {
            done.complete(null);
          }
        });
    return done;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public CompletableFuture<Integer> exit() {
    return exit;
  }

  @Override
  public boolean outOfMemory() {
    return outOfMemory;
  }

  @Override
  public boolean resizable() {
    return cgroup != null;
  }

  @Override
  public void resize(Limits limits) throws IOException {
    if (cgroup == null) {
      throw new IOException("the container has no control groups");
    }
    cgroup.resize(limits);
  }

  @Override
  public ContainerConsole console() {
    return console;
  }

  @Override
  public void terminate() {
    if (birth.past()) {
      signal(process, Processes.SIGTERM);
    } else {
      Thread.ofVirtual().name("terminate-" + process.pid()).start(this::terminateWhenBorn);
    }
  }

  private void terminateWhenBorn() {
    if (birth.await()) {
      signal(process, Processes.SIGTERM);
    }
  }

  @Override
  public void kill() {
    signal(process, Processes.SIGKILL);
  }

  /** Kills a process that leads its own group, and the group. */
  static void killGroup(Process process) {
    signal(process, Processes.SIGKILL);
  }

  private static void signal(Process process, int signal) {
    int pid = Math.toIntExact(process.pid());
    try {
      boolean group = Processes.kill(-pid, signal);
      if (!group && process.isAlive()) {
        // Between birth and setsid it leads no group yet.
        boolean _ = Processes.kill(pid, signal);
      }
    } catch (IOException e) {
      log.warn("{}", e.getMessage());
    }
  }
}
