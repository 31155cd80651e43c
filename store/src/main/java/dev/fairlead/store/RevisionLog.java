package dev.fairlead.store;

import dev.fairlead.store.StoreWatch.Batch;
import dev.fairlead.store.StoreWatch.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The newest revisions with their events, and where readers wait for more. It also knows the newest
 * and the compacted revision, so both change under one lock. Bounded by events and by value bytes:
 * what falls out is read from the engine's own history.
 */
final class RevisionLog {

  private record Entry(long revision, List<Event> events, long bytes) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final int eventsMax;
  private final long bytesMax;
  private final Ring<Entry> entries = new Ring<>();
  private int events;
  private long bytes;
  private volatile long head;
  private volatile long compacted;
  private volatile boolean closed;

  RevisionLog(long head, long compacted, int eventsMax, long bytesMax) {
    this.head = head;
    this.compacted = compacted;
    this.eventsMax = eventsMax;
    this.bytesMax = bytesMax;
  }

  long head() {
    return head;
  }

  long compacted() {
    return compacted;
  }

  /** Adds revisions that follow {@link #head()} without a gap and wakes the readers once. */
  void append(List<List<Event>> revisions) {
    lock.lock();
    try {
      for (List<Event> added : revisions) {
        add(added);
      }
      trim();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void add(List<Event> added) {
    long size = 0;
    for (Event event : added) {
      size += event.current().value().length + 64L;
    }
    long revision = head + 1;
    entries.add(new Entry(revision, added, size));
    events += added.size();
    bytes += size;
    head = revision;
  }

  private void trim() {
    while (entries.size() > 1 && (events > eventsMax || bytes > bytesMax)) {
      dropFirst();
    }
  }

  private void dropFirst() {
    Entry dropped = entries.removeFirst();
    events -= dropped.events().size();
    bytes -= dropped.bytes();
  }

  /**
   * Marks everything up to {@code revision} as compacted.
   *
   * @return the events forgotten that were still held here
   */
  List<Event> compact(long revision) {
    lock.lock();
    try {
      checkCompactable(revision);
      compacted = revision;
      List<Event> dropped = new ArrayList<>();
      while (entries.size() > 0 && entries.get(0).revision() <= revision) {
        dropped.addAll(entries.get(0).events());
        dropFirst();
      }
      changed.signalAll();
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /** Fails as {@link Store#compact} does. */
  void checkCompactable(long revision) {
    if (revision <= compacted) {
      throw new CompactedException(compacted);
    }
    if (revision > head) {
      throw new FutureRevisionException(revision, head);
    }
  }

  /** Fails as {@link Store#range} does; the state at the compacted revision itself is readable. */
  void checkReadable(long revision) {
    if (revision < compacted) {
      throw new CompactedException(compacted);
    }
    if (revision > head) {
      throw new FutureRevisionException(revision, head);
    }
  }

  /** Fails when the events of a revision are forgotten. */
  void checkWatchable(long revision) {
    if (revision <= compacted) {
      throw new CompactedException(compacted);
    }
  }

  /** Waits until {@code revision} is there; false when the log or the reader is closed. */
  boolean await(long revision, BooleanSupplier readerClosed) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && !readerClosed.getAsBoolean() && head < revision) {
        changed.await();
      }
      return !closed && !readerClosed.getAsBoolean();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Reads the events under a prefix from a revision on, in whole revisions.
   *
   * @return null when that revision is not held here any more
   */
  @Nullable Batch read(String prefix, long fromRevision, int limit) {
    lock.lock();
    try {
      if (entries.size() == 0 || entries.get(0).revision() > fromRevision) {
        return null;
      }
      List<Event> found = new ArrayList<>();
      int index = Math.toIntExact(fromRevision - entries.get(0).revision());
      long last = fromRevision - 1;
      for (; index < entries.size() && found.size() < limit; index++) {
        Entry entry = entries.get(index);
        last = entry.revision();
        for (Event event : entry.events()) {
          if (event.current().key().startsWith(prefix)) {
            found.add(event);
          }
        }
      }
      return new Batch(last, List.copyOf(found));
    } finally {
      lock.unlock();
    }
  }

  /** Lets waiting readers look again at whether they are closed. */
  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean closed() {
    return closed;
  }

  /** Ends all waits. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
