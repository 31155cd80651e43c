package dev.fairlead.apiserver.watch;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How far the cache has come, and a place to wait for it. */
final class Progress {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private volatile long revision;

  long revision() {
    return revision;
  }

  void reached(long reached) {
    lock.lock();
    try {
      revision = reached;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until {@code wanted} is reached; false when it is not within {@code timeout}. */
  boolean await(long wanted, Duration timeout) throws InterruptedException {
    if (revision >= wanted) {
      return true;
    }
    lock.lockInterruptibly();
    try {
      long nanos = timeout.toNanos();
      while (revision < wanted) {
        if (nanos <= 0) {
          return false;
        }
        nanos = moved.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
