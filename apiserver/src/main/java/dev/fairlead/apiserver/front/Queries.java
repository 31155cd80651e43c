package dev.fairlead.apiserver.front;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.Patch;
import dev.fairlead.api.WatchOptions;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.apiserver.registry.ListChecks;
import dev.fairlead.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;

/** Reads the options of each verb but DELETE from the query. */
final class Queries {
  private static final String INITIAL = "sendInitialEvents";
  private static final String MATCH = "resourceVersionMatch";

  private Queries() {}

  /**
   * The options of a LIST.
   *
   * @throws ApiException 422 when some do not go together
   */
  static ListOptions list(HttpRequest request) {
    ListOptions options =
        new ListOptions(
            text(request, "labelSelector"),
            text(request, "fieldSelector"),
            text(request, "resourceVersion"),
            text(request, MATCH),
            (int) Math.clamp(number(request, "limit", 0), 0, Integer.MAX_VALUE),
            text(request, "continue"));
    List<FieldError> errors = new ArrayList<>(ListChecks.errors(options));
    if (request.query().containsKey(INITIAL)) {
      errors.add(FieldError.forbidden(INITIAL, "sendInitialEvents is forbidden for list"));
    }
    ListChecks.refuse(errors);
    return options;
  }

  /**
   * The options of a WATCH.
   *
   * @throws ApiException 422 when some do not go together
   */
  static WatchOptions watch(HttpRequest request, String fieldSelector, long timeoutSeconds) {
    Boolean initial = request.query().containsKey(INITIAL) ? request.flag(INITIAL) : null;
    String match = text(request, MATCH);
    List<FieldError> errors = new ArrayList<>();
    if (initial != null && !match.equals("NotOlderThan")) {
      errors.add(
          FieldError.forbidden(
              MATCH, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
    }
    if (!match.isEmpty()) {
      errors.addAll(matchErrors(request, match, initial != null));
    }
    ListChecks.refuse(errors);
    return new WatchOptions(
        text(request, "labelSelector"),
        fieldSelector,
        text(request, "resourceVersion"),
        request.flag("allowWatchBookmarks"),
        initial,
        timeoutSeconds);
  }

  private static List<FieldError> matchErrors(
      HttpRequest request, String match, boolean initialGiven) {
    List<FieldError> errors = new ArrayList<>();
    if (!initialGiven) {
      errors.add(
          FieldError.forbidden(
              MATCH,
              "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
    }
    if (!match.equals("NotOlderThan")) {
      errors.add(FieldError.notSupported(MATCH, match, List.of("NotOlderThan")));
    }
    if (!text(request, "continue").isEmpty()) {
      errors.add(
          FieldError.forbidden(
              MATCH, "resourceVersionMatch is forbidden when continue is provided"));
    }
    return errors;
  }

  /**
   * The options of a create or an update.
   *
   * @param kind {@code CreateOptions} or {@code UpdateOptions}
   * @throws ApiException 422
   */
  static WriteOptions write(HttpRequest request, String kind) {
    return write(request, new Options(), kind);
  }

  /**
   * The options of a patch.
   *
   * @throws ApiException 422
   */
  static WriteOptions patch(HttpRequest request, Patch.Type type) {
    Options checks = new Options();
    if (type != Patch.Type.APPLY && request.query().containsKey("force")) {
      checks.add(FieldError.forbidden("force", "may not be specified for non-apply patch"));
    }
    if (type == Patch.Type.APPLY && text(request, "fieldManager").isEmpty()) {
      checks.add(FieldError.required("fieldManager", "is required for apply patch"));
    }
    return write(request, checks, "PatchOptions");
  }

  private static WriteOptions write(HttpRequest request, Options checks, String kind) {
    List<String> dryRun = request.query().getOrDefault("dryRun", List.of());
    String manager = text(request, "fieldManager");
    checks
        .fieldManager(manager)
        .dryRun(dryRun)
        .fieldValidation(text(request, "fieldValidation"))
        .refuse(kind);
    return new WriteOptions(
        !dryRun.isEmpty(),
        manager.isEmpty() ? UserAgent.prefix(request.header("user-agent")) : manager,
        request.flag("force"),
        validation(request));
  }

  /** What becomes of unknown fields; {@code Warn} unless the client says otherwise. */
  static WriteOptions.Validation validation(HttpRequest request) {
    return switch (text(request, "fieldValidation")) {
      case "Ignore" -> WriteOptions.Validation.IGNORE;
      case "Strict" -> WriteOptions.Validation.STRICT;
      default -> WriteOptions.Validation.WARN;
    };
  }

  static String text(HttpRequest request, String name) {
    String value = request.parameter(name);
    return value == null ? "" : value;
  }

  static long number(HttpRequest request, String name, long otherwise) {
    String value = text(request, name);
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      String why = value.matches("[+-]?[0-9]+") ? "value out of range" : "invalid syntax";
      throw ApiException.badRequest("strconv.ParseInt: parsing \"%s\": %s".formatted(value, why));
    }
  }
}
