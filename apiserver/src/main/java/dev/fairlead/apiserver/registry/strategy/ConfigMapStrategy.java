package dev.fairlead.apiserver.registry.strategy;

import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import java.util.ArrayList;
import java.util.List;

/** ConfigMaps. */
final class ConfigMapStrategy implements Strategy {
  @Override
  public ResourceType type() {
    return Kinds.CONFIG_MAP;
  }

  @Override
  public List<FieldError> validateCreate(Document map) {
    List<FieldError> errors = new ArrayList<>();
    DataValidation.keys(map, "data", errors);
    DataValidation.keys(map, "binaryData", errors);
    for (String key : (Iterable<String>) () -> map.tree().path("binaryData").fieldNames()) {
      if (map.tree().path("data").has(key)) {
        errors.add(
            FieldError.invalid(
                "data[%s]".formatted(key), key, "duplicate of key present in binaryData"));
      }
    }
    DataValidation.size(map, List.of("data", "binaryData"), errors);
    return errors;
  }

  @Override
  public List<FieldError> validateUpdate(Document map, Document old) {
    List<FieldError> errors = new ArrayList<>();
    DataValidation.immutable(map, old, List.of("data", "binaryData"), errors);
    errors.addAll(validateCreate(map));
    return errors;
  }
}
