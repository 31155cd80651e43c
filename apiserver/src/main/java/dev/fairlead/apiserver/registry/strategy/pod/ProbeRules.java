package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.List;

/** What a probe must look like (upstream {@code validateProbe} and what is around it). */
final class ProbeRules {
  private static final List<String> NUMBERS =
      List.of(
          "initialDelaySeconds",
          "timeoutSeconds",
          "periodSeconds",
          "successThreshold",
          "failureThreshold");
  private static final String GRACE = "terminationGracePeriodSeconds";

  private ProbeRules() {}

  /**
   * Checks a probe.
   *
   * @param kind the field that it stands in
   */
  static void validate(JsonNode probe, String kind, FieldPath path, Problems problems) {
    HandlerRules.probe(probe, path, problems);
    for (String field : NUMBERS) {
      problems.notNegative(path.child(field), probe.path(field));
    }
    JsonNode grace = probe.path(GRACE);
    if (grace.isNumber() && grace.asLong() <= 0) {
      problems.invalid(path.child(GRACE), grace, "must be greater than 0");
    }
    if (kind.equals("readinessProbe")) {
      if (grace.isNumber()) {
        problems.invalid(path.child(GRACE), grace, "must not be set for readinessProbes");
      }
    } else if (probe.path("successThreshold").asInt(1) != 1) {
      problems.invalid(path.child("successThreshold"), probe.path("successThreshold"), "must be 1");
    }
  }
}
