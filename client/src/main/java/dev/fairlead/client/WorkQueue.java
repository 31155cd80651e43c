package dev.fairlead.client;

import java.time.Duration;
import java.util.Collection;

/**
 * Keys waiting to be worked on, each at most once, and never by two workers at a time (upstream:
 * client-go {@code workqueue}). A key added while it is worked on is handed out again afterwards.
 */
public interface WorkQueue<K> extends AutoCloseable {

  /** Adds a key now. */
  void add(K key);

  /** Adds keys now, all at once: none is handed out before the queue has put them in order. */
  void addAll(Collection<? extends K> keys);

  /** Adds a key after a delay; an earlier time already set for it stays. */
  void addAfter(K key, Duration delay);

  /** Adds a key after a back-off that grows with its failures, up to a bound. */
  void retry(K key);

  /** Forgets a key's failures. */
  void forget(K key);

  /**
   * Waits for a key. Each key taken must be given back by {@link #done}.
   *
   * @throws InterruptedException when interrupted or when the queue is closed
   */
  K take() throws InterruptedException;

  /** Ends the work on a key. */
  void done(K key);

  /** Keys ready to be taken. */
  int depth();

  @Override
  void close();
}
