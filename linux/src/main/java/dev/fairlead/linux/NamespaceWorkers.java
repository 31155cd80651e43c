package dev.fairlead.linux;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The platform threads that enter namespaces, and do nothing else. A worker enters a namespace for
 * one call and goes home before it hands the result over: handing over may wake a virtual thread,
 * which may make the JDK start a new carrier thread, and a new thread is born in the namespace of
 * the thread that starts it. So hundreds of namespaces share a few threads, and none of the JVM's
 * own threads ever wakes up inside a pod.
 */
final class NamespaceWorkers {
  private static final int CONCURRENT_CALLS_MAX = 32;
  private static final long WAIT_SECONDS_MAX = 30;
  private static final long IDLE_SECONDS_MAX = 10;

  private static final Semaphore PERMITS = new Semaphore(CONCURRENT_CALLS_MAX, true);
  private static final AtomicInteger COUNTER = new AtomicInteger();
  private static final ExecutorService THREADS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE, // bounded by PERMITS
          IDLE_SECONDS_MAX,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Worker::new);

  private NamespaceWorkers() {}

  /** A thread that knows in which namespace it is. */
  private static final class Worker extends Thread {
    private KernelNamespace current = Namespaces.home();

    Worker(Runnable code) {
      super(null, code, "netns-" + COUNTER.incrementAndGet(), 0, false);
      setDaemon(true);
    }

    <T> T inside(KernelNamespace namespace, Callable<T> code) throws Exception {
      KernelNamespace before = current;
      namespace.enter();
      current = namespace;
      try {
        return code.call();
      } finally {
        before.enter();
        current = before;
      }
    }
  }

  static <T> T call(KernelNamespace namespace, Callable<T> code) throws IOException {
    if (Thread.currentThread() instanceof Worker worker) {
      return nested(worker, namespace, code);
    }
    acquire(namespace);
    try {
      return await(THREADS.submit(() -> worker().inside(namespace, code)));
    } finally {
      PERMITS.release();
    }
  }

  private static Worker worker() {
    return (Worker) Thread.currentThread();
  }

  /** A call from inside a call stays on its thread, so that calls can never wait for each other. */
  private static <T> T nested(Worker worker, KernelNamespace namespace, Callable<T> code)
      throws IOException {
    try {
      return worker.inside(namespace, code);
    } catch (Exception e) {
      throw passOn(e);
    }
  }

  private static void acquire(KernelNamespace namespace) throws IOException {
    try {
      if (!PERMITS.tryAcquire(WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new IOException(
            "namespace %s: %d calls have been running for %d s, none is free"
                .formatted(namespace.name(), CONCURRENT_CALLS_MAX, WAIT_SECONDS_MAX));
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static <T> T await(Future<T> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(true);
      throw interrupted();
    } catch (ExecutionException e) {
      throw passOn(e.getCause() == null ? e : e.getCause());
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while code ran in a namespace");
  }

  /** Returns an IOException to throw; throws unchecked ones itself. */
  static IOException passOn(Throwable cause) {
    if (cause instanceof RuntimeException e) {
      throw e;
    }
    if (cause instanceof Error e) {
      throw e;
    }
    return cause instanceof IOException e ? e : new IOException(cause);
  }
}
