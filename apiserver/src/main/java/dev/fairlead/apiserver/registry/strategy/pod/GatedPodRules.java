package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.Map;

/** A pod behind a scheduling gate may become choosier about its node (KEP-3838). */
final class GatedPodRules {
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String TERMS = "nodeSelectorTerms";

  private GatedPodRules() {}

  /** Checks what may change, and sets it back in {@code spec}, so that the rest can be compared. */
  static void validate(ObjectNode spec, JsonNode old, FieldPath path, Problems problems) {
    nodeSelector(spec, old, path.child("nodeSelector"), problems);
    JsonNode before = old.path("affinity").path("nodeAffinity");
    JsonNode now = spec.path("affinity").path("nodeAffinity");
    if (Trees.same(now, before)) {
      return;
    }
    terms(
        now.path(REQUIRED).path(TERMS),
        before.path(REQUIRED).path(TERMS),
        path.child("affinity.nodeAffinity").child(REQUIRED).child(TERMS),
        problems);
    ObjectNode affinity = Trees.child(spec, "affinity");
    Trees.take("nodeAffinity", old.path("affinity"), affinity);
    if (affinity.isEmpty() && !old.has("affinity")) {
      spec.remove("affinity");
    }
  }

  private static void nodeSelector(
      ObjectNode spec, JsonNode old, FieldPath path, Problems problems) {
    JsonNode now = spec.path("nodeSelector");
    for (Map.Entry<String, JsonNode> each : old.path("nodeSelector").properties()) {
      if (!each.getValue().equals(now.path(each.getKey()))) {
        problems.invalid(
            path,
            now,
            "only additions to spec.nodeSelector are allowed (no mutations or deletions)");
        break;
      }
    }
    Trees.take("nodeSelector", old, spec);
  }

  private static void terms(JsonNode now, JsonNode before, FieldPath path, Problems problems) {
    if (before.isEmpty()) {
      return;
    }
    if (now.size() != before.size()) {
      problems.invalid(
          path,
          now.isArray() ? now : now.isMissingNode() ? "null" : now,
          "no additions/deletions to non-empty NodeSelectorTerms list are allowed");
      return;
    }
    for (int i = 0; i < before.size(); i++) {
      if (!extended(now.get(i), before.get(i))) {
        problems.invalid(
            path.index(i), now.get(i), "only additions are allowed (no mutations or deletions)");
      }
    }
  }

  private static boolean extended(JsonNode now, JsonNode before) {
    JsonNode expressions = before.path("matchExpressions");
    JsonNode fields = before.path("matchFields");
    if (expressions.isEmpty() && fields.isEmpty()) {
      return now.path("matchExpressions").isEmpty() && now.path("matchFields").isEmpty();
    }
    return begins(now.path("matchExpressions"), expressions)
        && begins(now.path("matchFields"), fields);
  }

  private static boolean begins(JsonNode list, JsonNode start) {
    if (list.size() < start.size()) {
      return false;
    }
    if (start instanceof ArrayNode) {
      for (int i = 0; i < start.size(); i++) {
        if (!Trees.same(list.get(i), start.get(i))) {
          return false;
        }
      }
    }
    return true;
  }
}
