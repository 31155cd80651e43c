package dev.fairlead.apiserver.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.Watch;
import dev.fairlead.api.WatchEvent;
import dev.fairlead.api.WatchOptions;
import dev.fairlead.apiserver.admission.ClusterState;
import dev.fairlead.apiserver.allocation.Reservation;
import dev.fairlead.apiserver.watch.OwnWrite;
import dev.fairlead.apiserver.watch.Selection;
import dev.fairlead.apiserver.watch.Versions;
import dev.fairlead.apiserver.watch.WatchCache;
import dev.fairlead.store.Store;
import dev.fairlead.store.Store.CommitResult;
import dev.fairlead.store.Store.Compare;
import dev.fairlead.store.Store.KeyValue;
import dev.fairlead.store.Store.Operation;
import dev.fairlead.store.Store.RangeRequest;
import dev.fairlead.store.Store.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Objects in the store: reads of the newest state, one conditional write. The watch cache answers
 * where it has come as far as the store.
 */
final class ObjectStore implements ClusterState {
  private final Store store;
  private final WatchCache cache;

  ObjectStore(Store store, WatchCache cache) {
    this.store = store;
    this.cache = cache;
  }

  /** The newest state of an object with its resource version; null when absent. */
  @Nullable Document read(ResourceType type, String key) {
    if (cache.isNewest()) {
      return cache.get(type, key);
    }
    List<KeyValue> found = store.range(RangeRequest.key(key)).items();
    if (found.isEmpty()) {
      return null;
    }
    KeyValue stored = found.getFirst();
    return document(type, stored);
  }

  @Override
  public @Nullable Document get(ResourceType type, String namespace, String name) {
    return read(type, type.storageKey(new ObjectKey(namespace, name)));
  }

  @Override
  public @Nullable Document await(
      ResourceType type, String namespace, String name, Duration patience) {
    Document found = get(type, namespace, name);
    if (found != null) {
      return found;
    }
    Selection one = Selection.of(Target.collection(type, namespace), "", "metadata.name=" + name);
    WatchOptions options =
        new WatchOptions("", "", "", false, false, Math.max(1, patience.toSeconds()));
    try (Watch watch = cache.watch(type, one, options)) {
      for (WatchEvent event = watch.next(); event != null; event = watch.next()) {
        if (event.type() == WatchEvent.Type.ADDED) {
          return event.object();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return null;
  }

  @Override
  public List<Document> list(ResourceType type, String namespace) {
    if (cache.isNewest()) {
      return cache.newest(type).objects(new Selection.Scope(namespace, ""));
    }
    String prefix = type.storagePrefix() + (namespace.isEmpty() ? "" : namespace + "/");
    return store.range(RangeRequest.prefix(prefix)).items().stream()
        .map(stored -> document(type, stored))
        .toList();
  }

  /** The document that the cache holds already, where it is the same. */
  private Document document(ResourceType type, KeyValue stored) {
    Document cached = cache.get(type, stored.key());
    boolean same = cached != null && Versions.of(cached) == stored.modRevision();
    return same && cached != null ? cached : Versions.document(stored);
  }

  /**
   * Writes an object when nobody else has since.
   *
   * @param tree the object without resource version, ours from now on; null removes the key
   * @param expected the revision last read; 0 when the key must be absent
   * @param reservation what has to be written with it
   * @return the store's revision of this write, or empty when a compare failed
   */
  Outcome write(String key, @Nullable ObjectNode tree, long expected, Reservation reservation) {
    List<Compare> compares = new ArrayList<>(reservation.compares());
    compares.add(new Compare(key, expected));
    OwnWrite own = tree == null ? null : cache.writing(tree);
    List<Operation> operations = new ArrayList<>(reservation.operations());
    operations.addFirst(
        own == null ? new Operation.Delete(key) : new Operation.Put(key, own.value()));
    CommitResult result =
        store.commit(new Transaction(compares, operations, List.of(new Operation.Get(key))));
    if (result.succeeded()) {
      return new Outcome(true, false, result.revision(), own);
    }
    if (own != null) {
      cache.notWritten(own);
    }
    long now = result.reads().isEmpty() ? 0 : result.reads().getFirst().modRevision();
    return new Outcome(false, now == expected, result.revision(), null);
  }

  /**
   * How a write ended.
   *
   * @param reservationLost the object itself was as expected, so something reserved was taken
   * @param own null when the object was removed or not written
   */
  record Outcome(boolean written, boolean reservationLost, long revision, @Nullable OwnWrite own) {

    /** The object as it was written, which the watch cache has too. */
    Document document() {
      return Objects.requireNonNull(own, "nothing was written").document(revision);
    }
  }
}
