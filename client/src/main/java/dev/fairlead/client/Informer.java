package dev.fairlead.client;

import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A live, local copy of a collection: list, then watch, for ever. Reads are from memory and never
 * block. Listeners are called in order on the informer's own thread, must return fast, and hand
 * work over to a {@link WorkQueue}.
 */
public interface Informer extends AutoCloseable {

  /** Whether the first list is complete. Before that, what is missing here is unknown, not none. */
  boolean synced();

  /**
   * Waits for the first list, and until every listener added so far was told of all that had come
   * by then: who goes on after this and asks what a listener has gathered misses nothing. Not to be
   * called by a listener.
   *
   * @return false when {@code timeout} passed first
   */
  boolean awaitSynced(Duration timeout) throws InterruptedException;

  /** The object, or null. */
  @Nullable Document get(ObjectKey key);

  /** All objects, in no order; a snapshot. */
  Collection<Document> all();

  /** All objects of a namespace; a snapshot. */
  Collection<Document> inNamespace(String namespace);

  /**
   * The objects whose index {@code name}, registered when the informer was made, gives {@code
   * value}.
   */
  Collection<Document> byIndex(String name, String value);

  /** Adds a listener; it is first told of all that is known, as additions. */
  void addListener(Listener listener);

  @Override
  void close();

  /** Told of each change. */
  interface Listener {
    /**
     * An object changed. Both documents are of the same object, by UID: of one that was replaced by
     * another of its name, listeners are told as of a deletion and an addition, even when the end
     * of the first was missed.
     *
     * @param before null for an addition
     * @param after null for a deletion
     */
    void onChange(@Nullable Document before, @Nullable Document after);

    /** The first list is complete; all of it has been told. Called once. */
    default void onSynced() {}
  }
}
