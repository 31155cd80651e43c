package dev.fairlead.api.structured;

import dev.fairlead.api.fieldset.FieldSet;
import dev.fairlead.api.schema.TypeSchema;
import java.time.Instant;

/**
 * One write, as far as it matters for who manages what.
 *
 * @param type of the object
 * @param ignored fields that this write cannot change, whatever it says: the status on a write to
 *     the object, the spec on one to its status
 * @param now in whole seconds
 */
public record Write(TypeSchema type, Manager manager, FieldSet ignored, Instant now) {

  /** The same write by somebody else. */
  Write by(Manager other) {
    return new Write(type, other, ignored, now);
  }
}
