package dev.fairlead.apiserver.front;

import dev.fairlead.api.Document;
import dev.fairlead.apiserver.tables.Tables;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The objects of watch events in forms other than their own, made once for all watchers that are
 * told of one at the same time. Bounded: the oldest go first, and are made again for whoever comes
 * later. For any number of threads.
 */
final class SharedForms {
  /** An event is told to all its watchers within moments, so few are of use at a time. */
  static final int FORMS_MAX = 256;

  private final Map<Key, Made> made =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Made> eldest) {
          return size() > FORMS_MAX;
        }
      };

  /**
   * What an object is made into.
   *
   * @param version of {@code meta.k8s.io}
   * @param style of a table; null for metadata only
   * @param second in which a table is true
   */
  record Form(String version, Tables.@Nullable Style style, long second) {

    /** A table as it is in this second. */
    static Form table(Tables.Style style, long second) {
      return new Form(style.version(), style, second);
    }

    /** Metadata only, which does not change with time. */
    static Form partial(String version) {
      return new Form(version, null, 0);
    }
  }

  /** One document, whatever is in it. */
  private record Key(Document object, Form form) {
    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean equals(@Nullable Object other) {
      return other instanceof Key(Document that, Form its) && object == that && form.equals(its);
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(object) + form.hashCode();
    }
  }

  /** The object in this form, as whoever asked first had it made. */
  Document of(Document object, Form form, Supplier<Document> make) {
    Made known;
    synchronized (made) {
      known = made.computeIfAbsent(new Key(object, form), key -> new Made());
    }
    return known.get(make);
  }

  /** How many are held. */
  int size() {
    synchronized (made) {
      return made.size();
    }
  }

  /** Made by the first who needs it, while others wait. */
  private static final class Made {
    private @Nullable Document document;

    synchronized Document get(Supplier<Document> make) {
      Document known = document;
      if (known == null) {
        known = make.get();
        document = known;
      }
      return known;
    }
  }
}
