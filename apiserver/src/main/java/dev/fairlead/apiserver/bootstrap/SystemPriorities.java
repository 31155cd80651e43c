package dev.fairlead.apiserver.bootstrap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.codec.Json;
import java.util.List;

/** The two PriorityClasses of every cluster. */
final class SystemPriorities {
  private static final int CRITICAL = 2_000_000_000;

  private SystemPriorities() {}

  static List<ObjectNode> all() {
    return List.of(
        priorityClass(
            "system-node-critical",
            CRITICAL + 1000,
            "Used for system critical pods that must not be moved from their current node."),
        priorityClass(
            "system-cluster-critical",
            CRITICAL,
            "Used for system critical pods that must run in the cluster, but can be moved to"
                + " another node if necessary."));
  }

  private static ObjectNode priorityClass(String name, int value, String description) {
    ObjectNode tree =
        Json.object()
            .put("apiVersion", Kinds.PRIORITY_CLASS.apiVersion())
            .put("kind", Kinds.PRIORITY_CLASS.kind());
    tree.putObject("metadata").put("name", name);
    return tree.put("value", value).put("description", description);
  }
}
