package dev.fairlead.tests.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.api.fieldset.FieldSet;
import dev.fairlead.api.fieldset.FieldsV1;
import dev.fairlead.api.schema.Schema;
import dev.fairlead.api.structured.Applied;
import dev.fairlead.api.structured.ManagedFields;
import dev.fairlead.api.structured.Manager;
import dev.fairlead.api.structured.StructuredMerge;
import dev.fairlead.api.structured.Write;
import java.time.Instant;

/** Server-side apply: sets of fields, and what a manager wants of one pod. */
final class ApplyFuzz {
  private static final Schema SCHEMA = Schema.load();
  private static final StructuredMerge MERGE = new StructuredMerge(SCHEMA);
  private static final ObjectNode POD = (ObjectNode) Json.parse(Seeds.JSON.getFirst());
  private static final Write EDIT = write("edit", Manager.Operation.UPDATE);
  private static final Write APPLY = write("fuzz", Manager.Operation.APPLY);
  private static final ManagedFields MANAGED =
      MERGE.update(EDIT, Json.object(), POD, ManagedFields.EMPTY);

  private ApplyFuzz() {}

  /** A set that is taken means the same when it is written and read again. */
  static void fieldsV1(byte[] input) {
    JsonNode tree = ObjectFuzz.refusedAsNull(() -> Json.parse(input));
    if (tree == null) {
      return;
    }
    FieldSet set;
    try {
      set = FieldsV1.read(tree);
    } catch (IllegalArgumentException e) {
      return; // Malformed: the writer is told so.
    }
    Findings.require(FieldsV1.read(FieldsV1.write(set)).equals(set), "FieldsV1", tree);
    Findings.require(set.difference(set).isEmpty(), "difference", tree);
    Findings.require(set.union(set).equals(set), "union", tree);
    Findings.require(set.intersection(set).equals(set), "intersection", tree);
  }

  /** What is applied can be written, and changes nothing when it is applied again. */
  static void patch(byte[] input) {
    ObjectNode config = ObjectFuzz.refusedAsNull(() -> Yaml.read(input).tree());
    if (config == null) {
      return;
    }
    Applied once = apply(POD, config, MANAGED);
    if (once == null) {
      return;
    }
    Json.parse(Json.bytes(once.object()));
    Applied twice = apply(once.object(), config, once.managed());
    Findings.require(
        twice != null && Json.same(twice.object(), once.object()), "applying again", config);
  }

  private static @org.jspecify.annotations.Nullable Applied apply(
      ObjectNode live, ObjectNode config, ManagedFields managed) {
    return ObjectFuzz.refusedAsNull(() -> MERGE.apply(APPLY, live, config, managed, true));
  }

  private static Write write(String manager, Manager.Operation operation) {
    return new Write(
        SCHEMA.of(Kinds.POD),
        new Manager(manager, operation, "v1", ""),
        FieldSet.EMPTY,
        Instant.EPOCH);
  }
}
