package dev.fairlead.apiserver.registry;

import dev.fairlead.apiserver.watch.Timers;
import dev.fairlead.store.CompactedException;
import dev.fairlead.store.Store;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Keeps the store's history short: at each tick everything superseded before the tick before is
 * forgotten, so between one and two periods of history remain for pages and watches.
 */
final class Compaction implements AutoCloseable {
  private final Store store;
  private final LongConsumer compacted;
  private final Timers.Timer timer;
  private long next;

  /**
   * Compacts from now on.
   *
   * @param compacted told of the revision before which nothing can be read any more
   */
  Compaction(Store store, Duration period, Timers timers, LongConsumer compacted) {
    this.store = store;
    this.compacted = compacted;
    this.next = store.revision();
    this.timer = timers.every(period, this::tick);
  }

  private void tick() {
    long reached = next;
    next = store.revision();
    try {
      if (reached > 1) {
        store.compact(reached);
        compacted.accept(reached);
      }
    } catch (CompactedException e) {
      // Another server on the same store was first: what we wanted is done.
      compacted.accept(e.compactedRevision());
    }
  }

  @Override
  public void close() {
    timer.close();
  }
}
