package dev.fairlead.apiserver.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Warnings;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.GoText;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.schema.FieldValidation;
import dev.fairlead.api.schema.TypeSchema;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks the fields of an object that a patch has made, as upstream's patchers do: wrong types are
 * refused, unknown fields are refused, warned of or dropped (upstream: {@code
 * endpoints/handlers/patch.go}).
 */
public final class PatchedFields {
  private PatchedFields() {}

  /**
   * The patched object without fields that its type does not know.
   *
   * @throws ApiException 422
   */
  public static Document check(
      TypeSchema type, Document patched, Patch patch, WriteOptions options) {
    ObjectNode tree = patched.tree();
    FieldValidation.Findings findings =
        patch.type() == Patch.Type.STRATEGIC_MERGE
            ? FieldValidation.findConverting(type, tree)
            : FieldValidation.find(type, tree);
    findings
        .mismatch()
        .ifPresent(why -> {
          throw refused(patch, tree, why);
        });
    report(patch, tree, findings.unknown(), options.validation());
    return findings.unknown().isEmpty() ? patched : Document.of(FieldValidation.prune(type, tree));
  }

  private static void report(
      Patch patch, ObjectNode tree, List<String> unknown, WriteOptions.Validation validation) {
    List<String> problems = new ArrayList<>(patch.duplicates());
    problems.addAll(unknown);
    switch (validation) {
      case IGNORE -> {}
      case WARN -> problems.forEach(Warnings::add);
      case STRICT -> {
        if (!problems.isEmpty()) {
          throw refused(patch, tree, "strict decoding error: " + String.join(", ", problems));
        }
      }
    }
  }

  /** Upstream names neither the kind nor the object here. */
  private static ApiException refused(Patch patch, ObjectNode patched, String why) {
    String value =
        patch.type() == Patch.Type.STRATEGIC_MERGE ? GoText.of(patch.body()) : Json.text(patched);
    return ApiException.invalid("", "", "", List.of(FieldError.invalid("patch", value, why)));
  }
}
