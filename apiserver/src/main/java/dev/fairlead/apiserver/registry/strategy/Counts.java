package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import java.util.List;

/** Numbers that count something. */
final class Counts {
  private Counts() {}

  /** Each of these fields of {@code tree} is missing or at least 0. */
  static void notNegative(
      JsonNode tree, String path, List<String> fields, List<FieldError> errors) {
    for (String field : fields) {
      if (tree.path(field).asLong(0) < 0) {
        errors.add(
            FieldError.invalid(
                path + "." + field, tree.path(field), "must be greater than or equal to 0"));
      }
    }
  }

  /** Each of these parts of {@code status} is no more than the whole. */
  static void parts(JsonNode status, List<String> parts, List<FieldError> errors) {
    for (String part : parts) {
      notAbove(status, part, "replicas", "cannot be greater than status.replicas", errors);
    }
  }

  /** One number of {@code status} is no more than another. */
  static void notAbove(
      JsonNode status, String field, String bound, String why, List<FieldError> errors) {
    long value = status.path(field).asLong(0);
    if (value > status.path(bound).asLong(0)) {
      errors.add(FieldError.invalid("status." + field, value, why));
    }
  }

  /** {@code status.collisionCount} only grows. */
  static void collisions(JsonNode status, JsonNode old, List<FieldError> errors) {
    long now = status.path("collisionCount").asLong(0);
    if (now < old.path("collisionCount").asLong(0)) {
      errors.add(FieldError.invalid("status.collisionCount", now, "cannot be decremented"));
    }
  }
}
