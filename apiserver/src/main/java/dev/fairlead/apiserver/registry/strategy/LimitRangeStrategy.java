package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.apiserver.registry.Trees;
import java.util.ArrayList;
import java.util.List;

/** LimitRanges (upstream {@code SetDefaults_LimitRangeItem}, {@code ValidateLimitRange}). */
final class LimitRangeStrategy implements Strategy {
  @Override
  public ResourceType type() {
    return Kinds.LIMIT_RANGE;
  }

  @Override
  public void defaults(ObjectNode range) {
    for (JsonNode limit : range.path("spec").path("limits")) {
      if (limit instanceof ObjectNode own && own.path("type").asText().equals("Container")) {
        fill(own, "max", "default");
        fill(own, "default", "defaultRequest");
        fill(own, "min", "defaultRequest");
      }
    }
  }

  @Override
  public List<FieldError> validateCreate(Document range) {
    List<FieldError> errors = new ArrayList<>();
    LimitRangeValidation.spec(range.spec(), errors);
    return errors;
  }

  @Override
  public List<FieldError> validateUpdate(Document range, Document old) {
    return validateCreate(range);
  }

  @Override
  public boolean createsOnUpdate() {
    return true;
  }

  private static void fill(ObjectNode limit, String from, String to) {
    limit
        .path(from)
        .properties()
        .forEach(each -> {
          ObjectNode target = Trees.child(limit, to);
          if (!target.has(each.getKey())) {
            target.set(each.getKey(), each.getValue());
          }
        });
  }
}
