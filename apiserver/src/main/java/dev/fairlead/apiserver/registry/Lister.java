package dev.fairlead.apiserver.registry;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.Listing;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.apiserver.watch.Revisions;
import dev.fairlead.apiserver.watch.Selection;
import dev.fairlead.apiserver.watch.WatchCache;
import dev.fairlead.apiserver.watch.WatchCache.Snapshot;
import dev.fairlead.store.Store;
import java.util.ArrayList;
import java.util.List;

/**
 * LIST: the newest state from the watch cache, older ones (further pages, exact revisions) from the
 * store's history.
 */
final class Lister {
  private final Store store;
  private final WatchCache cache;
  private final HistoryLister history;

  Lister(Store store, WatchCache cache) {
    this.store = store;
    this.cache = cache;
    this.history = new HistoryLister(store);
  }

  Listing list(Target target, ListOptions options) {
    Selection selection = Selection.of(target, options.labelSelector(), options.fieldSelector());
    ListChecks.check(options);
    if (!options.continueToken().isEmpty()) {
      ContinueToken token = ContinueToken.decode(options.continueToken());
      return history.page(target, selection, options.limit(), token);
    }
    long wanted = revision(options.resourceVersion());
    if (exact(options, wanted)) {
      requireReached(wanted);
      return history.list(target, selection, options.limit(), wanted);
    }
    if (options.resourceVersion().isEmpty()) {
      return newest(target, selection, options);
    }
    requireReached(wanted);
    Revisions.requireReached(cache.awaitRevision(wanted), wanted, cache.revision());
    return fromCache(target, selection, options.limit());
  }

  private static long revision(String resourceVersion) {
    try {
      return Revisions.parse(resourceVersion);
    } catch (ApiException e) {
      throw ApiException.badRequest("invalid resource version: " + e.message());
    }
  }

  private Listing newest(Target target, Selection selection, ListOptions options) {
    if (cache.awaitNewest()) {
      return fromCache(target, selection, options.limit());
    }
    // The cache is behind, for whatever reason; the store itself never is.
    return history.list(target, selection, options.limit(), 0);
  }

  private Listing fromCache(Target target, Selection selection, int limit) {
    Snapshot snapshot = cache.snapshot(target.type(), selection.scope());
    List<Document> items = new ArrayList<>();
    boolean unfiltered = selection.unfiltered();
    for (Document object : snapshot.objects()) {
      if (limit > 0 && items.size() == limit) {
        return page(target, items, snapshot, unfiltered);
      }
      if (selection.matches(object)) {
        items.add(object);
      }
    }
    return new Listing(items, Long.toString(snapshot.revision()), "", null);
  }

  private static Listing page(
      Target target, List<Document> items, Snapshot snapshot, boolean unfiltered) {
    String start = Paths.relative(target, items.getLast()) + "\0";
    Long remaining =
        unfiltered ? Long.valueOf((long) snapshot.objects().size() - items.size()) : null;
    return new Listing(
        items,
        Long.toString(snapshot.revision()),
        new ContinueToken(snapshot.revision(), start).encode(),
        remaining);
  }

  private void requireReached(long wanted) {
    if (wanted <= cache.revision()) {
      return;
    }
    long current = store.revision();
    Revisions.requireReached(wanted <= current, wanted, current);
  }

  /** Without a match rule, a page at a given revision means exactly that revision, as upstream. */
  private static boolean exact(ListOptions options, long wanted) {
    return options.resourceVersionMatch().equals("Exact")
        || (wanted > 0 && options.limit() > 0 && options.resourceVersionMatch().isEmpty());
  }

  /** Keys relative to what is listed. */
  static final class Paths {
    private Paths() {}

    static String prefix(Target target) {
      ResourceType type = target.type();
      boolean one = type.namespaced() && !target.namespace().isEmpty();
      return one ? type.storagePrefix() + target.namespace() + "/" : type.storagePrefix();
    }

    static String relative(Target target, Document object) {
      return target.type().storageKey(object.key()).substring(prefix(target).length());
    }
  }

  static ApiException tooOld() {
    return ApiException.expired("The resourceVersion for the provided list is too old.");
  }
}
