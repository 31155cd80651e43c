package dev.fairlead.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A mount namespace, held by a descriptor and not by a name ({@code mount_namespaces(7)}). When the
 * last descriptor and the last process of it are gone, so are its mounts.
 */
public final class MountNamespace implements AutoCloseable {
  private final int descriptor;

  /** Entering and closing exclude each other: a closed number may already name another file. */
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  private boolean closed;

  private MountNamespace(int descriptor) {
    this.descriptor = descriptor;
  }

  /** The namespace of a running process. */
  public static MountNamespace of(long pid) throws IOException {
    return new MountNamespace(MountThread.open(Path.of("/proc", pid + "/ns/mnt").toString()));
  }

  /** Others enter through {@code /proc/PID-OF-THIS-PROCESS/fd/DESCRIPTOR}. */
  public int descriptor() {
    return descriptor;
  }

  /**
   * Runs code that sees this namespace's files and may change its mounts with {@link Mounts}. The
   * code should be short and wake nobody: threads that the JVM starts meanwhile may be born in
   * here.
   *
   * @throws IOException what the code throws, or why the namespace cannot be entered
   */
  public <T> T call(Callable<T> code) throws IOException {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IOException("the mount namespace is closed");
      }
      return MountThread.call(descriptor, code);
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * A copy with the same mounts. What is mounted in the copy stays in it; what comes and goes on
   * the machine comes and goes in it too.
   */
  public MountNamespace copy() throws IOException {
    return new MountNamespace(
        call(() -> {
          int result = Libc.unshare(Libc.CLONE_NEWNS);
          if (result < 0) {
            throw new LinkException("make a mount namespace", -result);
          }
          Mounts.propagation(Path.of("/"), Mounts.Propagation.SLAVE, true);
          return MountThread.open("/proc/thread-self/ns/mnt");
        }));
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        Libc.close(descriptor);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
