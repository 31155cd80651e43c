package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.Defaults;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.IpWarnings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** NetworkPolicies: stored and checked; nothing enforces them. */
final class NetworkPolicyStrategy implements Strategy {
  @Override
  public ResourceType type() {
    return Kinds.NETWORK_POLICY;
  }

  @Override
  public void defaults(ObjectNode policy) {
    ObjectNode spec = Trees.child(policy, "spec");
    Defaults.object(spec, "podSelector");
    for (String rules : List.of("ingress", "egress")) {
      for (JsonNode rule : spec.path(rules)) {
        rule.path("ports").forEach(port -> Defaults.put((ObjectNode) port, "protocol", "TCP"));
      }
    }
    if (spec.path("policyTypes").isEmpty()) {
      ArrayNode types = spec.putArray("policyTypes").add("Ingress");
      if (!spec.path("egress").isEmpty()) {
        types.add("Egress");
      }
    }
  }

  @Override
  public boolean countsGeneration() {
    return true;
  }

  @Override
  public List<FieldError> validateCreate(Document policy) {
    return NetworkPolicyValidation.spec(policy.spec());
  }

  @Override
  public List<FieldError> validateUpdate(Document policy, Document old) {
    return Trees.same(policy.spec(), old.spec()) ? List.of() : validateCreate(policy);
  }

  @Override
  public List<String> warnings(Document policy, @Nullable Document old) {
    List<String> warnings = new ArrayList<>();
    warnings.add(
        "NetworkPolicy \"%s\" is stored but not enforced by this cluster".formatted(policy.name()));
    ranges(policy.spec(), "ingress", "from", warnings);
    ranges(policy.spec(), "egress", "to", warnings);
    return warnings;
  }

  private static void ranges(JsonNode spec, String rules, String peers, List<String> warnings) {
    for (int i = 0; i < spec.path(rules).size(); i++) {
      JsonNode list = spec.path(rules).get(i).path(peers);
      FieldPath path = FieldPath.of("spec").child(rules).index(i).child(peers);
      for (int j = 0; j < list.size(); j++) {
        JsonNode block = list.get(j).path("ipBlock");
        FieldPath at = path.index(j).child("ipBlock");
        IpWarnings.range(Trees.text(block, "cidr"), at.child("cidr"), warnings);
        IpWarnings.ranges(block.path("except"), at.child("except"), warnings);
      }
    }
  }
}
