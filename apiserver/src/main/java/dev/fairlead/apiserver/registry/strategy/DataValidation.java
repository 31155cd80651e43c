package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What ConfigMaps and Secrets have in common: maps of data, bounded, maybe frozen. */
final class DataValidation {
  private static final int BYTES_MAX = 1024 * 1024;

  private DataValidation() {}

  static void keys(Document object, String field, List<FieldError> errors) {
    for (String key : (Iterable<String>) () -> object.tree().path(field).fieldNames()) {
      String path = "%s[%s]".formatted(field, key);
      Names.configMapKey(key).forEach(why -> errors.add(FieldError.invalid(path, key, why)));
    }
  }

  static void size(Document object, List<String> fields, List<FieldError> errors) {
    long bytes = 0;
    for (String field : fields) {
      boolean encoded = !field.equals("data") || object.kind().equals("Secret");
      for (JsonNode value : object.tree().path(field)) {
        int length = value.asText().getBytes(StandardCharsets.UTF_8).length;
        bytes += encoded ? length / 4 * 3L : length;
      }
    }
    if (bytes > BYTES_MAX) {
      String path = object.kind().equals("Secret") ? "data" : "";
      errors.add(
          new FieldError(
              FieldError.Reason.FieldValueTooLong,
              path,
              "Too long: may not be more than %d bytes".formatted(BYTES_MAX)));
    }
  }

  static void immutable(
      Document object, Document old, List<String> fields, List<FieldError> errors) {
    if (!old.tree().path("immutable").asBoolean(false)) {
      return;
    }
    if (!object.tree().path("immutable").asBoolean(false)) {
      errors.add(FieldError.forbidden("immutable", "field is immutable when `immutable` is set"));
    }
    for (String field : fields) {
      if (!Trees.same(object.tree().path(field), old.tree().path(field))) {
        errors.add(FieldError.forbidden(field, "field is immutable when `immutable` is set"));
      }
    }
  }
}
