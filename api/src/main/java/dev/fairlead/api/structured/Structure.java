package dev.fairlead.api.structured;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.fieldset.PathElement;
import dev.fairlead.api.schema.FieldType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a type's values are taken apart into fields that can have managers of their own. */
sealed interface Structure {

  /**
   * A value that is one field: a scalar, or a list, map or struct that is replaced as a whole.
   *
   * @param type what it must look like; null for anything
   */
  record Leaf(@Nullable FieldType type) implements Structure {}

  /**
   * An object with known fields.
   *
   * @param fields by name; filled after construction, since types may refer to themselves
   */
  record Struct(Map<String, Member> fields) implements Structure {
    // A struct is equal to itself only: its fields may lead back to it.
    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }

    @Override
    public String toString() {
      return "Struct" + fields.keySet();
    }
  }

  /**
   * A field of a struct.
   *
   * @param present whether the field is there, empty, even when JSON leaves it out: upstream's Go
   *     struct holds it by value, or always writes it
   */
  record Member(PathElement element, Structure structure, boolean present) {}

  /** An object with free keys. */
  record Dictionary(Structure value) implements Structure {}

  /** A list of scalars of which each stands at most once ({@code listType: set}). */
  record SetList(FieldType type) implements Structure {}

  /**
   * A list of objects, each known by its key fields ({@code listType: map}).
   *
   * @param keys names of the key fields, sorted
   * @param defaults values of key fields that may be left out
   */
  record KeyedList(List<String> keys, Map<String, JsonNode> defaults, Structure item)
      implements Structure {}
}
