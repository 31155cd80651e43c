package dev.fairlead.apiserver.registry;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.codec.Json;

/** Which options of LIST go together (apimachinery {@code meta/internalversion/validation}). */
final class ListChecks {
  private ListChecks() {}

  static void check(ListOptions options) {
    String match = options.resourceVersionMatch();
    if (!options.continueToken().isEmpty()
        && !options.resourceVersion().isEmpty()
        && !options.resourceVersion().equals("0")) {
      throw ApiException.badRequest(
          "specifying resource version is not allowed when using continue");
    }
    if (match.isEmpty()) {
      return;
    }
    if (!options.continueToken().isEmpty()) {
      throw invalid("Forbidden: resourceVersionMatch is forbidden when continue is provided");
    }
    if (options.resourceVersion().isEmpty()) {
      throw invalid(
          "Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided");
    }
    if (!match.equals("Exact") && !match.equals("NotOlderThan")) {
      throw invalid(
          "Unsupported value: \"%s\": supported values: \"Exact\", \"NotOlderThan\", \"\""
              .formatted(match));
    }
    if (match.equals("Exact") && options.resourceVersion().equals("0")) {
      throw invalid(
          "Forbidden: resourceVersionMatch \"Exact\" is forbidden for resourceVersion \"0\"");
    }
  }

  private static ApiException invalid(String why) {
    var details = Json.object().put("group", "meta.k8s.io").put("kind", "ListOptions");
    return new ApiException(
        422,
        "Invalid",
        "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: " + why,
        details);
  }
}
