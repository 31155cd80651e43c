package dev.fairlead.api;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the sender of the request at hand should be warned of, although it is not refused: an HTTP
 * answer carries each text as a {@code Warning} header (KEP-1693). Whoever answers the request
 * opens a collection on its thread; whoever works for it on that thread adds texts. Where nobody
 * collects, for example for a client within this JVM, texts are dropped.
 */
public final class Warnings implements AutoCloseable {
  /** No client reads more. */
  private static final int TEXTS_MAX = 200;

  private static final ThreadLocal<@Nullable Warnings> CURRENT = new ThreadLocal<>();

  private final @Nullable Warnings outer;
  private final Set<String> texts = new LinkedHashSet<>();

  private Warnings(@Nullable Warnings outer) {
    this.outer = outer;
  }

  /** Collects on this thread until the collection is closed, by the same thread. */
  public static Warnings open() {
    Warnings opened = new Warnings(CURRENT.get());
    CURRENT.set(opened);
    return opened;
  }

  /** Whether anybody collects on this thread: what is costly to find need not be found else. */
  public static boolean wanted() {
    return CURRENT.get() != null;
  }

  /** Warns of something, once however often it is said; the first {@value #TEXTS_MAX} count. */
  public static void add(String text) {
    Warnings current = CURRENT.get();
    if (current != null && !text.isEmpty() && current.texts.size() < TEXTS_MAX) {
      current.texts.add(text);
    }
  }

  /** The texts that this thread has collected, in order; empty where nobody collects. */
  public static List<String> texts() {
    Warnings current = CURRENT.get();
    return current == null ? List.of() : List.copyOf(current.texts);
  }

  @Override
  public void close() {
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
  }
}
