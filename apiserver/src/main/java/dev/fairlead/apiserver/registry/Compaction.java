package dev.fairlead.apiserver.registry;

import dev.fairlead.apiserver.watch.Timers;
import dev.fairlead.store.CompactedException;
import dev.fairlead.store.Store;
import java.time.Duration;

/**
 * Keeps the store's history short: at each tick everything superseded before the tick before is
 * forgotten, so between one and two periods of history remain for pages and watches.
 */
final class Compaction implements AutoCloseable {
  private final Store store;
  private final Timers.Timer timer;
  private long next;

  Compaction(Store store, Duration period, Timers timers) {
    this.store = store;
    this.next = store.revision();
    this.timer = timers.every(period, this::tick);
  }

  private void tick() {
    long reached = next;
    next = store.revision();
    try {
      if (reached > 1) {
        store.compact(reached);
      }
    } catch (CompactedException e) {
      // Another server on the same store was first: what we wanted is done.
      return;
    }
  }

  @Override
  public void close() {
    timer.close();
  }
}
