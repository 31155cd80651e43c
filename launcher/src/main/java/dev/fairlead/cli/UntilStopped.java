package dev.fairlead.cli;

import java.util.concurrent.CountDownLatch;

/** Keeps a role in the foreground until SIGTERM or SIGINT, and lets it end in order. */
final class UntilStopped implements AutoCloseable {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  UntilStopped() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
  }

  /** Waits for the signal. */
  void await() throws InterruptedException {
    asked.await();
  }

  /** Everything is closed: the process may end. */
  @Override
  public void close() {
    ended.countDown();
  }

  private void stop() {
    asked.countDown();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
