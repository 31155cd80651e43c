package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.schema.Enumeration;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.List;

/** Which taints a pod bears (upstream {@code ValidateTolerations}). */
final class TolerationRules {
  private static final List<String> OPERATORS = Enumeration.valuesOf("TolerationOperator");
  private static final List<String> EFFECTS = Enumeration.valuesOf("TaintEffect");

  private TolerationRules() {}

  static void validate(JsonNode tolerations, FieldPath path, Problems problems) {
    for (int i = 0; i < tolerations.size(); i++) {
      one(tolerations.get(i), path.index(i), problems);
    }
  }

  private static void one(JsonNode toleration, FieldPath path, Problems problems) {
    String key = Trees.text(toleration, "key");
    String operator = Trees.text(toleration, "operator");
    String effect = Trees.text(toleration, "effect");
    if (!key.isEmpty()) {
      problems.name(path.child("key"), key, Names::qualifiedName);
    } else if (!operator.equals("Exists")) {
      problems.invalid(
          path.child("operator"),
          operator,
          "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
    }
    if (toleration.has("tolerationSeconds") && !effect.equals("NoExecute")) {
      problems.invalid(
          path.child("effect"),
          effect,
          "effect must be 'NoExecute' when `tolerationSeconds` is set");
    }
    value(Trees.text(toleration, "value"), operator, path.child("operator"), problems);
    if (!effect.isEmpty()) {
      problems.oneOf(path.child("effect"), effect, EFFECTS);
    }
  }

  /** Upstream reports a bad value at the operator. */
  private static void value(String value, String operator, FieldPath path, Problems problems) {
    switch (operator) {
      case "", "Equal" -> problems.name(path, value, Names::labelValue);
      case "Exists" -> {
        if (!value.isEmpty()) {
          problems.invalid(path, value, "value must be empty when `operator` is 'Exists'");
        }
      }
      default -> problems.unsupported(path, operator, OPERATORS);
    }
  }
}
