package dev.fairlead.apiserver.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.Warnings;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.schema.CanonicalForm;
import dev.fairlead.apiserver.admission.AdmissionRequest;
import dev.fairlead.apiserver.allocation.Reservation;
import dev.fairlead.apiserver.registry.managed.FieldManager;
import dev.fairlead.apiserver.registry.meta.ManagerNames;
import dev.fairlead.apiserver.watch.Versions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PUT and PATCH of one type: read, change, write unless somebody else did; again until it holds.
 */
final class Updater {
  private static final int ATTEMPTS_MAX = 100;
  private static final String MODIFIED =
      "the object has been modified; please apply your changes to the latest version and try again";

  private final Parts parts;

  Updater(Parts parts) {
    this.parts = parts;
  }

  /** What becomes of the stored object. */
  @FunctionalInterface
  interface Edit {
    /** A tree of its own, made from the stored object, which must not be changed. */
    ObjectNode next(Document stored);
  }

  /** Changes an object; 404 when it is absent. The writer manages what it changes. */
  Document update(Target target, Edit edit, Shape shape, WriteOptions options) {
    return update(target, edit, shape, shape.isTracked(), options);
  }

  /** The same for an edit that has said already who manages what. */
  Document managed(Target target, Edit edit, Shape shape, WriteOptions options) {
    return update(target, edit, shape, false, options);
  }

  private Document update(
      Target target, Edit edit, Shape shape, boolean tracked, WriteOptions options) {
    ResourceType type = target.type();
    String key = type.storageKey(target.key());
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      Document stored = parts.objects().read(type, key);
      if (stored == null) {
        throw ApiException.notFound(type, target.name());
      }
      AdmissionRequest request = new AdmissionRequest(target, stored);
      Document result =
          parts
              .turns()
              .attempt(
                  attempt,
                  target.namespace(),
                  () -> attempt(key, request, edit, shape, tracked, options));
      if (result != null) {
        return result;
      }
    }
    throw ApiException.conflict(type, target.name(), MODIFIED);
  }

  /** One try; null when somebody else wrote in between. */
  private @Nullable Document attempt(
      String key,
      AdmissionRequest request,
      Edit edit,
      Shape shape,
      boolean tracked,
      WriteOptions options) {
    Document stored = request.stored();
    ObjectNode next = edit.next(stored);
    JsonNode managers = FieldManager.detach(next);
    CanonicalForm.give(parts.schema(), next);
    checkPreconditions(stored, next);
    if (!shape.equals(Shape.TRUSTED)) {
      parts.admission().mutate(request, next);
    }
    shape.normalize(parts.strategy(), next, stored);
    if (tracked) {
      managers = parts.managers().updated(stored, next, managers, shape.subresource(), options);
    }
    shape.prepare(parts.strategy(), next, stored);
    validate(
        shape, Document.of(next), stored, managers); // Only to look at: it is changed further on.
    FieldManager.attach(next, managers);
    if (Removal.finished(parts.strategy(), next, stored)) {
      return remove(key, next, stored, options);
    }
    Reservation reservation = parts.reserver().reserve(stored, next);
    Versions.put(next, Versions.of(stored));
    if (FieldManager.isSame(next, stored)) {
      return stored;
    }
    if (!shape.equals(Shape.TRUSTED)) {
      reservation = reservation.and(parts.admission().admit(request, next));
    }
    if (options.dryRun()) {
      return Document.of(next);
    }
    return write(key, next, stored, reservation);
  }

  private @Nullable Document write(
      String key, ObjectNode next, Document stored, Reservation reservation) {
    Trees.child(next, "metadata").remove("resourceVersion");
    ObjectStore.Outcome outcome =
        parts.objects().write(key, next, Versions.of(stored), reservation);
    if (!outcome.written()) {
      parts.cache().awaitRevision(outcome.revision());
      return null;
    }
    return outcome.document();
  }

  /** The last finalizer went: the object goes with this update. */
  private @Nullable Document remove(
      String key, ObjectNode next, Document stored, WriteOptions options) {
    if (options.dryRun()) {
      return Document.of(next);
    }
    Reservation reservation = parts.reserver().reserve(stored, null);
    ObjectStore.Outcome outcome =
        parts.objects().write(key, null, Versions.of(stored), reservation);
    if (!outcome.written()) {
      return null;
    }
    Versions.put(next, outcome.revision());
    return Document.of(next);
  }

  private void checkPreconditions(Document stored, ObjectNode next) {
    ResourceType type = parts.strategy().type();
    String name = stored.name();
    String version = next.path("metadata").path("resourceVersion").asText("");
    if ((version.isEmpty() || version.equals("0")) && !parts.strategy().unconditionalUpdate()) {
      throw ApiException.invalid(
          type,
          name,
          List.of(
              FieldError.invalid(
                  "metadata.resourceVersion", 0, "must be specified for an update")));
    }
    UidPrecondition.check(type, stored, next.path("metadata").path("uid").asText(""));
    if (!version.isEmpty()
        && !version.equals("0")
        && !version.equals(stored.meta().resourceVersion())) {
      throw ApiException.conflict(type, name, MODIFIED);
    }
  }

  private void validate(Shape shape, Document next, Document stored, @Nullable JsonNode managers) {
    List<FieldError> errors = new ArrayList<>(shape.validate(parts.strategy(), next, stored));
    errors.addAll(ManagerNames.entries(managers));
    if (!errors.isEmpty()) {
      throw ApiException.invalid(parts.strategy().type(), stored.name(), errors);
    }
    if (Warnings.wanted()) {
      shape.warnings(parts.strategy(), next, stored).forEach(Warnings::add);
    }
  }
}
