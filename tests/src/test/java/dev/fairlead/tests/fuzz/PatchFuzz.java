package dev.fairlead.tests.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.Patch;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.patch.Patches;
import java.util.Arrays;

/** Patches of one pod: the result can be written and read, and the original stays. */
final class PatchFuzz {
  private static final Document POD = Document.of(Json.parse(Seeds.JSON.getFirst()));
  private static final byte[] BEFORE = Json.bytes(POD.tree());

  private PatchFuzz() {}

  static void json(byte[] input) {
    apply(Patch.Type.JSON, ObjectFuzz.refusedAsNull(() -> Json.readArray(input).tree()));
  }

  static void merge(byte[] input) {
    apply(Patch.Type.MERGE, ObjectFuzz.refusedAsNull(() -> Json.parse(input)));
  }

  static void strategicMerge(byte[] input) {
    apply(Patch.Type.STRATEGIC_MERGE, ObjectFuzz.refusedAsNull(() -> Json.parse(input)));
  }

  private static void apply(Patch.Type type, @org.jspecify.annotations.Nullable JsonNode body) {
    if (body == null) {
      return;
    }
    Document patched =
        ObjectFuzz.refusedAsNull(() -> Patches.apply(Kinds.POD, POD, new Patch(type, body)));
    Findings.require(Arrays.equals(Json.bytes(POD.tree()), BEFORE), "the original", POD);
    if (patched != null) {
      Json.tree(patched.json());
    }
  }
}
