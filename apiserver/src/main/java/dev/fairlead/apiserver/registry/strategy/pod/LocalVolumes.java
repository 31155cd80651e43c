package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.quantity.Quantity;
import dev.fairlead.api.schema.Enumeration;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.List;

/** The kinds of volumes that a node makes itself. */
final class LocalVolumes {
  private static final List<String> HOST_PATH_TYPES = Enumeration.valuesOf("HostPathType");
  static final List<String> PULL_POLICIES = Enumeration.valuesOf("PullPolicy");

  private LocalVolumes() {}

  static void emptyDir(JsonNode source, FieldPath path, Problems problems) {
    String limit = Trees.text(source, "sizeLimit");
    if (!limit.isEmpty() && Quantity.parse(limit).sign() < 0) {
      problems.forbidden(
          path.child("sizeLimit"), "SizeLimit field must be a valid resource quantity");
    }
  }

  static void hostPath(JsonNode source, FieldPath path, Problems problems) {
    String text = Trees.text(source, "path");
    if (text.isEmpty()) {
      problems.required(path.child("path"));
      return;
    }
    PathRules.noBacksteps(text, path.child("path"), problems);
    if (source.has("type")) {
      problems.oneOf(path.child("type"), Trees.text(source, "type"), HOST_PATH_TYPES);
    }
  }

  static void gitRepo(JsonNode source, FieldPath path, Problems problems) {
    VolumeSource.require(source, path, problems, "repository");
    PathRules.descending(Trees.text(source, "directory"), path.child("directory"), problems);
  }

  static void secret(JsonNode source, FieldPath path, Problems problems) {
    VolumeSource.require(source, path, problems, "secretName");
    items(source, path, problems);
  }

  static void configMap(JsonNode source, FieldPath path, Problems problems) {
    VolumeSource.require(source, path, problems, "name");
    items(source, path, problems);
  }

  private static void items(JsonNode source, FieldPath path, Problems problems) {
    PathRules.mode(source.path("defaultMode"), path.child("defaultMode"), problems);
    for (int i = 0; i < source.path("items").size(); i++) {
      PathRules.keyToPath(source.path("items").get(i), path.child("items").index(i), problems);
    }
  }

  static void downward(JsonNode source, FieldPath path, Problems problems) {
    PathRules.mode(source.path("defaultMode"), path.child("defaultMode"), problems);
    for (JsonNode file : source.path("items")) {
      DownwardRules.file(file, path, problems);
    }
  }

  /** An image may be named later, where a template becomes a pod. */
  static void image(JsonNode source, FieldPath path, Problems problems) {
    problems.requireOneOf(
        path.child("pullPolicy"), Trees.text(source, "pullPolicy"), PULL_POLICIES);
  }
}
