package dev.fairlead.store;

import org.jspecify.annotations.Nullable;

/**
 * A watch that reads a {@link RevisionLog} at its own pace, and the engine's history for what the
 * log no longer holds. It keeps nothing but its position.
 */
final class LogWatch implements StoreWatch {

  /** About how many events one batch carries; a revision is never split. */
  static final int BATCH_EVENTS = 512;

  /** Revision 1 is the empty store, so the first event carries 2. */
  private static final long FIRST_REVISION = 2;

  /** The engine's own, complete record of events. */
  @FunctionalInterface
  interface History {
    /** Events under a prefix from a revision on, in whole revisions, about {@code limit}. */
    Batch read(String prefix, long fromRevision, int limit);
  }

  private final RevisionLog log;
  private final History history;
  private final String prefix;
  private long nextRevision;
  private volatile boolean closed;

  LogWatch(RevisionLog log, History history, String prefix, long fromRevision) {
    this.log = log;
    this.history = history;
    this.prefix = prefix;
    this.nextRevision = fromRevision == 0 ? log.head() + 1 : Math.max(fromRevision, FIRST_REVISION);
    log.checkWatchable(nextRevision);
  }

  @Override
  public @Nullable Batch next() throws InterruptedException {
    while (log.await(nextRevision, () -> closed)) {
      Batch batch = readOrEnd();
      if (batch == null) {
        return null;
      }
      nextRevision = batch.revision() + 1;
      if (!batch.events().isEmpty()) {
        return batch;
      }
    }
    return null;
  }

  private @Nullable Batch readOrEnd() {
    try {
      return read();
    } catch (StoreException e) {
      if (log.closed()) {
        return null; // the store was closed under the read
      }
      throw e;
    }
  }

  private Batch read() {
    Batch recent = log.read(prefix, nextRevision, BATCH_EVENTS);
    Batch batch = recent != null ? recent : history.read(prefix, nextRevision, BATCH_EVENTS);
    log.checkWatchable(nextRevision); // after the read: a compaction may have cut into it
    return batch;
  }

  @Override
  public void close() {
    closed = true;
    log.wake();
  }
}
