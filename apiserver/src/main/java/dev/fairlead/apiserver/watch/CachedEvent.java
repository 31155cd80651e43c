package dev.fairlead.apiserver.watch;

import dev.fairlead.api.Document;
import dev.fairlead.api.WatchEvent;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One change of one object as the cache keeps it. What watchers are told is made once and shared,
 * so an object is encoded once however many watch it.
 */
final class CachedEvent {
  private final long revision;
  private final Instant at;
  private final @Nullable Document current;
  private final @Nullable Document previous;
  private @Nullable WatchEvent added;
  private @Nullable WatchEvent modified;
  private @Nullable WatchEvent deleted;

  /**
   * A change.
   *
   * @param current null for a deletion
   * @param previous null for a creation
   */
  CachedEvent(long revision, Instant at, @Nullable Document current, @Nullable Document previous) {
    this.revision = revision;
    this.at = at;
    this.current = current;
    this.previous = previous;
  }

  long revision() {
    return revision;
  }

  Instant at() {
    return at;
  }

  /** The object now, or its last state. */
  Document object() {
    return current != null ? current : Objects.requireNonNull(previous);
  }

  /** What a watch of this selection is told; null when it is none of its business. */
  synchronized @Nullable WatchEvent seenBy(Selection selection) {
    boolean before = previous != null && selection.matches(previous);
    boolean after = current != null && selection.matches(current);
    if (after) {
      return before ? modified() : added();
    }
    return before ? deleted() : null;
  }

  private WatchEvent added() {
    WatchEvent known = added;
    if (known == null) {
      known = new WatchEvent(WatchEvent.Type.ADDED, object());
      added = known;
    }
    return known;
  }

  private WatchEvent modified() {
    WatchEvent known = modified;
    if (known == null) {
      known = new WatchEvent(WatchEvent.Type.MODIFIED, object());
      modified = known;
    }
    return known;
  }

  /**
   * The state before, at the revision of this event: also when the object only left the selection.
   */
  private WatchEvent deleted() {
    WatchEvent known = deleted;
    if (known == null) {
      Document last = Versions.at(Objects.requireNonNull(previous), revision);
      known = new WatchEvent(WatchEvent.Type.DELETED, last);
      deleted = known;
    }
    return known;
  }
}
