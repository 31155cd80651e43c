package dev.fairlead.apiserver.registry;

import dev.fairlead.api.Document;
import dev.fairlead.apiserver.watch.KeyRange;
import dev.fairlead.apiserver.watch.Snapshot;
import dev.fairlead.apiserver.watch.Versions;
import dev.fairlead.store.Store;
import dev.fairlead.store.Store.RangeRequest;
import dev.fairlead.store.Store.RangeResult;
import java.util.List;

/** Objects at one revision, in the order of their keys. Used by one LIST. */
interface ObjectsAt {

  /**
   * Reads some.
   *
   * @param max at most this many, one at least
   * @throws dev.fairlead.store.CompactedException when the revision is older than what is kept
   * @throws dev.fairlead.store.FutureRevisionException when it is newer than what there is
   */
  Chunk read(KeyRange range, int max);

  /**
   * The first objects of a range.
   *
   * @param revision that they were read at
   * @param count how many there are in the range
   */
  record Chunk(List<Document> objects, long revision, long count) {}

  /** Objects that the watch cache holds, with what is encoded of them. */
  static ObjectsAt of(Snapshot snapshot) {
    return (range, max) ->
        new Chunk(snapshot.first(range, max), snapshot.revision(), snapshot.count(range));
  }

  /**
   * Objects that are read from the store, and parsed.
   *
   * @param revision 0 means the newest when the first are read
   */
  static ObjectsAt of(Store store, long revision) {
    return new Stored(store, revision);
  }

  /** The store's history. */
  final class Stored implements ObjectsAt {
    private final Store store;
    private long revision;

    private Stored(Store store, long revision) {
      this.store = store;
      this.revision = revision;
    }

    @Override
    public Chunk read(KeyRange range, int max) {
      RangeResult found = store.range(new RangeRequest(range.start(), range.end(), max, revision));
      revision = found.revision();
      List<Document> objects = found.items().stream().map(Versions::document).toList();
      return new Chunk(objects, revision, found.count());
    }
  }
}
