package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.schema.Enumeration;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;

/** The profiles of seccomp and AppArmor: the node's default, none, or a file of the node. */
final class ProfileRules {
  private static final String FILE = "localhostProfile";
  private static final int FILE_BYTES_MAX = 4095;

  private ProfileRules() {}

  static void seccomp(JsonNode context, FieldPath of, Problems problems) {
    if (!context.has("seccompProfile")) {
      return;
    }
    JsonNode profile = context.path("seccompProfile");
    FieldPath path = of.child("seccompProfile");
    String type = Trees.text(profile, "type");
    if (type.isEmpty()) {
      problems.required(path.child("type"), "type is required when seccompProfile is set");
    } else {
      problems.oneOf(path.child("type"), type, Enumeration.valuesOf("SeccompProfileType"));
    }
    FieldPath file = path.child(FILE);
    if (!type.equals("Localhost")) {
      if (profile.has(FILE)) {
        problems.invalid(file, profile, "can only be set when seccomp type is Localhost");
      }
    } else if (!profile.has(FILE)) {
      problems.required(file, "must be set when seccomp type is Localhost");
    } else {
      PathRules.descending(Trees.text(profile, FILE), file, problems);
    }
  }

  static void appArmor(JsonNode context, FieldPath of, Problems problems) {
    if (!context.has("appArmorProfile")) {
      return;
    }
    JsonNode profile = context.path("appArmorProfile");
    FieldPath path = of.child("appArmorProfile");
    String type = Trees.text(profile, "type");
    FieldPath file = path.child(FILE);
    switch (type) {
      case "Localhost" -> appArmorFile(profile, file, problems);
      case "RuntimeDefault", "Unconfined" -> {
        if (profile.has(FILE)) {
          problems.invalid(
              file, profile.path(FILE), "can only be set when AppArmor type is Localhost");
        }
      }
      case "" ->
          problems.required(path.child("type"), "type is required when appArmorProfile is set");
      default ->
          problems.unsupported(
              path.child("type"), type, Enumeration.valuesOf("AppArmorProfileType"));
    }
  }

  private static void appArmorFile(JsonNode profile, FieldPath path, Problems problems) {
    String name = Trees.text(profile, FILE);
    if (!name.strip().equals(name)) {
      problems.invalid(path, name, "must not be padded with whitespace");
    } else if (name.isEmpty()) {
      problems.required(path, "must be set when AppArmor type is Localhost");
    }
    if (name.length() > FILE_BYTES_MAX) {
      problems.add(FieldError.tooLong(path.toString(), FILE_BYTES_MAX));
    }
  }
}
