package dev.fairlead.apiserver.registry;

import dev.fairlead.api.Document;
import dev.fairlead.api.Listing;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.apiserver.registry.ObjectsAt.Chunk;
import dev.fairlead.apiserver.watch.KeyRange;
import dev.fairlead.apiserver.watch.Selection;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts one page of a list together, wherever its objects come from.
 *
 * @param limit at most this many objects; 0 means all
 */
record PageReader(Target target, Selection selection, int limit) {
  /** Selectors let few through: so many are looked at together at least. */
  private static final int CHUNK_MIN = 500;

  /**
   * A page.
   *
   * @param from the first key of the page, without the list's own prefix; empty for the first page
   */
  Listing read(ObjectsAt objects, String from) {
    KeyRange rest = selection.scope().keys(target.type()).from(prefix() + from);
    List<Document> items = new ArrayList<>();
    while (true) {
      Chunk chunk = objects.read(rest, chunkSize());
      int seen = take(chunk.objects(), items);
      long left = chunk.count() - seen;
      if (left == 0 || seen == 0) {
        return new Listing(items, Long.toString(chunk.revision()), "", null);
      }
      String next = key(chunk.objects().get(seen - 1)) + "\0";
      if (isFull(items)) {
        return page(items, chunk.revision(), next.substring(prefix().length()), left);
      }
      rest = rest.from(next);
    }
  }

  private int chunkSize() {
    return limit > 0 && selection.unfiltered() ? limit : Math.max(limit, CHUNK_MIN);
  }

  /** Adds what is selected until the page is full, and tells how many were looked at. */
  private int take(List<Document> objects, List<Document> items) {
    int seen = 0;
    for (Document object : objects) {
      if (isFull(items)) {
        break;
      }
      seen++;
      if (selection.matches(object)) {
        items.add(object);
      }
    }
    return seen;
  }

  private Listing page(List<Document> items, long revision, String next, long left) {
    return new Listing(
        items,
        Long.toString(revision),
        new ContinueToken(revision, next).encode(),
        selection.unfiltered() ? Long.valueOf(left) : null);
  }

  private boolean isFull(List<Document> items) {
    return limit > 0 && items.size() == limit;
  }

  private String key(Document object) {
    return target.type().storageKey(object.key());
  }

  /** What all keys of the list begin with, and no token tells. */
  private String prefix() {
    ResourceType type = target.type();
    boolean one = type.namespaced() && !target.namespace().isEmpty();
    return one ? type.storagePrefix() + target.namespace() + "/" : type.storagePrefix();
  }
}
