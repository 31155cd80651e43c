package dev.fairlead.kubelet.runtime;

import java.util.concurrent.CompletableFuture;

/** A container that was started. */
public interface ContainerProcess {

  /** A random identifier in hexadecimal digits, for {@code containerID}. */
  String id();

  /** Its process; 0 when there is none. */
  long pid();

  /** Completes with its exit code when it has ended: 128 plus the signal when one killed it. */
  CompletableFuture<Integer> exit();

  /** Asks it and its process group to end (SIGTERM). */
  void terminate();

  /** Ends it and its process group (SIGKILL). */
  void kill();

  /** Whether the kernel has killed a process of it for want of memory; known when it has ended. */
  default boolean outOfMemory() {
    return false;
  }

  /** Its streams. */
  default ContainerConsole console() {
    return ContainerConsole.NONE;
  }
}
