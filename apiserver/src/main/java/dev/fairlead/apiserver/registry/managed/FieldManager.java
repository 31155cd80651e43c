package dev.fairlead.apiserver.registry.managed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.schema.Schema;
import dev.fairlead.api.schema.TypeSchema;
import dev.fairlead.api.structured.Applied;
import dev.fairlead.api.structured.ManagedEntry;
import dev.fairlead.api.structured.ManagedFields;
import dev.fairlead.api.structured.Manager;
import dev.fairlead.api.structured.StructuredMerge;
import dev.fairlead.api.structured.Write;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.SystemFields;
import dev.fairlead.apiserver.registry.strategy.Strategy;
import org.jspecify.annotations.Nullable;

/** Keeps the {@code managedFields} of one kind's objects (apimachinery {@code FieldManager}). */
public final class FieldManager {
  private static final StructuredMerge MERGE = new StructuredMerge(Schema.load());
  private static final String FIELD = "managedFields";

  private final Strategy strategy;
  private final TypeSchema type;
  private final SystemFields fields;

  /**
   * For the kind of this strategy.
   *
   * @param fields say what time it is
   */
  public FieldManager(Strategy strategy, SystemFields fields) {
    this.strategy = strategy;
    this.type = Schema.load().of(strategy.type());
    this.fields = fields;
  }

  /** Takes the list out of an object; null when it has none. */
  public static @Nullable JsonNode detach(ObjectNode object) {
    return object.get("metadata") instanceof ObjectNode metadata ? metadata.remove(FIELD) : null;
  }

  /** Puts a list into an object; an empty one, or null, leaves it without. */
  public static void attach(ObjectNode object, @Nullable JsonNode list) {
    if (list != null && !list.isEmpty()) {
      Trees.child(object, "metadata").set(FIELD, list);
    }
  }

  /** A copy of an object with this list, which is shared: lists are never changed in place. */
  public static ObjectNode copy(ObjectNode object, @Nullable JsonNode list) {
    ObjectNode copy = object.deepCopy();
    if (list != null) {
      Trees.child(copy, "metadata").set(FIELD, list);
    }
    return copy;
  }

  /**
   * Whether an object says the same as the stored one; when somebody changed it last does not
   * count.
   */
  public static boolean isSame(ObjectNode object, Document stored) {
    JsonNode list = object.path("metadata").path(FIELD);
    JsonNode before = stored.tree().path("metadata").path(FIELD);
    return Trees.same(without(object), without(stored.tree()))
        && (list.equals(before) || sameManagers(list, before));
  }

  /** The object without its list; shares all else with it. */
  private static ObjectNode without(ObjectNode object) {
    ObjectNode copy = Json.object();
    copy.setAll(object);
    if (object.get("metadata") instanceof ObjectNode metadata) {
      copy.putObject("metadata").setAll(metadata);
      detach(copy);
    }
    return copy;
  }

  private static boolean sameManagers(JsonNode list, JsonNode before) {
    ManagedFields one = ManagedFields.read(list).orElse(ManagedFields.EMPTY);
    ManagedFields other = ManagedFields.read(before).orElse(ManagedFields.EMPTY);
    return one.entries().size() == other.entries().size()
        && one.entries().stream()
            .allMatch(each -> {
              ManagedEntry known = other.find(each.manager());
              return known != null && known.fields().equals(each.fields());
            });
  }

  /**
   * The list of a new object.
   *
   * @param object with its defaults, as its creator wants it, the list detached
   * @param asked the list that the creator sent; null for none
   */
  public JsonNode created(ObjectNode object, @Nullable JsonNode asked, WriteOptions options) {
    ManagedFields known =
        asked == null || ManagedFields.isReset(asked)
            ? ManagedFields.EMPTY
            : ManagedFields.read(asked).orElse(ManagedFields.EMPTY);
    return MERGE.update(update("", options), Json.object(), object, known).write();
  }

  /**
   * The list of an object after it was changed.
   *
   * @param next as the writer wants it, with its defaults, the list detached
   * @param asked the list that the writer sent; null for none. It counts on writes to the object
   *     itself only
   * @return null for none
   */
  public @Nullable JsonNode updated(
      Document stored,
      ObjectNode next,
      @Nullable JsonNode asked,
      String subresource,
      WriteOptions options) {
    JsonNode kept = stored.tree().path("metadata").get(FIELD);
    boolean counts = subresource.isEmpty() && asked != null && !asked.equals(kept);
    if (counts && ManagedFields.isReset(asked)) {
      return null;
    }
    ManagedFields known = counts ? read(asked) : ManagedFields.EMPTY;
    if (known.isEmpty()) {
      counts = false;
      known = read(kept);
    }
    if (known.isEmpty()) {
      return kept; // Nobody is tracked until somebody applies.
    }
    ManagedFields after = MERGE.update(update(subresource, options), stored.tree(), next, known);
    return isUnchanged(after, known) && !counts ? kept : after.write();
  }

  private static boolean isUnchanged(ManagedFields after, ManagedFields known) {
    return after.entries().size() == known.entries().size()
        && after.entries().stream().allMatch(known::holds);
  }

  /**
   * Applies an object.
   *
   * @param live null when there is none
   * @return the merged object with its list
   * @throws dev.fairlead.api.ApiException 400, 409
   */
  public ObjectNode applied(
      @Nullable Document live, ObjectNode config, String subresource, WriteOptions options) {
    ObjectNode before = live == null ? Json.object() : live.tree();
    Write write = write(Manager.Operation.APPLY, subresource, options);
    ManagedFields managed = read(before.path("metadata").get(FIELD));
    if (managed.isEmpty() && live != null) {
      managed = MERGE.beforeFirstApply(write, before);
    }
    Applied applied = MERGE.apply(write, before, config, managed, options.force());
    attach(applied.object(), applied.managed().write());
    return applied.object();
  }

  private static ManagedFields read(@Nullable JsonNode list) {
    return list == null
        ? ManagedFields.EMPTY
        : ManagedFields.read(list).orElse(ManagedFields.EMPTY);
  }

  private Write update(String subresource, WriteOptions options) {
    return write(Manager.Operation.UPDATE, subresource, options);
  }

  private Write write(Manager.Operation operation, String subresource, WriteOptions options) {
    Manager manager =
        new Manager(name(options), operation, strategy.type().apiVersion(), subresource);
    return new Write(type, manager, strategy.resetFields(subresource), fields.now());
  }

  static String name(WriteOptions options) {
    return options.fieldManager().isEmpty() ? "unknown" : options.fieldManager();
  }
}
