package dev.fairlead.apiserver.front;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.FieldError;
import dev.fairlead.apiserver.registry.meta.ManagerNames;
import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with the options of a request, field by field (apimachinery {@code
 * meta/v1/validation}).
 */
final class Options {
  private static final List<String> DRY_RUN = List.of("All");
  private static final List<String> FIELD_VALIDATION = List.of("", "Ignore", "Strict", "Warn");

  private final List<FieldError> errors = new ArrayList<>();

  Options add(FieldError error) {
    errors.add(error);
    return this;
  }

  Options addAll(List<FieldError> more) {
    errors.addAll(more);
    return this;
  }

  Options fieldManager(String manager) {
    return addAll(ManagerNames.check(manager, "fieldManager"));
  }

  Options dryRun(List<String> values) {
    if (!DRY_RUN.containsAll(values)) {
      String shown = String.join(", ", values.stream().map(each -> "\"" + each + "\"").toList());
      add(
          new FieldError(
              FieldError.Reason.FieldValueNotSupported,
              "dryRun",
              "Unsupported value: []string{%s}: supported values: \"All\"".formatted(shown)));
    }
    return this;
  }

  Options fieldValidation(String directive) {
    if (!FIELD_VALIDATION.contains(directive)) {
      add(FieldError.notSupported("fieldValidation", directive, FIELD_VALIDATION));
    }
    return this;
  }

  /**
   * Refuses the request when anything is wrong.
   *
   * @param kind for example {@code DeleteOptions}
   * @throws ApiException 422
   */
  void refuse(String kind) {
    if (!errors.isEmpty()) {
      throw ApiException.invalid("meta.k8s.io", kind, "", errors);
    }
  }
}
