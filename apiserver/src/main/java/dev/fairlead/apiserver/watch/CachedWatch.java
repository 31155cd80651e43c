package dev.fairlead.apiserver.watch;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Watch;
import dev.fairlead.api.WatchEvent;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One running WATCH: first what it starts with, then what the cache hands over. Handing over never
 * blocks; a reader that lets its queue fill up is cut off.
 */
final class CachedWatch implements Watch {
  private final Selection selection;
  private final long after;
  private final boolean bookmarks;
  private final int queueMax;
  private final Runnable onClose;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<WatchEvent> queue = new ArrayDeque<>();
  private Iterator<WatchEvent> initial;
  private boolean ended;
  private @Nullable ApiException failure;

  /**
   * A watch that is not registered yet.
   *
   * @param after events up to this revision are known to the reader
   * @param initial what comes before anything that is handed over
   */
  CachedWatch(
      Selection selection,
      long after,
      boolean bookmarks,
      int queueMax,
      Iterator<WatchEvent> initial,
      java.util.function.Consumer<CachedWatch> onClose) {
    this.selection = selection;
    this.after = after;
    this.bookmarks = bookmarks;
    this.queueMax = queueMax;
    this.initial = initial;
    this.onClose = () -> onClose.accept(this);
  }

  Selection selection() {
    return selection;
  }

  /** What the reader is to be told of an event; null when nothing. */
  @Nullable WatchEvent seen(CachedEvent event) {
    return event.revision() > after ? event.seenBy(selection) : null;
  }

  boolean bookmarks() {
    return bookmarks;
  }

  @Override
  public @Nullable WatchEvent next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        if (initial.hasNext()) {
          return initial.next();
        }
        WatchEvent event = queue.pollFirst();
        if (event != null) {
          return event;
        }
        if (failure != null) {
          throw failure;
        }
        if (ended) {
          return null;
        }
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Hands an event over.
   *
   * @return false when the reader was too slow: the watch is over
   */
  boolean offer(WatchEvent event) {
    lock.lock();
    try {
      if (queue.size() >= queueMax) {
        stop(
            ApiException.expired(
                "too old resource version: the watch fell behind by more than %d events"
                    .formatted(queueMax)));
        return false;
      }
      queue.addLast(event);
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Hands a bookmark over, unless the reader has enough to read. */
  void offerBookmark(WatchEvent bookmark) {
    lock.lock();
    try {
      if (!ended && queue.size() < queueMax) {
        queue.addLast(bookmark);
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the watch with an error; what was not read yet is dropped. */
  void fail(ApiException error) {
    lock.lock();
    try {
      stop(error);
    } finally {
      lock.unlock();
    }
  }

  /** Ends the watch after what is queued, with a last bookmark. */
  void finish(@Nullable WatchEvent bookmark) {
    lock.lock();
    try {
      if (bookmark != null && bookmarks && !ended) {
        queue.addLast(bookmark);
      }
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      drop();
      failure = null;
    } finally {
      lock.unlock();
    }
    onClose.run();
  }

  private void stop(ApiException error) {
    if (!ended) {
      drop();
      failure = error;
    }
  }

  private void drop() {
    ended = true;
    queue.clear();
    initial = Collections.emptyIterator();
    changed.signalAll();
  }
}
