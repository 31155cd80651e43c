package dev.fairlead.apiserver.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.DeleteOptions.Propagation;
import dev.fairlead.api.Document;
import dev.fairlead.apiserver.registry.strategy.Strategy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a DELETE does to an object, decided in pure code. */
final class Removal {
  static final String ORPHAN = "orphan";
  static final String FOREGROUND = "foregroundDeletion";

  private Removal() {}

  /** The decision. */
  sealed interface Decision {
    /** The object goes now. */
    record Remove() implements Decision {}

    /** The object stays, changed. */
    record Keep(ObjectNode next) implements Decision {}

    /** Its deletion is under way already; nothing changes. */
    record Pending() implements Decision {}
  }

  /** Decides on a DELETE of this object. */
  static Decision decide(Strategy strategy, Document object, DeleteOptions options, Instant now) {
    ObjectNode next = Trees.copy(object);
    ObjectNode metadata = Trees.child(next, "metadata");
    OptionalLong asked =
        options.gracePeriodSeconds() == null
            ? OptionalLong.empty()
            : OptionalLong.of(options.gracePeriodSeconds());
    OptionalLong grace = strategy.gracePeriod(object, asked);
    boolean deleting = object.meta().deleting();
    Long left = object.meta().deletionGracePeriodSeconds();
    boolean ending = grace.isPresent() && deleting && left != null && left > 0;
    if (ending && left != null && (asked.isEmpty() || grace.getAsLong() >= left)) {
      return new Decision.Pending();
    }
    boolean finalizersLeft = finalizers(metadata, object, propagation(strategy, object, options));
    boolean graceful = grace.isPresent() && (ending || !deleting);
    if (graceful && (grace.getAsLong() > 0 || finalizersLeft)) {
      Instant start = ending && left != null ? started(object, left) : now;
      mark(metadata, start.plusSeconds(grace.getAsLong()), grace.getAsLong(), !ending);
      return new Decision.Keep(next);
    }
    if (finalizersLeft || !strategy.finalized(next)) {
      if (!deleting) {
        mark(metadata, now, 0, true);
        if (!strategy.tellsGracePeriod()) {
          metadata.remove("deletionGracePeriodSeconds");
        }
      }
      return new Decision.Keep(next);
    }
    return new Decision.Remove();
  }

  /** Whether a deleted object that is being changed has nothing left to wait for. */
  static boolean finished(Strategy strategy, ObjectNode next, Document stored) {
    Long grace = stored.meta().deletionGracePeriodSeconds();
    return stored.meta().deleting()
        && (grace == null || grace == 0)
        && next.path("metadata").path("finalizers").isEmpty()
        && strategy.finalized(next);
  }

  private static Instant started(Document object, long left) {
    Instant end = object.meta().deletionTimestamp();
    return end == null ? Instant.EPOCH : end.minusSeconds(left);
  }

  private static void mark(ObjectNode metadata, Instant at, long grace, boolean first) {
    metadata.put("deletionTimestamp", at.toString());
    Trees.put(metadata, "deletionGracePeriodSeconds", grace);
    long generation = metadata.path("generation").asLong(0);
    if (first && generation > 0) {
      Trees.put(metadata, "generation", generation + 1);
    }
  }

  /** What is asked for, else what the object's own finalizers say, else its kind's default. */
  private static @Nullable Propagation propagation(
      Strategy strategy, Document object, DeleteOptions options) {
    List<String> own = object.meta().finalizers();
    boolean open =
        options.propagation() == null && !own.contains(ORPHAN) && !own.contains(FOREGROUND);
    return open && strategy.orphansByDefault() ? Propagation.ORPHAN : options.propagation();
  }

  /** Sets the garbage collector's finalizers as asked; whether any finalizer is left. */
  private static boolean finalizers(
      ObjectNode metadata, Document object, @Nullable Propagation asked) {
    List<String> wanted = new ArrayList<>(object.meta().finalizers());
    if (asked != null) {
      wanted.removeAll(List.of(ORPHAN, FOREGROUND));
      switch (asked) {
        case ORPHAN -> wanted.add(ORPHAN);
        case FOREGROUND -> wanted.add(FOREGROUND);
        case BACKGROUND -> {}
      }
    }
    metadata.remove("finalizers");
    if (!wanted.isEmpty()) {
      ArrayNode list = metadata.putArray("finalizers");
      wanted.forEach(list::add);
    }
    return !wanted.isEmpty();
  }
}
