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
import dev.fairlead.apiserver.registry.meta.MetaValidation;
import dev.fairlead.apiserver.registry.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** POST of one type. */
final class Creator {
  /** As upstream: that many generated names are tried. */
  private static final int NAMES_MAX = 8;

  /** Reservations lost to others in a row before giving up. */
  private static final int ATTEMPTS_MAX = 100;

  private final Parts parts;

  Creator(Parts parts) {
    this.parts = parts;
  }

  Document create(Target target, Document body, WriteOptions options) {
    ObjectNode tree = Incoming.read(target, body);
    OwnerDuplicates.drop(tree, "");
    if (!body.meta().resourceVersion().isEmpty()) {
      throw ApiException.badRequest("resourceVersion should not be set on objects to be created");
    }
    boolean generated = body.meta().name().isEmpty() && !body.meta().generateName().isEmpty();
    for (int attempt = 1; ; attempt++) {
      ObjectNode next = generated ? tree.deepCopy() : tree;
      if (generated) {
        Trees.child(next, "metadata")
            .put("name", parts.names().generate(body.meta().generateName()));
      }
      try {
        return create(target, next, true, options);
      } catch (ApiException e) {
        if (!generated || !e.isAlreadyExists() || attempt == NAMES_MAX) {
          throw e;
        }
      }
    }
  }

  /** Creates from a body that agrees with its path. Its creator manages all that it says. */
  Document createNamed(Target target, ObjectNode tree, WriteOptions options) {
    return create(target, tree, true, options).asCreated();
  }

  /** The same for an object that says already who manages what. */
  Document createManaged(Target target, ObjectNode tree, WriteOptions options) {
    CanonicalForm.give(parts.schema(), tree);
    return create(target, tree, false, options).asCreated();
  }

  private Document create(Target target, ObjectNode tree, boolean tracked, WriteOptions options) {
    ResourceType type = target.type();
    ObjectNode metadata = Trees.child(tree, "metadata");
    String name = metadata.path("name").asText("");
    Target object = Target.object(type, target.namespace(), name);
    Reservation _ = namespace(object); // Before anything else is refused.
    AdmissionRequest request = new AdmissionRequest(object, null);
    JsonNode managers = FieldManager.detach(tree);
    parts.fields().create(metadata, parts.strategy().countsGeneration());
    parts.strategy().defaults(tree);
    if (tracked) {
      managers = parts.managers().created(tree, managers, options);
    }
    parts.admission().mutate(request, tree);
    parts.strategy().dropDisabled(tree, null);
    parts.strategy().prepareForCreate(tree);
    parts.completion().complete(tree);
    validate(Document.of(tree), managers); // Only to look at: it is changed further on.
    return options.dryRun() ? dryRun(request, tree, managers) : store(request, tree, managers);
  }

  private void validate(Document object, @Nullable JsonNode managers) {
    Strategy strategy = parts.strategy();
    ResourceType type = strategy.type();
    List<FieldError> errors =
        new ArrayList<>(MetaValidation.create(object, type.namespaced(), strategy.nameRule()));
    errors.addAll(ManagerNames.entries(managers));
    errors.addAll(strategy.validateCreate(object));
    if (!errors.isEmpty()) {
      throw ApiException.invalid(type, object.name(), errors);
    }
    if (Warnings.wanted()) {
      strategy.warnings(object, null).forEach(Warnings::add);
    }
  }

  private Document dryRun(AdmissionRequest request, ObjectNode tree, @Nullable JsonNode managers) {
    Target object = request.target();
    String key = object.type().storageKey(object.key());
    if (parts.objects().read(object.type(), key) != null) {
      throw ApiException.alreadyExists(object.type(), object.name());
    }
    FieldManager.attach(tree, managers);
    parts.reserver().reserve(null, tree);
    parts.admission().admit(request, tree);
    return Document.of(tree);
  }

  private Document store(
      AdmissionRequest request, ObjectNode template, @Nullable JsonNode managers) {
    Target object = request.target();
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      ObjectNode tree = FieldManager.copy(template, managers);
      ObjectStore.Outcome outcome =
          parts.turns().attempt(attempt, object.namespace(), () -> write(request, tree));
      if (outcome.written()) {
        return outcome.document();
      }
      if (!outcome.reservationLost()) {
        throw ApiException.alreadyExists(object.type(), object.name());
      }
      parts.cache().awaitRevision(outcome.revision());
    }
    throw ApiException.internal("too many others take what \"%s\" needs".formatted(object.name()));
  }

  private ObjectStore.Outcome write(AdmissionRequest request, ObjectNode tree) {
    Target object = request.target();
    Reservation reservation =
        namespace(object)
            .and(parts.reserver().reserve(null, tree))
            .and(parts.admission().admit(request, tree));
    return parts.objects().write(object.type().storageKey(object.key()), tree, 0, reservation);
  }

  private Reservation namespace(Target object) {
    return object.type().namespaced()
        ? new Reservation(
            List.of(parts.gate().check(object.type(), object.namespace(), object.name())),
            List.of())
        : Reservation.NONE;
  }
}
