package dev.fairlead.discovery;

import dev.fairlead.api.ObjectKey;
import dev.fairlead.discovery.Discovery.Change;
import dev.fairlead.discovery.Discovery.Delta;
import dev.fairlead.discovery.Discovery.DiscoveryImage;
import dev.fairlead.discovery.Discovery.Subscriber;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscriber with its own platform thread (it may call into the kernel) and the changes that
 * wait for it: at most one per service. A delta that the subscriber failed on is folded back and
 * offered again, so a fault passes and no change is lost.
 */
final class Subscription implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
  private static final Duration RETRY_MIN = Duration.ofMillis(100);
  private static final Duration RETRY_MAX = Duration.ofSeconds(10);

  private final Subscriber subscriber;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition closing = lock.newCondition();
  private Map<ObjectKey, Change> waiting = new LinkedHashMap<>();
  private DiscoveryImage image;
  private boolean told = true;
  private boolean toldSynced;
  private boolean closed;

  Subscription(Subscriber subscriber, Delta first, String name) {
    this.subscriber = subscriber;
    this.image = first.image();
    this.waiting.putAll(first.changes());
    this.told = false;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this);
  }

  void start() {
    thread.start();
  }

  /** Adds a delta to what waits. Never blocks on the subscriber. */
  void offer(Delta delta) {
    lock.lock();
    try {
      image = delta.image();
      delta.changes().forEach((key, change) -> fold(waiting, key, change));
      told = told && waiting.isEmpty() && toldSynced == image.synced();
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the thread; waits for it a short while. */
  void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signalAll();
      closing.signalAll();
    } finally {
      lock.unlock();
    }
    thread.interrupt();
  }

  void join(Duration timeout) throws InterruptedException {
    if (thread != Thread.currentThread()) {
      thread.join(timeout);
    }
  }

  @Override
  public void run() {
    Duration pause = RETRY_MIN;
    try {
      while (true) {
        Delta delta = take();
        if (delta == null) {
          return;
        }
        if (deliver(delta)) {
          pause = RETRY_MIN;
        } else {
          giveBack(delta, pause);
          pause =
              pause.multipliedBy(2).compareTo(RETRY_MAX) > 0 ? RETRY_MAX : pause.multipliedBy(2);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("{} ends", thread.getName());
    }
  }

  private @Nullable Delta take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && told) {
        arrived.await();
      }
      if (closed) {
        return null;
      }
      Delta delta = new Delta(image, waiting);
      waiting = new LinkedHashMap<>();
      told = true;
      toldSynced = image.synced();
      return delta;
    } finally {
      lock.unlock();
    }
  }

  private boolean deliver(Delta delta) throws InterruptedException {
    try {
      subscriber.onDelta(delta);
      return true;
    } catch (RuntimeException e) {
      LOG.error("{} failed on {} changes; will retry", thread.getName(), delta.changes().size(), e);
      return false;
    }
  }

  private void giveBack(Delta failed, Duration pause) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Map<ObjectKey, Change> folded = new LinkedHashMap<>(failed.changes());
      waiting.forEach((key, change) -> fold(folded, key, change));
      waiting = folded;
      told = false;
      long nanos = pause.toNanos();
      while (!closed && nanos > 0) {
        nanos = closing.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Keeps the first before and the last after; drops the change when they are equal. */
  static void fold(Map<ObjectKey, Change> waiting, ObjectKey key, Change change) {
    Change earlier = waiting.get(key);
    ServiceImage before = earlier == null ? change.before() : earlier.before();
    if (Objects.equals(before, change.after())) {
      waiting.remove(key);
    } else {
      waiting.put(key, new Change(before, change.after()));
    }
  }
}
