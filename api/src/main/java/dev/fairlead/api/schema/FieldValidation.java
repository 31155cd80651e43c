package dev.fairlead.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import java.util.List;
import java.util.Optional;

/**
 * Checks a tree against its type, as upstream's decoder does, and brings it into the form that a
 * decoded and re-encoded object has.
 */
public final class FieldValidation {
  /** No client reads more. */
  static final int ERRORS_MAX = 100;

  private FieldValidation() {}

  /**
   * Checks types and finds unknown fields.
   *
   * @return strict decoding errors in upstream's words, such as {@code unknown field "spec.foo"};
   *     empty when every field is known
   * @throws ApiException 400 when a value has the wrong type, in upstream's words
   */
  public static List<String> check(TypeSchema type, ObjectNode tree) {
    return check(Schema.load(), type, tree);
  }

  /** The same for a type of another schema. */
  public static List<String> check(Schema schema, TypeSchema type, ObjectNode tree) {
    Findings findings = find(schema, type, tree, TreeCheck.Wording.DECODER);
    findings
        .mismatch()
        .ifPresent(why -> {
          throw refused(type, tree, why);
        });
    return findings.unknown();
  }

  /**
   * What is wrong with a tree.
   *
   * @param mismatch the first value of a wrong type, in the words of upstream's decoder
   * @param unknown strict decoding errors such as {@code unknown field "spec.foo"}
   */
  public record Findings(Optional<String> mismatch, List<String> unknown) {}

  /** Checks types and finds unknown fields, without refusing. */
  public static Findings find(TypeSchema type, ObjectNode tree) {
    return find(Schema.load(), type, tree, TreeCheck.Wording.DECODER);
  }

  /**
   * The same for a tree that was never encoded, such as one that a strategic merge has made:
   * upstream converts it, and words a mismatch differently.
   */
  public static Findings findConverting(TypeSchema type, ObjectNode tree) {
    return find(Schema.load(), type, tree, TreeCheck.Wording.CONVERTER);
  }

  private static Findings find(
      Schema schema, TypeSchema type, ObjectNode tree, TreeCheck.Wording wording) {
    TreeCheck check = new TreeCheck(schema, false, wording);
    check.object(type, tree);
    return new Findings(check.mismatch(), check.unknown());
  }

  /**
   * A copy of the tree without the fields that the type does not know and without nulls, which
   * upstream's typed decoding drops.
   *
   * @param tree one that {@link #check} did not refuse
   */
  public static ObjectNode prune(TypeSchema type, ObjectNode tree) {
    ObjectNode copy = tree.deepCopy();
    new TreeCheck(Schema.load(), true, TreeCheck.Wording.DECODER).object(type, copy);
    return copy;
  }

  /**
   * The refusal of {@code fieldValidation=Strict}.
   *
   * @param errors from {@link #check} and from the reader's duplicates; at least one
   */
  public static ApiException strict(TypeSchema type, ObjectNode tree, List<String> errors) {
    return refused(type, tree, "strict decoding error: " + String.join(", ", errors));
  }

  private static ApiException refused(TypeSchema type, ObjectNode tree, String why) {
    JsonNode kind = tree.path("kind");
    String apiVersion = tree.path("apiVersion").asText("");
    String[] path = type.name().split("\\.");
    String version =
        apiVersion.isEmpty()
            ? path[path.length - 2]
            : apiVersion.substring(apiVersion.indexOf('/') + 1);
    return ApiException.badRequest(
        "%s in version \"%s\" cannot be handled as a %s: %s"
            .formatted(
                kind.isTextual() ? kind.asText() : type.simpleName(),
                version,
                type.simpleName(),
                why));
  }
}
