package dev.fairlead.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The work queue of every controller. It needs no thread of its own: whoever waits in {@link #take}
 * wakes when the next delayed key is due.
 *
 * <p>A key is in at most one of three places: <em>ready</em> (waiting for a worker),
 * <em>working</em> (taken, not done) or <em>again</em> (added while working; ready as soon as it is
 * done). Besides that it may be <em>delayed</em>. All of it is guarded by one lock, held for
 * moments only.
 */
public final class KeyedWorkQueue<K> implements WorkQueue<K> {
  private final Backoff backoff;
  private final Ticker ticker;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<K> ready;
  private final Set<K> waiting = new HashSet<>();
  private final Set<K> working = new HashSet<>();
  private final Set<K> again = new HashSet<>();
  private final Map<K, Delayed<K>> delayed = new HashMap<>();
  private final PriorityQueue<Delayed<K>> due;
  private final Map<K, Integer> failures = new HashMap<>();
  private boolean closed;

  private record Delayed<K>(K key, long atNanos) {}

  /** A queue with upstream's back-off on the machine's clock. */
  public KeyedWorkQueue() {
    this(Backoff.QUEUE, Ticker.SYSTEM);
  }

  /**
   * A queue.
   *
   * @param backoff for {@link #retry}
   * @param ticker measures the delays
   */
  public KeyedWorkQueue(Backoff backoff, Ticker ticker) {
    this(backoff, ticker, new ArrayDeque<>());
  }

  /**
   * A queue with an order of its own.
   *
   * @param ready keeps the keys that wait for a worker; empty, without bound, used by this queue
   *     alone and under its lock
   */
  public KeyedWorkQueue(Backoff backoff, Ticker ticker, Queue<K> ready) {
    this.ready = ready;
    this.backoff = backoff;
    this.ticker = ticker;
    long origin = ticker.nanos();
    this.due = new PriorityQueue<>(Comparator.comparingLong(each -> each.atNanos() - origin));
  }

  @Override
  public void add(K key) {
    locked(() -> enqueue(key));
  }

  @Override
  public void addAll(Collection<? extends K> keys) {
    locked(() -> keys.forEach(this::enqueue));
  }

  @Override
  public void addAfter(K key, Duration delay) {
    locked(() -> delay(key, delay));
  }

  @Override
  public void retry(K key) {
    locked(() -> delay(key, backoff.delay(failures.merge(key, 1, Integer::sum))));
  }

  @Override
  public void forget(K key) {
    locked(() -> failures.remove(key));
  }

  @Override
  public K take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      promote();
      while (!closed && ready.isEmpty()) {
        long _ = changed.awaitNanos(nanosToNext());
        promote();
      }
      if (closed) {
        throw new InterruptedException("the work queue is closed");
      }
      K key = ready.remove();
      waiting.remove(key);
      working.add(key);
      return key;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void done(K key) {
    locked(() -> {
      working.remove(key);
      if (again.remove(key)) {
        enqueue(key);
      }
    });
  }

  @Override
  public int depth() {
    lock.lock();
    try {
      promote();
      return ready.size();
    } finally {
      lock.unlock();
    }
  }

  /** Keys that wait for their time. */
  public int delayed() {
    lock.lock();
    try {
      promote();
      return delayed.size();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      ready.clear();
      waiting.clear();
      again.clear();
      delayed.clear();
      due.clear();
      failures.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      if (!closed) {
        action.run();
      }
    } finally {
      lock.unlock();
    }
  }

  private void enqueue(K key) {
    if (working.contains(key)) {
      again.add(key);
    } else if (waiting.add(key)) {
      ready.add(key);
      changed.signal();
    }
  }

  private void delay(K key, Duration delay) {
    if (delay.isNegative() || delay.isZero()) {
      enqueue(key);
      return;
    }
    Delayed<K> later = new Delayed<>(key, ticker.nanos() + delay.toNanos());
    Delayed<K> known = delayed.get(key);
    if (known == null || later.atNanos() - known.atNanos() < 0) {
      delayed.put(key, later);
      due.remove(known);
      due.add(later);
      changed.signal();
    }
  }

  private void promote() {
    long now = ticker.nanos();
    Delayed<K> next = due.peek();
    while (next != null && next.atNanos() - now <= 0) {
      due.poll();
      delayed.remove(next.key());
      enqueue(next.key());
      next = due.peek();
    }
  }

  private long nanosToNext() {
    Delayed<K> next = due.peek();
    return next == null ? Long.MAX_VALUE : Math.max(1, next.atNanos() - ticker.nanos());
  }
}
