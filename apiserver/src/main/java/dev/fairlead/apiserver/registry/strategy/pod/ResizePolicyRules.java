package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a change of a container's resources would do (upstream {@code validateResizePolicy}). */
final class ResizePolicyRules {
  private static final List<String> RESOURCES = List.of("cpu", "memory");
  private static final List<String> POLICIES = List.of("NotRequired", "RestartContainer");

  private ResizePolicyRules() {}

  static void validate(
      JsonNode policies, String podRestartPolicy, FieldPath path, Problems problems) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < policies.size(); i++) {
      String resource = Trees.text(policies.get(i), "resourceName");
      String policy = Trees.text(policies.get(i), "restartPolicy");
      if (!seen.add(resource)) {
        problems.duplicate(path.index(i), resource);
      }
      problems.requireOneOf(path, resource, RESOURCES);
      problems.requireOneOf(path, policy, POLICIES);
      if (podRestartPolicy.equals("Never") && !policy.equals("NotRequired")) {
        problems.invalid(path, policy, "must be 'NotRequired' when `restartPolicy` is 'Never'");
      }
    }
  }
}
