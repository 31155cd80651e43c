package dev.fairlead.client;

import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The objects of an informer with their indexes. Reads never block; writes hold one lock. */
final class ObjectCache {
  private final Map<ObjectKey, Document> objects = new ConcurrentHashMap<>();
  private final Map<String, Map<ObjectKey, Document>> namespaces = new ConcurrentHashMap<>();
  private final Map<String, Index> indexes = new ConcurrentHashMap<>();

  private record Index(
      Function<Document, ? extends Collection<String>> values,
      Map<String, Map<ObjectKey, Document>> entries) {}

  /** Registers an index and fills it; a second registration of the name changes nothing. */
  synchronized void addIndex(String name, Function<Document, ? extends Collection<String>> values) {
    if (indexes.containsKey(name)) {
      return;
    }
    Index index = new Index(values, new ConcurrentHashMap<>());
    objects.forEach((key, object) -> enter(index, key, null, object));
    indexes.put(name, index);
  }

  /**
   * Stores an object, or removes it when {@code after} is null. Returns what was there. Whoever
   * finds it by its key finds it by its indexes too.
   */
  synchronized @Nullable Document put(ObjectKey key, @Nullable Document after) {
    Document before = after == null ? objects.remove(key) : objects.get(key);
    move(
        namespaces,
        key,
        before == null ? Set.of() : Set.of(key.namespace()),
        after == null ? Set.of() : Set.of(key.namespace()),
        after);
    for (Index index : indexes.values()) {
      enter(index, key, before, after);
    }
    if (after != null) {
      objects.put(key, after);
    }
    return before;
  }

  @Nullable Document get(ObjectKey key) {
    return objects.get(key);
  }

  Set<ObjectKey> keys() {
    return Set.copyOf(objects.keySet());
  }

  Collection<Document> all() {
    return List.copyOf(objects.values());
  }

  Collection<Document> inNamespace(String namespace) {
    return List.copyOf(namespaces.getOrDefault(namespace, Map.of()).values());
  }

  Collection<Document> byIndex(String name, String value) {
    Index index = indexes.get(name);
    if (index == null) {
      throw new IllegalArgumentException("no index named " + name);
    }
    return List.copyOf(index.entries().getOrDefault(value, Map.of()).values());
  }

  private static void enter(
      Index index, ObjectKey key, @Nullable Document before, @Nullable Document after) {
    move(index.entries(), key, values(index, before), values(index, after), after);
  }

  private static Collection<String> values(Index index, @Nullable Document object) {
    return object == null ? Set.of() : index.values().apply(object);
  }

  private static void move(
      Map<String, Map<ObjectKey, Document>> entries,
      ObjectKey key,
      Collection<String> old,
      Collection<String> now,
      @Nullable Document after) {
    if (after != null) {
      for (String value : now) {
        entries.computeIfAbsent(value, any -> new ConcurrentHashMap<>()).put(key, after);
      }
    }
    for (String value : old) {
      if (!now.contains(value)) {
        leave(entries, key, value);
      }
    }
  }

  private static void leave(
      Map<String, Map<ObjectKey, Document>> entries, ObjectKey key, String value) {
    Map<ObjectKey, Document> bucket = entries.get(value);
    if (bucket != null) {
      bucket.remove(key);
      if (bucket.isEmpty()) {
        entries.remove(value);
      }
    }
  }
}
