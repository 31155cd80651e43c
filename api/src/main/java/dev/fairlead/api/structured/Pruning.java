package dev.fairlead.api.structured;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.fieldset.FieldSet;

/** Removes what a manager applied before, does not apply any more, and nobody else manages. */
final class Pruning {
  private Pruning() {}

  /**
   * The merged object without those fields.
   *
   * @param before what the manager applied the last time
   * @param managed what anybody manages now, this manager's new fields included
   */
  static JsonNode prune(Structure structure, JsonNode merged, FieldSet before, FieldSet managed) {
    if (before.isEmpty()) {
      return merged;
    }
    FieldSet last = Sets.withStructs(structure, before);
    FieldSet whole = Sets.withStructs(structure, Sets.of(structure, merged));
    FieldSet others = Sets.withStructs(structure, managed);
    FieldSet kept = fields(structure, Without.remove(structure, merged, last));
    JsonNode owned = Without.remove(structure, merged, whole.difference(kept.union(others)));
    FieldSet left = fields(structure, owned);
    return Without.remove(structure, merged, whole.difference(left).intersection(last));
  }

  private static FieldSet fields(Structure structure, JsonNode object) {
    return Sets.withStructs(structure, Sets.of(structure, object));
  }
}
