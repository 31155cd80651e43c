package dev.fairlead.apiserver.registry;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.ListOptions;
import java.util.ArrayList;
import java.util.List;

/** Which options of LIST go together (apimachinery {@code meta/internalversion/validation}). */
public final class ListChecks {
  private static final String MATCH = "resourceVersionMatch";

  private ListChecks() {}

  /** What is wrong with options of a LIST, field by field. */
  public static List<FieldError> errors(ListOptions options) {
    List<FieldError> errors = new ArrayList<>();
    String match = options.resourceVersionMatch();
    if (match.isEmpty()) {
      return errors;
    }
    if (options.resourceVersion().isEmpty()) {
      errors.add(
          FieldError.forbidden(
              MATCH, "resourceVersionMatch is forbidden unless resourceVersion is provided"));
    }
    if (!options.continueToken().isEmpty()) {
      errors.add(
          FieldError.forbidden(
              MATCH, "resourceVersionMatch is forbidden when continue is provided"));
    }
    if (!match.equals("Exact") && !match.equals("NotOlderThan")) {
      errors.add(FieldError.notSupported(MATCH, match, List.of("Exact", "NotOlderThan", "")));
    }
    if (match.equals("Exact") && options.resourceVersion().equals("0")) {
      errors.add(
          FieldError.forbidden(
              MATCH, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
    }
    return errors;
  }

  /**
   * Refuses options that are wrong.
   *
   * @throws ApiException 422
   */
  public static void refuse(List<FieldError> errors) {
    if (!errors.isEmpty()) {
      throw ApiException.invalid("meta.k8s.io", "ListOptions", "", errors);
    }
  }

  static void check(ListOptions options) {
    refuse(errors(options));
    if (!options.continueToken().isEmpty()
        && !options.resourceVersion().isEmpty()
        && !options.resourceVersion().equals("0")) {
      throw ApiException.badRequest(
          "specifying resource version is not allowed when using continue");
    }
  }
}
