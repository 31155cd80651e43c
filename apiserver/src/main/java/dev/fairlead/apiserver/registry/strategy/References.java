package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.apiserver.registry.meta.Names;
import java.util.List;

/** References to objects of any kind. */
final class References {
  private References() {}

  /** {@code apiGroup}, {@code kind} and {@code name} of a {@code TypedLocalObjectReference}. */
  static void typedLocal(JsonNode reference, String path, List<FieldError> errors) {
    if (reference.has("apiGroup")) {
      String group = reference.get("apiGroup").asText();
      Names.dnsSubdomain(group)
          .forEach(why -> errors.add(FieldError.invalid(path + ".apiGroup", group, why)));
    }
    pathSegment(reference, "kind", path, errors);
    pathSegment(reference, "name", path, errors);
  }

  /** A field that must be given and could stand in a path of the API. */
  static void pathSegment(JsonNode object, String field, String path, List<FieldError> errors) {
    String text = object.path(field).asText("");
    String at = path + "." + field;
    if (text.isEmpty()) {
      errors.add(FieldError.required(at, ""));
      return;
    }
    Names.pathSegment(text).forEach(why -> errors.add(FieldError.invalid(at, text, why)));
  }
}
