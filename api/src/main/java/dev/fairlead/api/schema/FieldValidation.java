package dev.fairlead.api.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Checks a tree against its type, as upstream's decoder does. */
public final class FieldValidation {
  private FieldValidation() {}

  /**
   * Checks types and reports unknown fields.
   *
   * @return strict decoding errors in upstream's words, such as {@code unknown field "spec.foo"};
   *     empty when every field is known
   * @throws dev.fairlead.api.ApiException 400 when a value has the wrong type
   */
  public static List<String> check(TypeSchema type, ObjectNode tree) {
    return List.of();
  }

  /** A copy of the tree without the fields that the type does not know. */
  public static ObjectNode prune(TypeSchema type, ObjectNode tree) {
    return tree.deepCopy();
  }
}
