package dev.fairlead.apiserver.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.allocation.Reservation;
import dev.fairlead.apiserver.watch.Versions;
import dev.fairlead.apiserver.watch.WatchCache;
import dev.fairlead.store.Store;
import dev.fairlead.store.Store.CommitResult;
import dev.fairlead.store.Store.Compare;
import dev.fairlead.store.Store.KeyValue;
import dev.fairlead.store.Store.Operation;
import dev.fairlead.store.Store.RangeRequest;
import dev.fairlead.store.Store.Transaction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Objects in the store: one read, one conditional write. */
final class ObjectStore {
  private final Store store;
  private final WatchCache cache;

  ObjectStore(Store store, WatchCache cache) {
    this.store = store;
    this.cache = cache;
  }

  /** The newest state of an object with its resource version; null when absent. */
  @Nullable Document read(ResourceType type, String key) {
    List<KeyValue> found = store.range(RangeRequest.key(key)).items();
    if (found.isEmpty()) {
      return null;
    }
    KeyValue stored = found.getFirst();
    Document cached = cache.get(type, key);
    boolean same = cached != null && Versions.of(cached) == stored.modRevision();
    return same && cached != null ? cached : Versions.document(stored);
  }

  /**
   * Writes an object when nobody else has since.
   *
   * @param tree the object without resource version; null removes the key
   * @param expected the revision last read; 0 when the key must be absent
   * @param reservation what has to be written with it
   * @return the store's revision of this write, or empty when a compare failed
   */
  Outcome write(String key, @Nullable ObjectNode tree, long expected, Reservation reservation) {
    List<Compare> compares = new ArrayList<>(reservation.compares());
    compares.add(new Compare(key, expected));
    List<Operation> operations = new ArrayList<>(reservation.operations());
    operations.addFirst(
        tree == null ? new Operation.Delete(key) : new Operation.Put(key, Json.bytes(tree)));
    CommitResult result =
        store.commit(new Transaction(compares, operations, List.of(new Operation.Get(key))));
    if (result.succeeded()) {
      return new Outcome(true, false, result.revision());
    }
    long now = result.reads().isEmpty() ? 0 : result.reads().getFirst().modRevision();
    return new Outcome(false, now == expected, result.revision());
  }

  /**
   * How a write ended.
   *
   * @param reservationLost the object itself was as expected, so something reserved was taken
   */
  record Outcome(boolean written, boolean reservationLost, long revision) {}
}
