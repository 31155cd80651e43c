package dev.fairlead.apiserver.registry.managed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.fieldset.FieldSet;
import dev.fairlead.api.schema.Schema;
import dev.fairlead.api.schema.TypeSchema;
import dev.fairlead.api.structured.Applied;
import dev.fairlead.api.structured.ManagedEntry;
import dev.fairlead.api.structured.ManagedFields;
import dev.fairlead.api.structured.Manager;
import dev.fairlead.api.structured.StructuredMerge;
import dev.fairlead.api.structured.Write;
import dev.fairlead.apiserver.registry.meta.SystemFields;
import org.jspecify.annotations.Nullable;

/**
 * Who manages {@code spec.replicas} when it is written through {@code scale}: the list of the
 * scaled object is seen as a Scale's, and brought back (apimachinery {@code ScaleHandler}).
 *
 * @param apiVersion of the scaled object
 */
public record ScaleManager(String apiVersion, SystemFields fields) {
  private static final StructuredMerge MERGE = new StructuredMerge(Schema.load());
  private static final TypeSchema SCALE = Schema.load().type("io.k8s.api.autoscaling.v1.Scale");
  private static final String SCALE_VERSION = "autoscaling/v1";
  private static final FieldSet REPLICAS = FieldSet.of("spec", "replicas");

  /** An applied Scale and the scaled object's list after it. */
  public record AppliedScale(ObjectNode scale, JsonNode list) {}

  /**
   * The scaled object's list after a write to its scale.
   *
   * @param list of the scaled object; null for none
   */
  public @Nullable JsonNode updated(
      ObjectNode live, ObjectNode next, @Nullable JsonNode list, WriteOptions options) {
    ManagedFields parent = read(list);
    if (parent.isEmpty()) {
      return list;
    }
    Write write = write(Manager.Operation.UPDATE, options);
    return toParent(parent, MERGE.update(write, live, next, toScale(parent))).write();
  }

  /**
   * Applies a Scale.
   *
   * @throws dev.fairlead.api.ApiException 400, 409
   */
  public AppliedScale applied(
      ObjectNode live, ObjectNode config, @Nullable JsonNode list, WriteOptions options) {
    ManagedFields parent = read(list);
    Write write = write(Manager.Operation.APPLY, options);
    ManagedFields known = parent.isEmpty() ? MERGE.beforeFirstApply(write, live) : toScale(parent);
    Applied applied = MERGE.apply(write, live, config, known, options.force());
    return new AppliedScale(applied.object(), toParent(parent, applied.managed()).write());
  }

  private static ManagedFields read(@Nullable JsonNode list) {
    return list == null
        ? ManagedFields.EMPTY
        : ManagedFields.read(list).orElse(ManagedFields.EMPTY);
  }

  private static ManagedFields toScale(ManagedFields parent) {
    ManagedFields scale = ManagedFields.EMPTY;
    for (ManagedEntry each : parent.entries()) {
      if (each.fields().has("spec", "replicas")) {
        scale = scale.put(new ManagedEntry(in(SCALE_VERSION, each), each.time(), REPLICAS));
      }
    }
    return scale;
  }

  /** Upstream gives those who come through the scale no time. */
  private ManagedFields toParent(ManagedFields parent, ManagedFields scale) {
    ManagedFields result =
        parent.map(each ->
            scale.find(in(SCALE_VERSION, each)) == null
                ? each.fields().difference(REPLICAS)
                : each.fields());
    for (ManagedEntry each : scale.entries()) {
      Manager manager = in(apiVersion, each);
      if (result.find(manager) == null && each.fields().has("spec", "replicas")) {
        result = result.put(new ManagedEntry(manager, null, REPLICAS));
      }
    }
    return result;
  }

  private static Manager in(String apiVersion, ManagedEntry entry) {
    Manager manager = entry.manager();
    return new Manager(manager.name(), manager.operation(), apiVersion, manager.subresource());
  }

  private Write write(Manager.Operation operation, WriteOptions options) {
    Manager manager = new Manager(FieldManager.name(options), operation, SCALE_VERSION, "scale");
    return new Write(SCALE, manager, FieldSet.EMPTY, fields.now());
  }
}
