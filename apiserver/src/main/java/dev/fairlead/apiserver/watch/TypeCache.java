package dev.fairlead.apiserver.watch;

import dev.fairlead.api.Document;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.WatchEvent;
import dev.fairlead.api.codec.Json;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The current objects, the newest events and the watches of one type. Owned by the cache's lock.
 */
final class TypeCache {
  private final ResourceType type;
  private final NavigableMap<String, Document> documents = new TreeMap<>();
  private final Window window;
  private final Watchers watchers = new Watchers();

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
    documents.clear();
    window.reset(revision);
  }

  void load(String storageKey, Document document) {
    documents.put(storageKey, document);
  }

  @Nullable Document get(String storageKey) {
    return documents.get(storageKey);
  }

  void apply(Change change) {
    Document current = change.document();
    Document previous =
        current == null
            ? documents.remove(change.storageKey())
            : documents.put(change.storageKey(), current);
    if (current == null && previous == null) {
      return;
    }
    CachedEvent event = new CachedEvent(change.revision(), change.at(), current, previous);
    window.add(event);
    watchers.tell(event);
  }

  /** The objects of a scope in key order. */
  List<Document> documents(Selection.Scope scope) {
    if (!scope.name().isEmpty()) {
      Document one =
          documents.get(
              type.storageKey(new dev.fairlead.api.ObjectKey(scope.namespace(), scope.name())));
      return one == null ? List.of() : List.of(one);
    }
    if (scope.namespace().isEmpty()) {
      return new ArrayList<>(documents.values());
    }
    String from = type.storagePrefix() + scope.namespace() + "/";
    String to = type.storagePrefix() + scope.namespace() + "0"; // '0' follows '/'
    return new ArrayList<>(documents.subMap(from, to).values());
  }

  /** Synthetic ADDED events of the objects that a selection selects. */
  Iterator<WatchEvent> existing(Selection selection) {
    return documents(selection.scope()).stream()
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
