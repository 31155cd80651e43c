package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.schema.Enumeration;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.Defaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** PriorityClasses (upstream {@code ValidatePriorityClass}). */
final class PriorityClassStrategy implements Strategy {
  private static final String PREFIX = "system-";
  private static final int USER_MAX = 1_000_000_000;
  private static final int CRITICAL = 2_000_000_000;
  private static final Map<String, Integer> SYSTEM =
      Map.of("system-node-critical", CRITICAL + 1000, "system-cluster-critical", CRITICAL);
  private static final List<String> POLICIES = Enumeration.valuesOf("PreemptionPolicy");

  @Override
  public ResourceType type() {
    return Kinds.PRIORITY_CLASS;
  }

  @Override
  public void defaults(ObjectNode priorityClass) {
    Defaults.put(priorityClass, "preemptionPolicy", "PreemptLowerPriority");
    Defaults.put(priorityClass, "value", 0);
  }

  @Override
  public List<FieldError> validateCreate(Document priorityClass) {
    List<FieldError> errors = new ArrayList<>();
    JsonNode tree = priorityClass.tree();
    long value = tree.path("value").asLong();
    if (priorityClass.name().startsWith(PREFIX)) {
      String why = notOurs(priorityClass.name(), value, tree.path("globalDefault").asBoolean());
      if (!why.isEmpty()) {
        errors.add(
            FieldError.forbidden(
                "metadata.name",
                "priority class names with 'system-' prefix are reserved for system use only. error: "
                    + why));
      }
    } else if (value > USER_MAX) {
      errors.add(
          FieldError.forbidden(
              "value", "maximum allowed value of a user defined priority is " + USER_MAX));
    }
    String policy = tree.path("preemptionPolicy").asText("");
    if (!POLICIES.contains(policy)) {
      errors.add(FieldError.notSupported("preemptionPolicy", policy, POLICIES));
    }
    return errors;
  }

  @Override
  public List<FieldError> validateUpdate(Document next, Document old) {
    List<FieldError> errors = new ArrayList<>();
    if (next.tree().path("value").asLong() != old.tree().path("value").asLong()) {
      errors.add(FieldError.forbidden("value", "may not be changed in an update."));
    }
    JsonNode policy = next.tree().path("preemptionPolicy");
    if (!Trees.same(policy, old.tree().path("preemptionPolicy"))) {
      errors.add(FieldError.invalid("preemptionPolicy", policy, "field is immutable"));
    }
    return errors;
  }

  @Override
  public boolean countsGeneration() {
    return true;
  }

  @Override
  public String undeletable(String name) {
    return SYSTEM.containsKey(name) ? "this is a system priority class and cannot be deleted" : "";
  }

  private static String notOurs(String name, long value, boolean globalDefault) {
    Integer known = SYSTEM.get(name);
    if (known == null) {
      return name + " is not a known system priority class";
    }
    if (known != value) {
      return "value of %s PriorityClass must be %d".formatted(name, known);
    }
    return globalDefault ? "globalDefault of %s PriorityClass must be false".formatted(name) : "";
  }
}
