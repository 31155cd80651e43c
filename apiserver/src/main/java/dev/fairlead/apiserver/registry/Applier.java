package dev.fairlead.apiserver.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.Warnings;
import dev.fairlead.api.WriteOptions;
import org.jspecify.annotations.Nullable;

/** Server-side apply of one type: creates what is absent, merges into what is there. */
final class Applier {
  private static final int ATTEMPTS_MAX = 100;

  private final Parts parts;
  private final Creator creator;
  private final Updater updater;

  Applier(Parts parts, Creator creator, Updater updater) {
    this.parts = parts;
    this.creator = creator;
    this.updater = updater;
  }

  Document apply(Target target, Patch patch, Shape shape, WriteOptions options) {
    ObjectNode config = ApplyConfig.of(target.type(), patch.body());
    report(patch, options);
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      Document result = attempt(target, config, shape, options);
      if (result != null) {
        return result;
      }
    }
    throw ApiException.conflict(target.type(), target.name(), "it comes and goes too often");
  }

  /** One try; null when the object came into being in between. */
  private @Nullable Document attempt(
      Target target, ObjectNode config, Shape shape, WriteOptions options) {
    try {
      return updater.managed(
          target, stored -> merged(target, stored, config, shape, options), shape, options);
    } catch (ApiException e) {
      if (!e.isNotFound() || !shape.equals(Shape.MAIN)) {
        throw e;
      }
    }
    try {
      return create(target, config, options);
    } catch (ApiException e) {
      if (!e.isAlreadyExists()) {
        throw e;
      }
      return null;
    }
  }

  private ObjectNode merged(
      Target target, Document stored, ObjectNode config, Shape shape, WriteOptions options) {
    ObjectNode merged = parts.managers().applied(stored, config, shape.subresource(), options);
    ObjectNode metadata = Trees.child(merged, "metadata");
    if (metadata.path("resourceVersion").asText("").isEmpty()) {
      metadata.put("resourceVersion", stored.meta().resourceVersion());
    }
    return Incoming.readNamed(target, Document.of(merged));
  }

  private Document create(Target target, ObjectNode config, WriteOptions options) {
    String uid = config.path("metadata").path("uid").asText("");
    if (!uid.isEmpty()) {
      throw ApiException.conflict(
          target.type(),
          target.name(),
          "uid mismatch: the provided object specified uid %s, and no existing object was found"
              .formatted(uid));
    }
    ObjectNode made = parts.managers().applied(null, config, "", options);
    return creator.createManaged(target, Incoming.readNamed(target, Document.of(made)), options);
  }

  /** Tells of keys that stand twice, or refuses them; unknown fields an apply always refuses. */
  static void report(Patch patch, WriteOptions options) {
    if (patch.duplicates().isEmpty()) {
      return;
    }
    switch (options.validation()) {
      case IGNORE -> {}
      case WARN -> patch.duplicates().forEach(Warnings::add);
      case STRICT ->
          throw ApiException.badRequest(
              "error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n  "
                  + String.join("\n  ", patch.duplicates()));
    }
  }
}
