package dev.fairlead.store;

import dev.fairlead.store.StoreWatch.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The store in the heap, for tests and for clusters that may be lost. It keeps all history until
 * {@link #compact} is called.
 */
public final class MemoryStore implements Store {
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final NavigableMap<String, Versions> keys = new TreeMap<>();
  private final RevisionLog log = new RevisionLog(1, 0, Integer.MAX_VALUE, Long.MAX_VALUE);
  private boolean closed;

  @Override
  public long revision() {
    return log.head();
  }

  @Override
  public RangeResult range(RangeRequest request) {
    lock.readLock().lock();
    try {
      checkOpen();
      long revision = request.revision() == 0 ? log.head() : request.revision();
      log.checkReadable(revision);
      return range(request, revision);
    } finally {
      lock.readLock().unlock();
    }
  }

  private RangeResult range(RangeRequest request, long revision) {
    List<KeyValue> items = new ArrayList<>();
    long count = 0;
    for (Versions versions : between(request.start(), request.end()).values()) {
      KeyValue found = versions.at(revision);
      if (found == null) {
        continue;
      }
      count++;
      if (request.limit() == 0 || items.size() < request.limit()) {
        items.add(found);
      }
    }
    return new RangeResult(List.copyOf(items), revision, count > items.size(), count);
  }

  private SortedMap<String, Versions> between(String start, String end) {
    if (end.isEmpty()) {
      return keys.subMap(start, true, start, true);
    }
    return start.compareTo(end) < 0 ? keys.subMap(start, end) : new TreeMap<>(Map.of());
  }

  @Override
  public CommitResult commit(Transaction transaction) {
    Evaluation.check(transaction);
    lock.writeLock().lock();
    try {
      checkOpen();
      Evaluation evaluation = Evaluation.of(transaction, log.head() + 1, this::newest);
      if (!evaluation.events().isEmpty()) {
        for (Event event : evaluation.events()) {
          keys.computeIfAbsent(event.current().key(), key -> new Versions()).add(event.current());
        }
        log.append(List.of(evaluation.events()));
      }
      return new CommitResult(evaluation.succeeded(), log.head(), evaluation.reads());
    } finally {
      lock.writeLock().unlock();
    }
  }

  private @Nullable KeyValue newest(String key) {
    Versions versions = keys.get(key);
    return versions == null ? null : versions.at(Long.MAX_VALUE);
  }

  @Override
  public StoreWatch watch(String prefix, long fromRevision) {
    lock.readLock().lock();
    try {
      checkOpen();
      // The log holds all that is not compacted, so there is no other history to read.
      return new LogWatch(log, this::forgotten, prefix, fromRevision);
    } finally {
      lock.readLock().unlock();
    }
  }

  private StoreWatch.Batch forgotten(String prefix, long fromRevision, int limit) {
    throw new CompactedException(log.compacted());
  }

  @Override
  public void compact(long revision) {
    lock.writeLock().lock();
    try {
      checkOpen();
      for (Event event : log.compact(revision)) {
        String key = event.current().key();
        Versions versions = keys.get(key);
        if (versions != null && versions.compact(revision)) {
          keys.remove(key);
        }
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      closed = true;
      log.close();
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new StoreException("the memory store is closed");
    }
  }

  /** What one key was, oldest first; deletions have version 0. */
  private static final class Versions {
    private final List<KeyValue> items = new ArrayList<>(1);

    void add(KeyValue item) {
      items.add(item);
    }

    @Nullable KeyValue at(long revision) {
      int index = lastAt(revision);
      return index < 0 || items.get(index).version() == 0 ? null : items.get(index);
    }

    /** Drops what is superseded at {@code revision}; true when nothing is left. */
    boolean compact(long revision) {
      int last = lastAt(revision);
      boolean deleted = last >= 0 && items.get(last).version() == 0;
      items.subList(0, Math.max(0, deleted ? last + 1 : last)).clear();
      return items.isEmpty();
    }

    private int lastAt(long revision) {
      int index = items.size() - 1;
      while (index >= 0 && items.get(index).modRevision() > revision) {
        index--;
      }
      return index;
    }
  }
}
