package dev.fairlead.api.structured;

import dev.fairlead.api.fieldset.FieldSet;

/**
 * What differs between two objects. No field is in more than one of the sets.
 *
 * @param removed in the first only
 * @param modified in both, with different values
 * @param added in the second only
 */
record Comparison(FieldSet removed, FieldSet modified, FieldSet added) {

  /** Whether the two say the same. */
  boolean isSame() {
    return removed.isEmpty() && modified.isEmpty() && added.isEmpty();
  }

  /** What the second object has and the first has not like this. */
  FieldSet written() {
    return modified.union(added);
  }

  /** This comparison without these fields and all below them. */
  Comparison without(FieldSet ignored) {
    return new Comparison(
        removed.differenceWithChildren(ignored),
        modified.differenceWithChildren(ignored),
        added.differenceWithChildren(ignored));
  }
}
