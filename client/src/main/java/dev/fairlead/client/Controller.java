package dev.fairlead.client;

import dev.fairlead.api.ApiException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Workers that take keys from a queue and reconcile them, on virtual threads named after the
 * controller. They begin when every informer that they read has synced. A failure is logged in one
 * line and the key tried again after its back-off.
 */
public final class Controller implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Controller.class);
  private static final Duration SYNC_POLL = Duration.ofSeconds(1);
  private static final Duration CLOSE_GRACE = Duration.ofSeconds(5);

  private final String name;
  private final WorkQueue<?> queue;
  private final List<Thread> workers;
  private volatile boolean closing;

  private <K> Controller(
      String name,
      int workers,
      WorkQueue<K> queue,
      Reconciler<K> reconciler,
      List<Informer> reads) {
    this.name = name;
    this.queue = queue;
    this.workers =
        IntStream.range(0, workers)
            .mapToObj(i ->
                Thread.ofVirtual()
                    .name(name + "-" + i)
                    .unstarted(() -> work(queue, reconciler, reads)))
            .toList();
  }

  /**
   * Starts the workers.
   *
   * @param queue closed together with the controller
   * @param reads informers that must have synced before the first key is taken; not closed
   */
  public static <K> Controller start(
      String name, int workers, WorkQueue<K> queue, Reconciler<K> reconciler, Informer... reads) {
    Controller controller = new Controller(name, workers, queue, reconciler, List.of(reads));
    controller.workers.forEach(Thread::start);
    return controller;
  }

  /** The name given at the start. */
  public String name() {
    return name;
  }

  /** Stops taking keys and waits for the work at hand; interrupts it when it takes long. */
  @Override
  public void close() {
    closing = true;
    queue.close();
    boolean interrupted = false;
    for (Thread worker : workers) {
      try {
        if (!worker.join(CLOSE_GRACE)) {
          worker.interrupt();
        }
      } catch (InterruptedException e) {
        interrupted = true;
        worker.interrupt();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Works until closed. Virtual threads are not preempted: a worker with enough to do would keep a
   * processor from the informers that tell it what has changed, so it gives way after each key.
   */
  @SuppressWarnings("ThreadPriorityCheck") // nothing depends on it for being right
  private <K> void work(WorkQueue<K> queue, Reconciler<K> reconciler, List<Informer> reads) {
    try {
      awaitSynced(reads);
      while (!closing) {
        K key = queue.take();
        try {
          reconcile(queue, reconciler, key);
        } finally {
          queue.done(key);
        }
        Thread.yield();
      }
    } catch (InterruptedException e) {
      log.debug("{}: worker ends", name);
    }
  }

  private void awaitSynced(List<Informer> reads) throws InterruptedException {
    for (Informer informer : reads) {
      while (!informer.awaitSynced(SYNC_POLL)) {
        if (closing) {
          throw new InterruptedException("closed before the first sync");
        }
      }
    }
  }

  private <K> void reconcile(WorkQueue<K> queue, Reconciler<K> reconciler, K key)
      throws InterruptedException {
    try {
      reconciler.reconcile(key);
      queue.forget(key);
    } catch (ApiException e) {
      failed(key, e);
      queue.retry(key);
    } catch (RuntimeException | Error e) { // One object must not end a worker without a word.
      log.error("{}: {}: will try again", name, key, e);
      queue.retry(key);
    }
  }

  /** A conflict only means that our copy was old; the next try reads the new one. */
  private void failed(Object key, ApiException e) {
    if (e.isConflict() || closing) {
      log.debug("{}: {}: {}", name, key, e.message());
    } else {
      log.warn("{}: {}: {}; will try again", name, key, e.message());
    }
  }
}
