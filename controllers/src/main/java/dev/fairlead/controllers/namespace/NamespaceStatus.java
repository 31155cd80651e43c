package dev.fairlead.controllers.namespace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** The conditions of a namespace that is being deleted, in upstream's words; pure. */
final class NamespaceStatus {
  private NamespaceStatus() {}

  /**
   * What stands in the way.
   *
   * @param remaining how many objects are left, by resource
   * @param finalizers how many objects wait for each finalizer
   * @param failures why content could not be deleted; empty when it could
   */
  record Progress(
      SortedMap<String, Integer> remaining,
      SortedMap<String, Integer> finalizers,
      List<String> failures) {
    Progress {
      failures = failures.stream().sorted().toList();
    }

    boolean done() {
      return remaining.isEmpty() && failures.isEmpty();
    }
  }

  /** The whole status. */
  static ObjectNode of(Document namespace, Progress progress, Instant now) {
    ObjectNode status =
        namespace.status() instanceof ObjectNode known ? known.deepCopy() : Json.object();
    ArrayNode conditions = Json.object().putArray("conditions");
    Conditions to = new Conditions(namespace, conditions, now);
    to.add(
        "NamespaceDeletionDiscoveryFailure",
        false,
        "ResourcesDiscovered",
        "All resources successfully discovered");
    to.add(
        "NamespaceDeletionGroupVersionParsingFailure",
        false,
        "ParsedGroupVersions",
        "All legacy kube types successfully parsed");
    boolean failed = !progress.failures().isEmpty();
    to.add(
        "NamespaceDeletionContentFailure",
        failed,
        failed ? "ContentDeletionFailed" : "ContentDeleted",
        failed
            ? "Failed to delete all resource types, %d remaining: %s"
                .formatted(progress.failures().size(), String.join(", ", progress.failures()))
            : "All content successfully deleted, may be waiting on finalization");
    boolean content = !progress.remaining().isEmpty();
    to.add(
        "NamespaceContentRemaining",
        content,
        content ? "SomeResourcesRemain" : "ContentRemoved",
        content
            ? "Some resources are remaining: "
                + join(progress.remaining(), "%s has %d resource instances")
            : "All content successfully removed");
    boolean waits = !progress.finalizers().isEmpty();
    to.add(
        "NamespaceFinalizersRemaining",
        waits,
        waits ? "SomeFinalizersRemain" : "ContentHasNoFinalizers",
        waits
            ? "Some content in the namespace has finalizers remaining: "
                + join(progress.finalizers(), "%s in %d resource instances")
            : "All content-preserving finalizers finished");
    status.set("conditions", conditions);
    return status;
  }

  private static String join(Map<String, Integer> counts, String each) {
    return counts.entrySet().stream()
        .map(entry -> each.formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private record Conditions(Document namespace, ArrayNode to, Instant now) {
    void add(String type, boolean holds, String reason, String message) {
      String value = holds ? "True" : "False";
      to.addObject()
          .put("type", type)
          .put("status", value)
          .put("lastTransitionTime", since(type, value))
          .put("reason", reason)
          .put("message", message);
    }

    private String since(String type, String value) {
      for (JsonNode each : namespace.status().path("conditions")) {
        if (each.path("type").asText().equals(type) && each.path("status").asText().equals(value)) {
          return each.path("lastTransitionTime").asText();
        }
      }
      return now.truncatedTo(ChronoUnit.SECONDS).toString();
    }
  }
}
