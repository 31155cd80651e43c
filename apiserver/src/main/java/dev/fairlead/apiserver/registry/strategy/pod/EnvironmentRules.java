package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.List;

/** A container's environment (upstream {@code ValidateEnv}, {@code ValidateEnvFrom}). */
final class EnvironmentRules {
  private static final String MANY = "may not have more than one field specified at a time";

  private EnvironmentRules() {}

  static void variables(JsonNode variables, FieldPath path, Problems problems) {
    for (int i = 0; i < variables.size(); i++) {
      JsonNode variable = variables.get(i);
      FieldPath at = path.index(i);
      String name = Trees.text(variable, "name");
      if (name.isEmpty()) {
        problems.required(at.child("name"));
      } else {
        problems.name(at.child("name"), name, Names::environmentName);
      }
      if (variable.has("valueFrom")) {
        from(variable, at.child("valueFrom"), problems);
      }
    }
  }

  private static void from(JsonNode variable, FieldPath path, Problems problems) {
    JsonNode from = variable.path("valueFrom");
    int sources = 0;
    if (from.has("fieldRef")) {
      sources++;
      DownwardRules.variable(from.path("fieldRef"), path.child("fieldRef"), problems);
    }
    if (from.has("resourceFieldRef")) {
      sources++;
      DownwardRules.resource(
          from.path("resourceFieldRef"), path.child("resourceFieldRef"), false, problems);
    }
    for (String kind : List.of("configMapKeyRef", "secretKeyRef")) {
      if (from.has(kind)) {
        sources++;
        key(from.path(kind), path.child(kind), problems);
      }
    }
    if (sources == 0) {
      problems.invalid(
          path,
          "",
          "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`");
    } else if (!Trees.text(variable, "value").isEmpty()) {
      problems.invalid(path, "", "may not be specified when `value` is not empty");
    } else if (sources > 1) {
      problems.invalid(path, "", MANY);
    }
  }

  private static void key(JsonNode ref, FieldPath path, Problems problems) {
    problems.name(path.child("name"), Trees.text(ref, "name"), Names::dnsSubdomain);
    String key = Trees.text(ref, "key");
    if (key.isEmpty()) {
      problems.required(path.child("key"));
    } else {
      problems.name(path.child("key"), key, Names::configMapKey);
    }
  }

  /** Whole maps; upstream reports a missing source at the list. */
  static void sources(JsonNode list, FieldPath path, Problems problems) {
    for (int i = 0; i < list.size(); i++) {
      JsonNode source = list.get(i);
      FieldPath at = path.index(i);
      String prefix = Trees.text(source, "prefix");
      if (!prefix.isEmpty()) {
        problems.name(at.child("prefix"), prefix, Names::environmentName);
      }
      int sources = 0;
      for (String kind : List.of("configMapRef", "secretRef")) {
        if (source.has(kind)) {
          sources++;
          reference(source.path(kind), at.child(kind).child("name"), problems);
        }
      }
      if (sources == 0) {
        problems.invalid(path, "", "must specify one of: `configMapRef` or `secretRef`");
      } else if (sources > 1) {
        problems.invalid(path, "", MANY);
      }
    }
  }

  private static void reference(JsonNode ref, FieldPath path, Problems problems) {
    String name = Trees.text(ref, "name");
    if (name.isEmpty()) {
      problems.required(path);
    } else {
      // Upstream lets these names end with a dash, as if something would be appended.
      String shown = name.endsWith("-") && name.length() > 1 ? name + "a" : name;
      Names.dnsSubdomain(shown).forEach(why -> problems.invalid(path, name, why));
    }
  }
}
