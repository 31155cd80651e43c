package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.schema.Enumeration;
import dev.fairlead.apiserver.registry.meta.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The taints of a Node (upstream {@code validateNodeTaints}). */
final class Taints {
  private static final List<String> EFFECTS = Enumeration.valuesOf("TaintEffect");

  private Taints() {}

  /**
   * Checks them.
   *
   * @param path upstream names them {@code metadata.taints}, though they stand in the spec
   */
  static void validate(JsonNode taints, String path, List<FieldError> errors) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < taints.size(); i++) {
      JsonNode taint = taints.get(i);
      String at = "%s[%d]".formatted(path, i);
      String key = taint.path("key").asText("");
      Names.qualifiedName(key)
          .forEach(why -> errors.add(FieldError.invalid(at + ".key", key, why)));
      String value = taint.path("value").asText("");
      Names.labelValue(value)
          .forEach(why -> errors.add(FieldError.invalid(at + ".value", value, why)));
      String effect = taint.path("effect").asText("");
      if (effect.isEmpty()) {
        errors.add(FieldError.required(at + ".effect", ""));
      } else if (!EFFECTS.contains(effect)) {
        errors.add(FieldError.notSupported(at + ".effect", effect, EFFECTS));
      }
      if (!seen.add(effect + "/" + key)) {
        errors.add(
            FieldError.duplicate(at, taint)
                .because("taints must be unique by key and effect pair"));
      }
    }
  }
}
