package dev.fairlead.apiserver.registry.meta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.codec.GoQuote;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What field managers may be called (apimachinery {@code meta/v1/validation}). */
public final class ManagerNames {
  /** In UTF-8. */
  public static final int BYTES_MAX = 128;

  private static final int SUBRESOURCE_BYTES_MAX = 256;

  private ManagerNames() {}

  /** What is wrong with a name that stands at {@code path}. */
  public static List<FieldError> check(String name, String path) {
    List<FieldError> errors = new ArrayList<>();
    if (bytes(name) > BYTES_MAX) {
      errors.add(FieldError.tooLong(path, BYTES_MAX));
    }
    int position = 0;
    for (int each : name.codePoints().toArray()) {
      if (!GoQuote.isPrintable(each)) {
        errors.add(
            FieldError.invalid(
                path, name, "invalid character U+%04X (at position %d)".formatted(each, position)));
      }
      position += bytes(Character.toString(each));
    }
    return errors;
  }

  /**
   * What is wrong with the names in {@code metadata.managedFields}.
   *
   * @param list null for none
   */
  public static List<FieldError> entries(@Nullable JsonNode list) {
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; list != null && i < list.size(); i++) {
      String path = "metadata.managedFields[%d]".formatted(i);
      errors.addAll(check(list.get(i).path("manager").asText(""), path + ".manager"));
      if (bytes(list.get(i).path("subresource").asText("")) > SUBRESOURCE_BYTES_MAX) {
        errors.add(FieldError.tooLong(path + ".subresource", SUBRESOURCE_BYTES_MAX));
      }
    }
    return errors;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
