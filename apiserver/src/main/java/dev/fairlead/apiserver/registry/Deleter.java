package dev.fairlead.apiserver.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.admission.AdmissionRequest;
import dev.fairlead.apiserver.allocation.Reservation;
import dev.fairlead.apiserver.watch.Versions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** DELETE of one type. */
public final class Deleter {
  private static final int ATTEMPTS_MAX = 100;

  /** Typed clients expect these to be answered with what they were, not with a {@code Status}. */
  private static final Set<String> ANSWERED_WHOLE =
      Set.of("pods", "services", "serviceaccounts", "podtemplates", "resourcequotas");

  private final Parts parts;

  Deleter(Parts parts) {
    this.parts = parts;
  }

  /** What goes with a deletion. */
  interface Companion {
    /** Nothing. */
    Companion NONE = stored -> Reservation.NONE;

    /**
     * What has to be committed together with it; asked again for each attempt.
     *
     * @throws ApiException when the object must stay
     */
    Reservation reserve(Document stored);

    /** Marks an object that stays for its grace period. */
    default void mark(ObjectNode next) {}
  }

  /** Whether a DELETE is answered with the object instead of a {@code Status}. */
  public static boolean answersWhole(ResourceType type) {
    return type.group().isEmpty() && ANSWERED_WHOLE.contains(type.plural());
  }

  Document delete(Target target, DeleteOptions options, Companion companion) {
    ResourceType type = target.type();
    String undeletable = parts.strategy().undeletable(target.name());
    if (!undeletable.isEmpty()) {
      throw new AdmissionRequest(target, null).forbidden(undeletable);
    }
    String key = type.storageKey(target.key());
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      Document stored = parts.objects().read(type, key);
      if (stored == null) {
        throw ApiException.notFound(type, target.name());
      }
      checkPreconditions(type, stored, options);
      Document result =
          parts
              .turns()
              .attempt(attempt, target.namespace(), () -> attempt(key, stored, options, companion));
      if (result != null) {
        return result;
      }
    }
    throw ApiException.conflict(type, target.name(), "the object is changed too often");
  }

  private @Nullable Document attempt(
      String key, Document stored, DeleteOptions options, Companion companion) {
    return switch (Removal.decide(parts.strategy(), stored, options, parts.fields().now())) {
      case Removal.Decision.Pending() -> stored;
      case Removal.Decision.Keep(ObjectNode next) -> keep(key, next, stored, options, companion);
      case Removal.Decision.Remove() -> remove(key, stored, options, companion);
    };
  }

  private @Nullable Document keep(
      String key, ObjectNode next, Document stored, DeleteOptions options, Companion companion) {
    parts.strategy().prepareForDelete(next);
    if (Trees.same(next, stored.tree())) {
      return stored;
    }
    Reservation reservation = companion.reserve(stored);
    companion.mark(next);
    if (options.dryRun()) {
      return Document.of(next);
    }
    Trees.child(next, "metadata").remove("resourceVersion");
    ObjectStore.Outcome outcome =
        parts.objects().write(key, next, Versions.of(stored), reservation);
    if (!outcome.written()) {
      return null;
    }
    if (parts.strategy().type().equals(Kinds.NAMESPACE)) {
      // The gate reads the cache: once this is answered, nothing new may get into the namespace.
      parts.cache().awaitRevision(outcome.revision());
    }
    return outcome.document();
  }

  private @Nullable Document remove(
      String key, Document stored, DeleteOptions options, Companion companion) {
    ResourceType type = parts.strategy().type();
    boolean whole = answersWhole(type);
    Reservation accompanying = companion.reserve(stored);
    if (options.dryRun()) {
      return whole ? stored : success(type, stored);
    }
    Reservation reservation = parts.reserver().reserve(stored, null).and(accompanying);
    ObjectStore.Outcome outcome =
        parts.objects().write(key, null, Versions.of(stored), reservation);
    if (!outcome.written()) {
      return null;
    }
    return whole ? Versions.at(stored, outcome.revision()) : success(type, stored);
  }

  private static void checkPreconditions(
      ResourceType type, Document stored, DeleteOptions options) {
    precondition(
        type,
        stored,
        new Precondition("UID", options.uid(), "deleted and then recreated"),
        stored.meta().uid());
    precondition(
        type,
        stored,
        new Precondition("ResourceVersion", options.resourceVersion(), "modified"),
        stored.meta().resourceVersion());
  }

  private record Precondition(String what, String wanted, String perhaps) {}

  private static void precondition(
      ResourceType type, Document stored, Precondition condition, String found) {
    if (!condition.wanted.isEmpty() && !condition.wanted.equals(found)) {
      // Upstream names the kind here, where other conflicts name the resource.
      throw ApiException.conflict(
          type.withPlural(type.kind()),
          stored.name(),
          "the %s in the precondition (%s) does not match the %s in record (%s). The object might have been %s"
              .formatted(
                  condition.what, condition.wanted, condition.what, found, condition.perhaps));
    }
  }

  private static Document success(ResourceType type, Document removed) {
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Success");
    ObjectNode details = status.putObject("details").put("name", removed.name());
    if (!type.group().isEmpty()) {
      details.put("group", type.group());
    }
    details.put("kind", type.plural()).put("uid", removed.meta().uid());
    return Document.of(status);
  }
}
