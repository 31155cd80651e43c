package dev.fairlead.api.structured;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.fieldset.FieldSet;
import dev.fairlead.api.schema.FieldValidation;
import dev.fairlead.api.schema.Schema;
import dev.fairlead.api.schema.TypeSchema;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a write does to who manages the fields of an object, and server-side apply (KEP-555). For
 * any number of threads; everything it is given stays as it is.
 */
public final class StructuredMerge {
  private static final FieldSet UNMANAGED =
      List.of(
              "name",
              "namespace",
              "creationTimestamp",
              "selfLink",
              "uid",
              "clusterName",
              "generation",
              "managedFields",
              "resourceVersion")
          .stream()
          .map(field -> FieldSet.of("metadata", field))
          .reduce(
              FieldSet.of("apiVersion").union(FieldSet.of("kind")).union(FieldSet.of("metadata")),
              FieldSet::union);

  private final Schema schema;
  private final Structures structures;

  public StructuredMerge(Schema schema) {
    this.schema = schema;
    this.structures = new Structures(schema);
  }

  /**
   * Who manages what after a write that is no apply.
   *
   * @param live the object before; an empty one on create
   * @param next the object as the writer wants it, defaults filled in
   */
  public ManagedFields update(
      Write write, ObjectNode live, ObjectNode next, ManagedFields managed) {
    Structure structure = structures.of(write.type());
    Comparison all = Comparer.compare(structure, Bare.of(live), Bare.of(next));
    if (all.isSame()) {
      return served(managed);
    }
    Comparison changes = all.without(write.ignored());
    FieldSet taken = changes.written().difference(UNMANAGED);
    ManagedFields others = take(served(managed), changes);
    if (taken.isEmpty()) {
      return others;
    }
    ManagedEntry before = others.find(write.manager());
    FieldSet own = before == null ? taken : taken.union(before.fields());
    Manager manager = write.manager();
    return Ancients.limit(
        others.put(ManagedEntry.after(manager, write.now(), own, managed.find(manager))));
  }

  /**
   * Applies an object.
   *
   * @param live the stored object; an empty one when there is none
   * @param config what the manager wants, and no more
   * @param managed who manages what of {@code live}
   * @param force take fields over from other managers
   * @throws ApiException 400 when {@code config} does not fit its type; 409 with reason {@code
   *     Conflict} and the causes when others manage fields that would change
   */
  public Applied apply(
      Write write, ObjectNode live, ObjectNode config, ManagedFields managed, boolean force) {
    check(write.type(), config);
    Structure structure = structures.of(write.type());
    ObjectNode bare = Bare.of(live);
    ManagedFields known = served(managed);
    ManagedEntry last = known.find(write.manager());
    FieldSet set = Sets.of(structure, config).differenceWithChildren(write.ignored());
    Manager manager = write.manager();
    ManagedFields claimed = known.put(new ManagedEntry(manager, null, set));
    JsonNode merged = Merge.merge(structure, bare, config);
    FieldSet before = last == null ? FieldSet.EMPTY : last.fields();
    ObjectNode next =
        object(Pruning.prune(structure, merged == null ? bare : merged, before, claimed.all()));
    ObjectNode bareNext = Bare.of(next);
    Comparison changes = Comparer.compare(structure, bare, bareNext).without(write.ignored());
    ManagedFields others = known.put(new ManagedEntry(manager, null, FieldSet.EMPTY));
    if (!force) {
      refuse(write, bare, conflicts(others, changes));
    }
    boolean same = bareNext.equals(bare); // Another order of items is a change that no field shows.
    Instant time = same ? (last == null ? null : last.time()) : write.now();
    ManagedFields after =
        take(others, changes)
            .put(ManagedEntry.after(manager, time, set.difference(UNMANAGED), last));
    ObjectNode own = next.deepCopy();
    LastApplied.follow(write, config, own);
    return new Applied(own, after);
  }

  /** The managers of an object that was written before anybody kept them. */
  public ManagedFields beforeFirstApply(Write write, ObjectNode live) {
    Manager manager =
        new Manager(
            "before-first-apply",
            Manager.Operation.UPDATE,
            write.manager().apiVersion(),
            write.manager().subresource());
    return update(write.by(manager), Json.object(), live, ManagedFields.EMPTY);
  }

  /**
   * Checks what somebody wants to apply against its type, and brings its values into their form.
   *
   * @throws ApiException 400
   */
  public void check(TypeSchema type, ObjectNode config) {
    if (!config.at("/metadata/managedFields").isMissingNode()) {
      throw ApiException.badRequest("metadata.managedFields must be nil");
    }
    List<String> errors = new Conformance(schema, structures).check(type, config);
    if (!errors.isEmpty()) {
      throw ApiException.badRequest(
          "failed to create typed patch object (%s): %s"
              .formatted(
                  identity(config),
                  errors.size() == 1
                      ? errors.getFirst()
                      : "errors:\n  " + String.join("\n  ", errors)));
    }
    FieldValidation.check(schema, type, config);
  }

  private static String identity(ObjectNode config) {
    String apiVersion = config.path("apiVersion").asText("");
    return "%s/%s; %s, Kind=%s"
        .formatted(
            config.at("/metadata/namespace").asText(""),
            config.at("/metadata/name").asText(""),
            apiVersion.contains("/") ? apiVersion : "/" + apiVersion,
            config.path("kind").asText(""));
  }

  /** Entries in versions that are not served any more mean nothing. */
  private static ManagedFields served(ManagedFields managed) {
    return managed.map(
        entry -> isServed(entry.manager().apiVersion()) ? entry.fields() : FieldSet.EMPTY);
  }

  private static boolean isServed(String apiVersion) {
    return apiVersion.equals("autoscaling/v1")
        || Kinds.ALL.stream().anyMatch(type -> type.apiVersion().equals(apiVersion));
  }

  /** Nobody else manages what was written or is gone. */
  private static ManagedFields take(ManagedFields managed, Comparison changes) {
    FieldSet gone = changes.written().union(changes.removed());
    return managed.map(entry -> entry.fields().difference(gone));
  }

  private static Conflicts conflicts(ManagedFields others, Comparison changes) {
    FieldSet written = changes.written();
    SortedMap<Manager, FieldSet> conflicts = new TreeMap<>();
    for (ManagedEntry each : others.entries()) {
      FieldSet both = each.fields().intersection(written);
      if (!both.isEmpty()) {
        conflicts.put(each.manager(), both);
      }
    }
    return new Conflicts(conflicts);
  }

  private void refuse(Write write, ObjectNode live, Conflicts conflicts) {
    Conflicts left =
        conflicts.isEmpty()
            ? conflicts
            : conflicts.without(new LastApplied(schema, structures).mayTake(write, live));
    if (!left.isEmpty()) {
      throw left.refusal();
    }
  }

  private static ObjectNode object(@Nullable JsonNode node) {
    return node instanceof ObjectNode object ? object : Json.object();
  }
}
