package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import java.util.List;

/** A number of pods, or a percentage such as {@code 25%} (API: {@code IntOrString}). */
final class IntOrPercent {
  private static final String PERCENT = "[0-9]+%";
  private static final String PERCENT_WHY =
      "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";
  private static final int PERCENT_DIGITS_MAX = 9;

  private IntOrPercent() {}

  /** A percentage, or a number that is not negative. */
  static void validate(JsonNode value, String path, List<FieldError> errors) {
    if (value.isTextual() && !value.asText().matches(PERCENT)) {
      errors.add(FieldError.invalid(path, value, PERCENT_WHY));
    } else if (value.isNumber() && value.asLong() < 0) {
      errors.add(FieldError.invalid(path, value, "must be greater than or equal to 0"));
    }
  }

  /** A percentage is at most 100%. */
  static void atMostAll(JsonNode value, String path, List<FieldError> errors) {
    if (percent(value) && number(value) > 100) {
      errors.add(FieldError.invalid(path, value, "must not be greater than 100%"));
    }
  }

  /** Whether it comes to nothing, as what cannot be read does. */
  static boolean zero(JsonNode value) {
    return number(value) == 0;
  }

  private static boolean percent(JsonNode value) {
    return value.isTextual() && value.asText().matches(PERCENT);
  }

  private static long number(JsonNode value) {
    if (!percent(value)) {
      return value.asLong(0);
    }
    String digits = value.asText().substring(0, value.asText().length() - 1);
    return digits.length() > PERCENT_DIGITS_MAX ? Integer.MAX_VALUE : Long.parseLong(digits);
  }
}
