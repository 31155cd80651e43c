package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;

/** Paths of files, and their modes: nothing may lead out of where it belongs. */
final class PathRules {
  private static final int MODE_MAX = 0777;

  private PathRules() {}

  /** A path below some folder. */
  static void descending(String text, FieldPath path, Problems problems) {
    if (text.startsWith("/")) {
      problems.invalid(path, text, "must be a relative path");
    }
    noBacksteps(text, path, problems);
  }

  /** The same, where names that begin with two dots are the volume's own. */
  static void notReserved(String text, FieldPath path, Problems problems) {
    descending(text, path, problems);
    if (text.startsWith("..") && !text.startsWith("../")) {
      problems.invalid(path, text, "must not start with '..'");
    }
  }

  /** Any path without a step up. */
  static void noBacksteps(String text, FieldPath path, Problems problems) {
    if (stepsUp(text)) {
      problems.invalid(path, text, "must not contain '..'");
    }
  }

  static boolean stepsUp(String text) {
    return text.contains("..") && ("/" + text + "/").contains("/../");
  }

  static void mode(JsonNode mode, FieldPath path, Problems problems) {
    if (mode.isNumber() && (mode.asLong() < 0 || mode.asLong() > MODE_MAX)) {
      problems.invalid(path, mode, "must be a number between 0 and 0777 (octal), both inclusive");
    }
  }

  /** One item of a Secret or ConfigMap: which key becomes which file. */
  static void keyToPath(JsonNode item, FieldPath path, Problems problems) {
    String file = item.path("path").asText("");
    if (item.path("key").asText("").isEmpty()) {
      problems.required(path.child("key"));
    }
    if (file.isEmpty()) {
      problems.required(path.child("path"));
    }
    notReserved(file, path.child("path"), problems);
    mode(item.path("mode"), path.child("mode"), problems);
  }
}
