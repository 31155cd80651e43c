package dev.fairlead.apiserver.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Patch;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.patch.Patches;
import dev.fairlead.api.schema.Schema;
import dev.fairlead.apiserver.registry.managed.FieldManager;

/** The verbs on single objects of one type. */
final class TypeRegistry {
  private final Parts parts;
  private final Creator creator;
  private final Updater updater;
  private final Applier applier;
  private final Deleter deleter;

  TypeRegistry(Parts parts) {
    this.parts = parts;
    this.creator = new Creator(parts);
    this.updater = new Updater(parts);
    this.applier = new Applier(parts, creator, updater);
    this.deleter = new Deleter(parts);
  }

  Document get(Target target) {
    Document found = parts.objects().read(target.type(), target.type().storageKey(target.key()));
    if (found == null) {
      throw ApiException.notFound(target.type(), target.name());
    }
    return found;
  }

  Document create(Target target, Document body, WriteOptions options) {
    return creator.create(target, body, options);
  }

  Document update(Target target, Document body, Shape shape, WriteOptions options) {
    ObjectNode tree = Incoming.readNamed(target, body);
    OwnerDuplicates.drop(tree, "");
    JsonNode managers = FieldManager.detach(tree);
    try {
      return edit(target, stored -> FieldManager.copy(tree, managers), shape, options);
    } catch (ApiException e) {
      boolean absent =
          e.isNotFound() && shape.equals(Shape.MAIN) && parts.strategy().createsOnUpdate();
      if (!absent) {
        throw e;
      }
      return creator.createNamed(target, FieldManager.copy(tree, managers), options);
    }
  }

  Document patch(Target target, Patch patch, Shape shape, WriteOptions options) {
    if (patch.type() == Patch.Type.APPLY) {
      return applier.apply(target, patch, shape, options);
    }
    return edit(
        target,
        stored -> {
          ObjectNode next = Incoming.readNamed(target, patched(stored, patch, options));
          OwnerDuplicates.drop(next, OwnerDuplicates.IN_PATCH);
          return next;
        },
        shape,
        options);
  }

  private Document patched(Document stored, Patch patch, WriteOptions options) {
    ResourceType type = parts.strategy().type();
    Document patched = Patches.apply(type, stored, patch);
    return PatchedFields.check(Schema.load().of(type), patched, patch, options);
  }

  Document edit(Target target, Updater.Edit edit, Shape shape, WriteOptions options) {
    return updater.update(target, edit, shape, options);
  }

  /** A change whose edit has said already who manages what. */
  Document editManaged(Target target, Updater.Edit edit, Shape shape, WriteOptions options) {
    return updater.managed(target, edit, shape, options);
  }

  Document delete(Target target, DeleteOptions options) {
    return delete(target, options, Deleter.Companion.NONE);
  }

  Document delete(Target target, DeleteOptions options, Deleter.Companion companion) {
    return deleter.delete(target, options, companion);
  }
}
