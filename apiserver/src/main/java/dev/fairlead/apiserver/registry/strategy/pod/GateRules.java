package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.HashSet;
import java.util.Set;

/** What a pod waits for: before it is scheduled, before it is ready, and which claims it has. */
final class GateRules {
  private GateRules() {}

  static void readiness(JsonNode gates, FieldPath path, Problems problems) {
    for (int i = 0; i < gates.size(); i++) {
      problems.name(
          path.index(i).child("conditionType"),
          Trees.text(gates.get(i), "conditionType"),
          Names::qualifiedName);
    }
  }

  static void scheduling(JsonNode gates, FieldPath path, Problems problems) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < gates.size(); i++) {
      String name = Trees.text(gates.get(i), "name");
      problems.name(path.index(i), name, Names::qualifiedName);
      if (!seen.add(name)) {
        problems.duplicate(path.index(i), name);
      }
    }
  }

  static void claims(JsonNode claims, FieldPath path, Problems problems) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < claims.size(); i++) {
      JsonNode claim = claims.get(i);
      FieldPath at = path.index(i);
      String name = Trees.text(claim, "name");
      if (name.isEmpty()) {
        problems.required(at.child("name"));
      } else if (!names.add(name)) {
        problems.duplicate(at.child("name"), name);
      } else {
        problems.name(at.child("name"), name, Names::dnsLabel);
      }
      claim(claim, at, problems);
    }
  }

  private static void claim(JsonNode claim, FieldPath path, Problems problems) {
    boolean direct = claim.has("resourceClaimName");
    boolean template = claim.has("resourceClaimTemplateName");
    if (direct && template) {
      problems.invalid(
          path,
          claim,
          "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified");
    } else if (!direct && !template) {
      problems.invalid(
          path, claim, "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
    }
    for (String field : new String[] {"resourceClaimName", "resourceClaimTemplateName"}) {
      if (claim.has(field)) {
        problems.name(path.child(field), Trees.text(claim, field), Names::dnsSubdomain);
      }
    }
  }
}
