package dev.fairlead.linux;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A platform thread that enters one mount namespace for one call. It has a root and a working
 * directory of its own ({@code CLONE_FS}), as the kernel demands of who enters, and goes home
 * before it hands the result over, for the reason that {@link NamespaceWorkers} gives.
 */
final class MountThread extends Thread {
  private static final int CONCURRENT_CALLS_MAX = 16;
  private static final long WAIT_SECONDS_MAX = 30;
  private static final Semaphore PERMITS = new Semaphore(CONCURRENT_CALLS_MAX, true);

  private MountThread(Runnable code) {
    super(null, code, "mounts", 0, false);
    setDaemon(true);
  }

  static boolean isCurrent() {
    return Thread.currentThread() instanceof MountThread;
  }

  /** Runs code in a namespace, on a thread of its own. */
  static <T> T call(int namespace, Callable<T> code) throws IOException {
    if (isCurrent()) {
      throw new IllegalStateException("a call inside a call would wait for itself");
    }
    try {
      if (!PERMITS.tryAcquire(WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new IOException(
            "%d calls have been running in mount namespaces for %d s, none is free"
                .formatted(CONCURRENT_CALLS_MAX, WAIT_SECONDS_MAX));
      }
    } catch (InterruptedException e) {
      throw interruption();
    }
    try {
      FutureTask<T> task = new FutureTask<>(() -> inside(namespace, code));
      new MountThread(task).start();
      return await(task);
    } catch (ExecutionException e) {
      throw NamespaceWorkers.passOn(e.getCause() == null ? e : e.getCause());
    } finally {
      PERMITS.release();
    }
  }

  /** An interruption waits: the descriptor must stay open until the thread has come back. */
  private static <T> T await(FutureTask<T> task) throws ExecutionException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static <T> T inside(int namespace, Callable<T> code) throws Exception {
    check(Libc.unshare(Libc.CLONE_FS), "have a root directory of its own");
    try (Home home = Home.here()) {
      check(Libc.setns(namespace, Libc.CLONE_NEWNS), "enter a mount namespace");
      try {
        return code.call();
      } finally {
        home.enter();
      }
    }
  }

  /** Where the thread came from: namespace, root and working directory, as descriptors. */
  private record Home(int namespace, int root, int directory) implements AutoCloseable {
    static Home here() throws LinkException {
      return new Home(open("/proc/thread-self/ns/mnt"), open("/"), open("."));
    }

    void enter() throws LinkException {
      String back = "leave a mount namespace";
      check(Libc.setns(namespace, Libc.CLONE_NEWNS), back);
      check(LibcMounts.chdir(root), back);
      check(LibcMounts.chroot("."), back);
      check(LibcMounts.chdir(directory), back);
    }

    @Override
    public void close() {
      Libc.close(namespace);
      Libc.close(root);
      Libc.close(directory);
    }
  }

  static int open(String path) throws LinkException {
    int descriptor = Libc.open(path, Libc.O_RDONLY | Libc.O_CLOEXEC);
    check(descriptor, "open " + path);
    return descriptor;
  }

  private static void check(int result, String what) throws LinkException {
    if (result < 0) {
      throw new LinkException(what, -result);
    }
  }

  private static InterruptedIOException interruption() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while code ran in a mount namespace");
  }
}
