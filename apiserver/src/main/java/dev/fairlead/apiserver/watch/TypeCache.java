package dev.fairlead.apiserver.watch;

import dev.fairlead.api.Document;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.WatchEvent;
import dev.fairlead.api.codec.Json;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The current objects, the newest events and the watches of one type. Owned by the cache's lock.
 */
final class TypeCache {
  private final ResourceType type;
  private final Window window;
  private final Watchers watchers = new Watchers();
  private final Past past = new Past();
  private DocumentTree documents = DocumentTree.EMPTY;

  /** The revision since which the documents are as they are. */
  private long since;

  TypeCache(ResourceType type, Window window) {
    this.type = type;
    this.window = window;
  }

  ResourceType type() {
    return type;
  }

  Window window() {
    return window;
  }

  Watchers watchers() {
    return watchers;
  }

  void reset(long revision) {
    documents = DocumentTree.EMPTY;
    since = revision;
    past.reset(revision);
    window.reset(revision);
  }

  void load(String storageKey, Document document) {
    documents = documents.with(storageKey, document);
  }

  @Nullable Document get(String storageKey) {
    return documents.get(storageKey);
  }

  void apply(Change change) {
    String key = change.storageKey();
    Document current = change.document();
    Document previous = documents.get(key);
    if (current == null && previous == null) {
      return;
    }
    if (change.revision() > since) { // Else one transaction changes several: it is seen as a whole.
      past.add(since, documents);
      since = change.revision();
    }
    documents = current == null ? documents.without(key) : documents.with(key, current);
    CachedEvent event = new CachedEvent(change.revision(), change.at(), current, previous);
    window.add(event);
    past.forgetBefore(window.floor());
    watchers.tell(event);
  }

  /** The store has forgotten what was before a revision; so does this. */
  void forgetBefore(long revision) {
    if (revision >= since) {
      past.reset(revision);
    } else {
      past.forgetBefore(revision);
    }
  }

  /** What there is now. */
  DocumentTree documents() {
    return documents;
  }

  /** What there was at a revision that the cache has reached; null when that is not known. */
  @Nullable DocumentTree documents(long revision) {
    if (revision < past.floor()) {
      return null;
    }
    return revision >= since ? documents : past.at(revision);
  }

  /** How many former states are kept. */
  int pastStates() {
    return past.size();
  }

  /** Synthetic ADDED events of the objects that a selection selects. */
  Iterator<WatchEvent> existing(Selection selection) {
    Iterator<Document> all = documents.walk(selection.scope().keys(type));
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(all, Spliterator.ORDERED), false)
        .filter(selection::matches)
        .map(object -> new WatchEvent(WatchEvent.Type.ADDED, object))
        .iterator();
  }

  /** A bookmark: the watch has seen everything up to {@code revision}. */
  WatchEvent bookmark(long revision, boolean endsInitialEvents) {
    var tree = Json.object().put("kind", type.kind()).put("apiVersion", type.apiVersion());
    var metadata = tree.putObject("metadata").put("resourceVersion", Long.toString(revision));
    if (endsInitialEvents) {
      metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
    }
    return new WatchEvent(WatchEvent.Type.BOOKMARK, Document.of(tree));
  }
}
