package dev.fairlead.store;

import dev.fairlead.store.Store.KeyValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A running watch. One thread reads; any thread may close. Events are read from the store's history
 * at the reader's own pace, so a slow reader costs no memory and never holds back a writer.
 */
public interface StoreWatch extends AutoCloseable {

  /**
   * Waits for the next batch: the events of one or more whole revisions, in order.
   *
   * @return null when the watch or the store is closed
   * @throws CompactedException when the reader fell behind a compaction
   */
  @Nullable Batch next() throws InterruptedException;

  @Override
  void close();

  /**
   * Events up to and including {@code revision}.
   *
   * @param events in revision order; within a revision in the order of the transaction
   */
  record Batch(long revision, List<Event> events) {}

  /**
   * One change of one key.
   *
   * @param current the value written; for a deletion the key with an empty value, version 0 and the
   *     deletion's mod revision
   * @param previous the value before; null when the key was absent
   */
  record Event(Type type, KeyValue current, @Nullable KeyValue previous) {}

  /** What happened to the key. */
  enum Type {
    PUT,
    DELETE
  }
}
