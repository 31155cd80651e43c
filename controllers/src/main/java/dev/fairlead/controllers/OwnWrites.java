package dev.fairlead.controllers;

import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A controller's own last writes, laid over its informer until the informer has caught up. So the
 * next decision never rests on a state that the controller itself has already changed: nothing is
 * made twice, and no write is refused as a conflict with our own.
 *
 * <p>Resource versions are compared as numbers, which the API guarantees for one type.
 */
public final class OwnWrites {
  private final Map<ObjectKey, Map<ObjectKey, Write>> byOwner = new ConcurrentHashMap<>();

  private sealed interface Write {
    record Stored(Document document) implements Write {}

    record Deleted(String uid) implements Write {}
  }

  /** Notes what the API answered to a create or update made for {@code owner}. */
  public void stored(ObjectKey owner, Document document) {
    of(owner).put(document.key(), new Write.Stored(document));
  }

  /** Notes a deletion made for {@code owner}. */
  public void deleted(ObjectKey owner, Document document) {
    of(owner).put(document.key(), new Write.Deleted(document.meta().uid()));
  }

  /** Forgets one object: it is not as we believed. */
  public void forget(ObjectKey owner, ObjectKey key) {
    Map<ObjectKey, Write> writes = byOwner.get(owner);
    if (writes != null) {
      writes.remove(key);
    }
  }

  /** Forgets everything of an owner. */
  public void forget(ObjectKey owner) {
    byOwner.remove(owner);
  }

  /**
   * What exists as far as we know: what the informer has, or newer of our own. A write up to where
   * the informer has come, of which it shows nothing, was undone by somebody.
   *
   * @param reached {@link dev.fairlead.client.SharedInformer#reached}, read before {@code seen}
   */
  public List<Document> over(ObjectKey owner, String reached, Collection<Document> seen) {
    Map<ObjectKey, Write> writes = byOwner.get(owner);
    if (writes == null || writes.isEmpty()) {
      return List.copyOf(seen);
    }
    Map<ObjectKey, Document> known = new LinkedHashMap<>();
    seen.forEach(document -> known.put(document.key(), document));
    writes
        .entrySet()
        .removeIf(entry -> !apply(entry.getKey(), entry.getValue(), version(reached), known));
    return List.copyOf(known.values());
  }

  /** Lays one write over what is known; false when the informer has caught up with it. */
  private static boolean apply(
      ObjectKey key, Write write, long reached, Map<ObjectKey, Document> known) {
    Document seen = known.get(key);
    return switch (write) {
      case Write.Deleted deleted -> {
        boolean stale = seen != null && seen.meta().uid().equals(deleted.uid());
        if (stale) {
          known.remove(key);
        }
        yield stale;
      }
      case Write.Stored stored -> {
        long shown = seen == null ? reached : version(seen);
        boolean stale = shown < version(stored.document());
        if (stale) {
          known.put(key, stored.document());
        }
        yield stale;
      }
    };
  }

  private static long version(Document document) {
    return version(document.meta().resourceVersion());
  }

  private static long version(String revision) {
    return revision.isEmpty() ? 0 : Long.parseUnsignedLong(revision);
  }

  private Map<ObjectKey, Write> of(ObjectKey owner) {
    return byOwner.computeIfAbsent(owner, any -> new ConcurrentHashMap<>());
  }
}
