package dev.fairlead.kubelet.runtime;

import dev.fairlead.kubelet.cgroup.Limits;
import java.io.IOException;
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

  /** Whether it can be held to other limits while it runs. */
  default boolean resizable() {
    return false;
  }

  /**
   * Holds it to other limits from now on.
   *
   * @throws IOException when that is not possible
   */
  default void resize(Limits limits) throws IOException {
    throw new IOException("this container cannot be resized");
  }

  /** Its streams. */
  default ContainerConsole console() {
    return ContainerConsole.NONE;
  }
}
