package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.apiserver.registry.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What may change in the spec of a pod that exists (upstream {@code ValidatePodUpdate}). */
final class PodUpdates {
  private static final String RULE =
      "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)\n";

  private PodUpdates() {}

  static List<FieldError> validate(JsonNode spec, JsonNode old) {
    List<FieldError> errors = new ArrayList<>();
    for (String list : List.of("containers", "initContainers")) {
      if (spec.path(list).size() != old.path(list).size()) {
        errors.add(
            FieldError.forbidden("spec." + list, "pod updates may not add or remove containers"));
        return errors;
      }
    }
    deadline(spec, old, errors);
    tolerations(spec.path("tolerations"), old.path("tolerations"), errors);
    ObjectNode fixed = fixed(spec, old);
    if (!Trees.same(fixed, old)) {
      errors.add(FieldError.forbidden("spec", RULE + difference(fixed, old)));
    }
    return errors;
  }

  /** The new spec with what may change set back. */
  private static ObjectNode fixed(JsonNode spec, JsonNode old) {
    ObjectNode fixed = spec.deepCopy();
    Trees.take("activeDeadlineSeconds", old, fixed);
    Trees.take("tolerations", old, fixed);
    if (old.path("terminationGracePeriodSeconds").asLong() < 0
        && spec.path("terminationGracePeriodSeconds").asLong() == 1) {
      Trees.take("terminationGracePeriodSeconds", old, fixed);
    }
    for (String list : List.of("containers", "initContainers")) {
      for (int i = 0; i < fixed.path(list).size(); i++) {
        if (fixed.path(list).get(i) instanceof ObjectNode container) {
          Trees.take("image", old.path(list).get(i), container);
        }
      }
    }
    return fixed;
  }

  private static void deadline(JsonNode spec, JsonNode old, List<FieldError> errors) {
    JsonNode now = spec.path("activeDeadlineSeconds");
    JsonNode before = old.path("activeDeadlineSeconds");
    if (now.isNumber() && (now.asLong() <= 0 || now.asLong() > Integer.MAX_VALUE)) {
      errors.add(
          FieldError.invalid(
              "spec.activeDeadlineSeconds", now, "must be between 1 and 2147483647, inclusive"));
    } else if (before.isNumber() && now.isNumber() && now.asLong() > before.asLong()) {
      errors.add(
          FieldError.invalid(
              "spec.activeDeadlineSeconds", now, "must be less than or equal to previous value"));
    } else if (before.isNumber() && !now.isNumber()) {
      errors.add(
          FieldError.invalid(
              "spec.activeDeadlineSeconds",
              "null",
              "must not update from a positive integer to nil value"));
    }
  }

  private static void tolerations(JsonNode now, JsonNode before, List<FieldError> errors) {
    for (JsonNode each : before) {
      boolean kept = false;
      for (JsonNode other : now) {
        ObjectNode adjusted = other.deepCopy();
        Trees.take("tolerationSeconds", each, adjusted);
        kept |= Trees.same(adjusted, each);
      }
      if (!kept) {
        errors.add(
            FieldError.forbidden(
                "spec.tolerations",
                "existing toleration can not be modified except its tolerationSeconds"));
        return;
      }
    }
  }

  private static String difference(JsonNode now, JsonNode before) {
    TreeSet<String> fields = new TreeSet<>();
    now.fieldNames().forEachRemaining(fields::add);
    before.fieldNames().forEachRemaining(fields::add);
    StringBuilder text = new StringBuilder();
    for (String field : fields) {
      if (!Trees.same(now.path(field), before.path(field))) {
        text.append("- ").append(field).append(": ").append(before.path(field)).append('\n');
        text.append("+ ").append(field).append(": ").append(now.path(field)).append('\n');
      }
    }
    return text.toString();
  }
}
