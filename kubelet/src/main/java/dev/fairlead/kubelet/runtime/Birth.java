package dev.fairlead.kubelet.runtime;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether a container's command is there to be asked to end. Before it there are only programs of
 * ours, and they do not pass SIGTERM on: {@code unshare} holds it back, and the first process of a
 * namespace gets none that it has not asked for ({@code pid_namespaces(7)}). Sent too early, it
 * would be lost, and the container would take all its grace.
 */
final class Birth {
  private static final long WAIT_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Process process;
  private final Lineage lineage;
  private volatile boolean past;

  /** Where the command is, seen from the process that was started. */
  enum Lineage {
    /** It becomes the command itself. */
    SELF,
    /** Its child does. */
    CHILD,
    /** Its child's child does, when the child has opened descriptor 3. */
    GRANDCHILD
  }

  Birth(Process process, Lineage lineage) {
    this.process = process;
    this.lineage = lineage;
  }

  /** The process that was started. */
  Process process() {
    return process;
  }

  /** Whether what is sent to the process group reaches the command. */
  boolean past() {
    past = past || look();
    return past;
  }

  /**
   * Waits until {@link #past}, which takes milliseconds.
   *
   * @return false when the process has ended before
   */
  boolean await() {
    long end = System.nanoTime() + WAIT_NANOS_MAX;
    while (process.isAlive() && !past() && System.nanoTime() < end) {
      LockSupport.parkNanos(POLL_NANOS);
    }
    return process.isAlive();
  }

  private boolean look() {
    List<Long> children = lineage == Lineage.SELF ? List.of() : ProcFs.children(process.pid());
    return switch (lineage) {
      case SELF -> true;
      case CHILD -> !children.isEmpty();
      case GRANDCHILD -> children.stream().anyMatch(Birth::hasBorneTheCommand);
    };
  }

  /** It opens the descriptor when it has mounted {@code /proc}, and forks for nothing else then. */
  private static boolean hasBorneTheCommand(long first) {
    return ProcFs.isOpen(first, 3) && !ProcFs.children(first).isEmpty();
  }
}
