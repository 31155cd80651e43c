package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import java.util.List;
import java.util.Map;

/** Warnings about labels of nodes that have newer names, and selectors that select nothing. */
final class SchedulingWarnings {
  private static final Map<String, String> OLD =
      Map.of(
          "beta.kubernetes.io/arch",
          "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
          "beta.kubernetes.io/os",
          "deprecated since v1.14; use \"kubernetes.io/os\" instead",
          "failure-domain.beta.kubernetes.io/region",
          "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
          "failure-domain.beta.kubernetes.io/zone",
          "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
          "beta.kubernetes.io/instance-type",
          "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead",
          "app.kubernetes.io/created-by",
          "deprecated since v1.9",
          "scheduler.alpha.kubernetes.io/preferAvoidPods",
          "deprecated since v1.22; use Taints and Tolerations instead",
          "node-role.kubernetes.io/master",
          "use \"node-role.kubernetes.io/control-plane\" instead");
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

  private SchedulingWarnings() {}

  static void of(JsonNode spec, FieldPath path, List<String> warnings) {
    for (String key : (Iterable<String>) () -> spec.path("nodeSelector").fieldNames()) {
      if (OLD.containsKey(key)) {
        warnings.add("%s: %s".formatted(path.child("nodeSelector").key(key), OLD.get(key)));
      }
    }
    JsonNode nodes = spec.path("affinity").path("nodeAffinity");
    FieldPath at = path.child("affinity.nodeAffinity");
    JsonNode terms = nodes.path(REQUIRED).path("nodeSelectorTerms");
    for (int i = 0; i < terms.size(); i++) {
      FieldPath term = at.child(REQUIRED).child("nodeSelectorTerms").index(i);
      expressions(terms.get(i), false, term, warnings);
    }
    JsonNode preferred = nodes.path(PREFERRED);
    for (int i = 0; i < preferred.size(); i++) {
      FieldPath term = at.child(PREFERRED).index(i).child("preference");
      expressions(preferred.get(i).path("preference"), true, term, warnings);
    }
    spread(
        spec.path("topologySpreadConstraints"), path.child("topologySpreadConstraints"), warnings);
  }

  /** Values that are no labels are refused in terms that must hold, and told of in others. */
  private static void expressions(
      JsonNode term, boolean values, FieldPath path, List<String> warnings) {
    JsonNode all = term.path("matchExpressions");
    for (int i = 0; i < all.size(); i++) {
      FieldPath at = path.child("matchExpressions").index(i);
      renamed(Trees.text(all.get(i), "key"), at.child("key"), warnings);
      for (int j = 0; values && j < all.get(i).path("values").size(); j++) {
        String value = all.get(i).path("values").get(j).asText();
        String where = at.child("values").index(j).toString();
        Names.labelValue(value)
            .forEach(why -> warnings.add("%s: %s is invalid, %s".formatted(where, value, why)));
      }
    }
  }

  private static void renamed(String key, FieldPath path, List<String> warnings) {
    if (OLD.containsKey(key)) {
      warnings.add("%s: %s is %s".formatted(path, key, OLD.get(key)));
    }
  }

  private static void spread(JsonNode constraints, FieldPath path, List<String> warnings) {
    for (int i = 0; i < constraints.size(); i++) {
      renamed(
          Trees.text(constraints.get(i), "topologyKey"),
          path.index(i).child("topologyKey"),
          warnings);
      if (!constraints.get(i).has("labelSelector")) {
        warnings.add(
            path.index(i).child("labelSelector")
                + ": a null labelSelector results in matching no pod");
      }
    }
  }
}
