package dev.fairlead.apiserver.registry;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.Listing;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.apiserver.watch.Revisions;
import dev.fairlead.apiserver.watch.Selection;
import dev.fairlead.apiserver.watch.Snapshot;
import dev.fairlead.apiserver.watch.WatchCache;
import dev.fairlead.store.CompactedException;
import dev.fairlead.store.FutureRevisionException;
import dev.fairlead.store.Store;

/**
 * LIST: from the watch cache as far back as it knows (further pages and exact revisions too), else
 * from the store's history.
 */
final class Lister {
  private static final String EXPIRED =
      "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.";

  private final Store store;
  private final WatchCache cache;

  Lister(Store store, WatchCache cache) {
    this.store = store;
    this.cache = cache;
  }

  Listing list(Target target, ListOptions options) {
    Selection selection = Selection.of(target, options.labelSelector(), options.fieldSelector());
    ListChecks.check(options);
    PageReader reader = new PageReader(target, selection, options.limit());
    if (!options.continueToken().isEmpty()) {
      return page(reader, ContinueToken.decode(options.continueToken()));
    }
    long wanted = revision(options.resourceVersion());
    if (exact(options, wanted)) {
      return exact(reader, wanted);
    }
    if (options.resourceVersion().isEmpty()) {
      return reader.read(newest(target.type()), "");
    }
    requireReached(wanted);
    Revisions.requireReached(cache.awaitRevision(wanted), wanted, cache.revision());
    return reader.read(ObjectsAt.of(cache.newest(target.type())), "");
  }

  private static long revision(String resourceVersion) {
    try {
      return Revisions.parse(resourceVersion);
    } catch (ApiException e) {
      throw ApiException.badRequest("invalid resource version: " + e.message());
    }
  }

  /** A further page. */
  private Listing page(PageReader reader, ContinueToken token) {
    ResourceType type = reader.target().type();
    try {
      ObjectsAt objects = token.revision() > 0 ? at(type, token.revision()) : newest(type);
      return reader.read(objects, token.start());
    } catch (CompactedException e) {
      throw ApiException.expired(EXPIRED, token.inconsistent().encode());
    } catch (FutureRevisionException e) {
      throw ApiException.badRequest(
          "invalid continue token: continue key is not valid: revision %d is not reached yet"
              .formatted(token.revision()));
    }
  }

  /** The first page, or all, at a revision. */
  private Listing exact(PageReader reader, long revision) {
    requireReached(revision);
    try {
      return reader.read(at(reader.target().type(), revision), "");
    } catch (CompactedException e) {
      throw ApiException.expired("The resourceVersion for the provided list is too old.");
    } catch (FutureRevisionException e) {
      Revisions.requireReached(false, revision, store.revision());
      throw e;
    }
  }

  private ObjectsAt newest(ResourceType type) {
    // The cache may be behind, for whatever reason; the store itself never is.
    return cache.awaitNewest() ? ObjectsAt.of(cache.newest(type)) : ObjectsAt.of(store, 0);
  }

  private ObjectsAt at(ResourceType type, long revision) {
    Snapshot known = cache.at(type, revision);
    return known == null ? ObjectsAt.of(store, revision) : ObjectsAt.of(known);
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
}
