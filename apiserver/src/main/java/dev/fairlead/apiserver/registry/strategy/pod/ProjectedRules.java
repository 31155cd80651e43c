package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A volume of several sources in one folder (upstream {@code validateProjectionSources}). */
final class ProjectedRules {
  private static final List<String> KINDS =
      List.of("secret", "configMap", "downwardAPI", "serviceAccountToken", "clusterTrustBundle");
  private static final long TOKEN_SECONDS_MIN = 600;
  private static final long TOKEN_SECONDS_MAX = 1L << 32;

  private ProjectedRules() {}

  static void validate(JsonNode volume, FieldPath path, Problems problems) {
    PathRules.mode(volume.path("defaultMode"), path.child("defaultMode"), problems);
    Set<String> files = new HashSet<>();
    for (int i = 0; i < volume.path("sources").size(); i++) {
      JsonNode source = volume.path("sources").get(i);
      FieldPath at = path.child("sources").index(i);
      one(source, path, at, files, problems);
      if (KINDS.stream().filter(source::has).count() > 1) {
        problems.forbidden(at, "may not specify more than 1 volume type per source");
      }
    }
  }

  private static void one(
      JsonNode source, FieldPath volume, FieldPath path, Set<String> files, Problems problems) {
    for (String kind : List.of("secret", "configMap")) {
      if (source.has(kind)) {
        keys(source.path(kind), volume, path.child(kind), files, problems);
      }
    }
    for (JsonNode file : source.path("downwardAPI").path("items")) {
      String name = Trees.text(file, "path");
      DownwardRules.file(file, path.child("downwardAPI"), problems);
      once(name, name, files, volume, problems);
    }
    if (source.has("serviceAccountToken")) {
      token(source.path("serviceAccountToken"), volume, path, problems);
    }
    if (source.has("clusterTrustBundle")) {
      FieldPath at = path.child("clusterTrustBundle");
      TrustBundleRules.validate(source.path("clusterTrustBundle"), at, problems);
      String name = Trees.text(source.path("clusterTrustBundle"), "path");
      once(name, name, files, volume, problems);
    }
  }

  private static void keys(
      JsonNode source, FieldPath volume, FieldPath path, Set<String> files, Problems problems) {
    VolumeSource.require(source, path, problems, "name");
    for (int i = 0; i < source.path("items").size(); i++) {
      JsonNode item = source.path("items").get(i);
      PathRules.keyToPath(item, path.child("items").index(i), problems);
      once(Trees.text(item, "path"), Trees.text(source, "name"), files, volume, problems);
    }
  }

  private static void once(
      String file, String shown, Set<String> files, FieldPath volume, Problems problems) {
    if (!file.isEmpty() && !files.add(file)) {
      problems.invalid(volume, shown, "conflicting duplicate paths");
    }
  }

  /** The token's path is reported at the volume, as upstream does. */
  private static void token(JsonNode token, FieldPath volume, FieldPath path, Problems problems) {
    JsonNode seconds = token.path("expirationSeconds");
    FieldPath at = path.child("serviceAccountToken.expirationSeconds");
    if (seconds.asLong(0) < TOKEN_SECONDS_MIN) {
      problems.invalid(at, seconds, "may not specify a duration less than 10 minutes");
    }
    if (seconds.asLong(0) > TOKEN_SECONDS_MAX) {
      problems.invalid(at, seconds, "may not specify a duration larger than 2^32 seconds");
    }
    String file = Trees.text(token, "path");
    if (file.isEmpty()) {
      problems.required(volume.child("path"));
    } else {
      PathRules.notReserved(file, volume.child("path"), problems);
    }
  }
}
