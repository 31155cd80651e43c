package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.fieldset.FieldSet;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is particular to one kind. All methods are pure; a tree handed in is the method's to change.
 */
public interface Strategy {

  /** The kind. */
  ResourceType type();

  /** The shape of names. */
  default Names.Rule nameRule() {
    return Names::dnsSubdomain;
  }

  /** Fills in fields that were not given. Runs on every write. */
  default void defaults(ObjectNode object) {}

  /**
   * Drops fields of features that are off. Runs on every write, and nobody need know of it to shape
   * an object.
   *
   * @param old what the object was; null when it is new
   */
  default void dropDisabled(ObjectNode object, @Nullable Document old) {}

  /** Shapes a new object before it is validated, for example sets its first status. */
  default void prepareForCreate(ObjectNode object) {
    if (hasStatus()) {
      object.putObject("status");
    }
  }

  /** Shapes a changed object before it is validated. */
  default void prepareForUpdate(ObjectNode object, Document old) {}

  /** Problems of a new object, metadata aside. */
  default List<FieldError> validateCreate(Document object) {
    return List.of();
  }

  /** Problems of a changed object, metadata aside. */
  default List<FieldError> validateUpdate(Document object, Document old) {
    return List.of();
  }

  /** Shapes an object written through {@code status}; its spec is the old one already. */
  default void prepareForStatusUpdate(ObjectNode object, Document old) {}

  /** Problems of an object written through {@code status}. */
  default List<FieldError> validateStatusUpdate(Document object, Document old) {
    return List.of();
  }

  /**
   * What whoever writes an object should hear about it, though it is accepted.
   *
   * @param old what it was; null when it is new
   */
  default List<String> warnings(Document object, @Nullable Document old) {
    return List.of();
  }

  /** The same for an object written through {@code status}. */
  default List<String> statusWarnings(Document object) {
    return List.of();
  }

  /** Whether {@code status} is written through its own subresource only. */
  default boolean hasStatus() {
    return type().subresources().contains("status");
  }

  /**
   * Fields that a write cannot change, whatever it says, so that nobody manages them by it
   * (upstream {@code GetResetFields}).
   *
   * @param subresource what is written; empty for the object itself
   */
  default FieldSet resetFields(String subresource) {
    return switch (subresource) {
      case "" -> hasStatus() ? ResetFields.STATUS : FieldSet.EMPTY;
      case "status" -> ResetFields.SPEC;
      case "finalize" -> ResetFields.STATUS;
      default -> FieldSet.EMPTY;
    };
  }

  /** Whether {@code metadata.generation} counts the changes of the spec. */
  default boolean countsGeneration() {
    return false;
  }

  /** Whether a change is one of what is wanted, not only of metadata or status. */
  default boolean changesGeneration(ObjectNode next, Document old) {
    return !Trees.same(next.path("spec"), old.spec());
  }

  /** Why an object must never be deleted; empty text when it may. */
  default String undeletable(String name) {
    return "";
  }

  /** Whether an object that is going says how long it may take, be it no time at all. */
  default boolean tellsGracePeriod() {
    return true;
  }

  /** Shapes an object whose deletion was asked for and that stays for now. */
  default void prepareForDelete(ObjectNode object) {}

  /** Whether a deleted object without metadata finalizers can go. */
  default boolean finalized(JsonNode object) {
    return true;
  }

  /** Whether PUT creates an object that is absent. */
  default boolean createsOnUpdate() {
    return false;
  }

  /** Whether a deletion that does not say otherwise lets go what the object owns. */
  default boolean orphansByDefault() {
    return false;
  }

  /** Whether PUT may leave out {@code metadata.resourceVersion}. */
  default boolean unconditionalUpdate() {
    return true;
  }

  /**
   * How long a deleted object stays to end gracefully, in seconds.
   *
   * @param asked the request's grace period; empty for the object's own
   * @return empty for kinds that are simply removed
   */
  default OptionalLong gracePeriod(Document object, OptionalLong asked) {
    return OptionalLong.empty();
  }
}
