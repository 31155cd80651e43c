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
import java.util.List;

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
  public List<String> warnings(Document policy) {
    return List.of(
        "NetworkPolicy \"%s\" is stored but not enforced by this cluster".formatted(policy.name()));
  }
}
