package dev.fairlead.api.quota;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import java.util.HashSet;
import java.util.Set;

/** Whether a quota is about an object: all of its scopes must fit; only pods fit any scope. */
public final class QuotaScopes {
  private QuotaScopes() {}

  /**
   * Whether the scopes of a quota fit.
   *
   * @param quotaSpec {@code spec} of a ResourceQuota
   */
  public static boolean match(JsonNode quotaSpec, ResourceType type, JsonNode object) {
    JsonNode scopes = quotaSpec.path("scopes");
    JsonNode expressions = quotaSpec.path("scopeSelector").path("matchExpressions");
    if (scopes.isEmpty() && expressions.isEmpty()) {
      return true;
    }
    if (!type.equals(Kinds.POD)) {
      return false;
    }
    JsonNode pod = object.path("spec");
    for (JsonNode scope : scopes) {
      if (!fits(scope.asText(), "Exists", Set.of(), pod)) {
        return false;
      }
    }
    for (JsonNode each : expressions) {
      Set<String> values = new HashSet<>();
      each.path("values").forEach(value -> values.add(value.asText()));
      if (!fits(each.path("scopeName").asText(), each.path("operator").asText(), values, pod)) {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(String scope, String operator, Set<String> values, JsonNode pod) {
    return switch (scope) {
      case "Terminating" -> terminating(pod);
      case "NotTerminating" -> !terminating(pod);
      case "BestEffort" -> bestEffort(pod);
      case "NotBestEffort" -> !bestEffort(pod);
      case "PriorityClass" -> priority(operator, values, pod.path("priorityClassName").asText(""));
      case "CrossNamespacePodAffinity" -> crossesNamespaces(pod.path("affinity"));
      default -> false;
    };
  }

  private static boolean bestEffort(JsonNode pod) {
    return QosClass.of(pod).equals(QosClass.BEST_EFFORT);
  }

  private static boolean priority(String operator, Set<String> values, String name) {
    return switch (operator) {
      case "In" -> values.contains(name);
      case "NotIn" -> !values.contains(name);
      case "Exists" -> !name.isEmpty();
      case "DoesNotExist" -> name.isEmpty();
      default -> false;
    };
  }

  private static boolean terminating(JsonNode pod) {
    JsonNode seconds = pod.path("activeDeadlineSeconds");
    return seconds.isNumber() && seconds.asLong() >= 0;
  }

  private static boolean crossesNamespaces(JsonNode affinity) {
    for (String side : new String[] {"podAffinity", "podAntiAffinity"}) {
      JsonNode terms = affinity.path(side);
      for (JsonNode term : terms.path("requiredDuringSchedulingIgnoredDuringExecution")) {
        if (crosses(term)) {
          return true;
        }
      }
      for (JsonNode term : terms.path("preferredDuringSchedulingIgnoredDuringExecution")) {
        if (crosses(term.path("podAffinityTerm"))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean crosses(JsonNode term) {
    return !term.path("namespaces").isEmpty() || term.has("namespaceSelector");
  }
}
