package dev.fairlead.apiserver.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Warnings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Drops owner references that stand twice, word for word, and warns their writer. */
final class OwnerDuplicates {
  /** What upstream says of a patch; of other writes it finds them sooner. */
  static final String IN_PATCH = " after mutating admission happens";

  private static final String FIELD = "ownerReferences";

  private OwnerDuplicates() {}

  /**
   * Drops them.
   *
   * @param when where they were found, empty or {@link #IN_PATCH}
   */
  static void drop(ObjectNode object, String when) {
    if (!(object.path("metadata").path(FIELD) instanceof ArrayNode references)) {
      return;
    }
    Set<JsonNode> once = new LinkedHashSet<>();
    List<String> twice = new ArrayList<>();
    for (JsonNode each : references) {
      if (!once.add(each)) {
        twice.add(each.path("uid").asText(""));
      }
    }
    if (twice.isEmpty()) {
      return;
    }
    Trees.child(object, "metadata").set(FIELD, JsonNodeFactory.instance.arrayNode().addAll(once));
    Warnings.add(
        ".metadata.ownerReferences contains duplicate entries%s; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: %s"
            .formatted(when, String.join(", ", twice)));
  }
}
