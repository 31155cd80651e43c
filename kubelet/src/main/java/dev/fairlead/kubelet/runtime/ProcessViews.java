package dev.fairlead.kubelet.runtime;

import dev.fairlead.kubelet.runtime.SandboxSpec.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which processes the containers of one pod see ({@code pid_namespaces(7)}). A container's first
 * process is a shell that waits for the command and ends with it, so that signals do to the command
 * what they do anywhere; with the shell, the kernel ends all that the container has started.
 */
final class ProcessViews {
  private static final Logger log = LoggerFactory.getLogger(ProcessViews.class);

  /** Forks; the parent ends as the child does, outlives SIGTERM, and takes the child along. */
  private static final List<String> FORK = List.of("--fork", "--kill-child", "--", "/bin/sh", "-c");

  private static final String PROC = "/bin/mount -n -t proc proc /proc || exit 125; ";

  /**
   * The shell has no standard error: it would tell there which signal ended the command. The
   * command's own process takes it back, for dash redirects itself before it forks. That it is open
   * as 3 is a sign to {@link Birth}.
   */
  private static final String FIRST =
      PROC + "exec 3>&2 2>/dev/null; (exec \"$@\" 2>&3 3>&-); exit $?";

  private static final String JOIN = PROC + "exec \"$@\"";
  private static final long BIRTH_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Processes sharing;
  private final long holder;
  private final Map<String, Process> containers = new ConcurrentHashMap<>();

  /**
   * A step on the way into a container.
   *
   * @param options more options of {@code nsenter}
   * @param then a command that runs what follows it; may be empty
   */
  record Step(List<String> options, List<String> then) {
    private static final Step NONE = new Step(List.of(), List.of());
  }

  ProcessViews(Processes sharing, long holder) {
    this.sharing = sharing;
    this.holder = holder;
  }

  /** Whether this machine lets us make what is needed; asked once. */
  static boolean supported() {
    return Support.YES;
  }

  private static final class Support {
    static final boolean YES = probe();

    private static boolean probe() {
      List<String> line = new ArrayList<>(List.of("unshare", "--mount", "--pid"));
      line.addAll(FORK);
      line.addAll(List.of(FIRST, "init", "/bin/true"));
      try {
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        process.getOutputStream().close();
        if (!process.waitFor(BIRTH_NANOS_MAX, TimeUnit.NANOSECONDS)) {
          process.destroyForcibly();
          log.warn("containers see all processes of the machine: unshare does not end");
          return false;
        }
        if (process.exitValue() == 0) {
          return true;
        }
        String said =
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        log.warn("containers see all processes of the machine: {}", said);
      } catch (IOException e) {
        log.warn("containers see all processes of the machine: {}", e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return false;
    }
  }

  /**
   * How a container gets in that starts.
   *
   * @param target the container whose processes it shares; empty for none
   */
  Step first(String target) throws IOException {
    if (sharing == Processes.OF_MACHINE) {
      return Step.NONE;
    }
    List<String> then = new ArrayList<>(List.of("/usr/bin/unshare"));
    boolean own = isOwn(target);
    if (own) {
      then.add("--pid");
    }
    then.addAll(FORK);
    then.addAll(List.of(own ? FIRST : JOIN, "init"));
    return new Step(own ? List.of() : List.of("--pid=" + namespace(target), "--no-fork"), then);
  }

  /**
   * The container has been started by this process.
   *
   * @param target as in {@link #first}
   */
  Birth started(String container, String target, Process process) {
    containers.put(container, process);
    if (sharing == Processes.OF_MACHINE) {
      return new Birth(process, Birth.Lineage.SELF);
    }
    return new Birth(process, isOwn(target) ? Birth.Lineage.GRANDCHILD : Birth.Lineage.CHILD);
  }

  private boolean isOwn(String target) {
    return sharing == Processes.OF_CONTAINER && target.isEmpty();
  }

  /** How a command gets in beside a container. */
  Step beside(String container) throws IOException {
    return sharing == Processes.OF_MACHINE
        ? Step.NONE
        : new Step(List.of("--pid=" + namespace(container)), List.of());
  }

  private String namespace(String container) throws IOException {
    if (sharing == Processes.OF_POD) {
      return namespace(holder);
    }
    Process process = containers.get(container);
    String own = ProcFs.namespace(ProcessHandle.current().pid(), "pid");
    long end = System.nanoTime() + BIRTH_NANOS_MAX;
    while (process != null && process.isAlive() && System.nanoTime() < end) {
      String namespace = ProcFs.namespace(process.pid(), "pid_for_children");
      if (!namespace.isEmpty() && !namespace.equals(own)) {
        return namespace(process.pid());
      }
      LockSupport.parkNanos(POLL_NANOS); // it has only just been started
    }
    throw new IOException("container \"%s\" is not running".formatted(container));
  }

  private static String namespace(long pid) {
    return "/proc/%d/ns/pid_for_children".formatted(pid);
  }
}
