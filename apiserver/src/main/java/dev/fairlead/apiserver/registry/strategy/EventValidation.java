package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.List;
import java.util.Set;

/**
 * What an Event must look like in both versions (upstream {@code legacyValidateEvent}): those with
 * {@code eventTime} are new, and say more.
 */
final class EventValidation {
  private static final int TEXT_MAX = 128;
  private static final int MESSAGE_MAX = 1024;
  private static final Set<String> CLUSTER_WIDE = Set.of("default", "kube-system");

  private EventValidation() {}

  static List<FieldError> validate(Document event) {
    Problems problems = new Problems();
    JsonNode tree = event.tree();
    String about = Trees.text(tree.path("involvedObject"), "namespace");
    String own = event.namespace();
    boolean isNew = !Trees.text(tree, "eventTime").isEmpty();
    boolean fits =
        about.isEmpty()
            ? own.equals("default") || (isNew && CLUSTER_WIDE.contains(own))
            : isNew || about.equals(own);
    if (!fits) {
      problems.invalid(
          FieldPath.of("involvedObject.namespace"), about, "does not match event.namespace");
    }
    if (isNew) {
      reported(tree, problems);
    }
    return problems.list();
  }

  private static void reported(JsonNode event, Problems problems) {
    String controller = Trees.text(event, "reportingComponent");
    FieldPath path = FieldPath.of("reportingController");
    if (controller.isEmpty()) {
      problems.required(path);
    }
    problems.name(path, controller, Names::qualifiedName);
    for (String field : List.of("reportingInstance", "action", "reason")) {
      if (Trees.text(event, field).isEmpty()) {
        problems.required(FieldPath.of(field));
      }
      bounded(event, field, TEXT_MAX, problems);
    }
    bounded(event, "message", MESSAGE_MAX, problems);
  }

  private static void bounded(JsonNode event, String field, int max, Problems problems) {
    if (Trees.text(event, field).length() > max) {
      problems.invalid(FieldPath.of(field), "", "can have at most %d characters".formatted(max));
    }
  }
}
