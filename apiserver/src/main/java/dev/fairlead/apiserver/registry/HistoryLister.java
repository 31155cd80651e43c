package dev.fairlead.apiserver.registry;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Listing;
import dev.fairlead.api.Target;
import dev.fairlead.apiserver.registry.Lister.Paths;
import dev.fairlead.apiserver.watch.Revisions;
import dev.fairlead.apiserver.watch.Selection;
import dev.fairlead.apiserver.watch.Versions;
import dev.fairlead.store.CompactedException;
import dev.fairlead.store.FutureRevisionException;
import dev.fairlead.store.Store;
import dev.fairlead.store.Store.KeyValue;
import dev.fairlead.store.Store.RangeRequest;
import dev.fairlead.store.Store.RangeResult;
import java.util.ArrayList;
import java.util.List;

/** LIST at one revision of the store's history, chunk by chunk. */
final class HistoryLister {
  private static final int CHUNK_MIN = 500;
  private static final String EXPIRED =
      "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.";

  private final Store store;

  HistoryLister(Store store) {
    this.store = store;
  }

  /** A further page. */
  Listing page(Target target, Selection selection, int limit, ContinueToken token) {
    try {
      return read(target, selection, limit, token);
    } catch (CompactedException e) {
      throw ApiException.expired(EXPIRED, token.inconsistent().encode());
    } catch (FutureRevisionException e) {
      throw ApiException.badRequest(
          "invalid continue token: continue key is not valid: revision %d is not reached yet"
              .formatted(token.revision()));
    }
  }

  /** The first page, or all, at a revision; 0 means newest. */
  Listing list(Target target, Selection selection, int limit, long revision) {
    try {
      return read(target, selection, limit, new ContinueToken(revision, ""));
    } catch (CompactedException e) {
      throw Lister.tooOld();
    } catch (FutureRevisionException e) {
      Revisions.requireReached(false, revision, store.revision());
      throw e;
    }
  }

  private Listing read(Target target, Selection selection, int limit, ContinueToken from) {
    String prefix = Paths.prefix(target);
    String start = prefix + from.start();
    long revision = Math.max(0, from.revision());
    List<Document> items = new ArrayList<>();
    int chunk = limit == 0 ? CHUNK_MIN : Math.max(limit, CHUNK_MIN);
    if (selection.unfiltered() && limit > 0) {
      chunk = limit;
    }
    while (true) {
      RangeResult found =
          store.range(new RangeRequest(start, RangeRequest.prefixEnd(prefix), chunk, revision));
      revision = found.revision();
      int seen = 0;
      for (KeyValue stored : found.items()) {
        if (limit > 0 && items.size() == limit) {
          break;
        }
        seen++;
        start = stored.key() + "\0";
        Document object = Versions.document(stored);
        if (selection.matches(object)) {
          items.add(object);
        }
      }
      boolean full = limit > 0 && items.size() == limit;
      if (full && found.count() > seen) {
        String next = new ContinueToken(revision, start.substring(prefix.length())).encode();
        Long remaining = selection.unfiltered() ? Long.valueOf(found.count() - seen) : null;
        return new Listing(items, Long.toString(revision), next, remaining);
      }
      if (full || !found.more()) {
        return new Listing(items, Long.toString(revision), "", null);
      }
    }
  }
}
