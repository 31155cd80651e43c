package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Warnings about kinds of volumes that upstream gave up, and files that hide the token. */
final class VolumeWarnings {
  private record Old(String field, String shown, String why) {}

  private static final String SINCE_22 = "deprecated in v1.22, non-functional in v1.25+";
  private static final String SINCE_28 = "deprecated in v1.28, non-functional in v1.31+";
  private static final List<Old> GIVEN_UP =
      List.of(
          new Old(
              "photonPersistentDisk",
              "photonPersistentDisk",
              "deprecated in v1.11, non-functional in v1.16+"),
          new Old("gitRepo", "gitRepo", "deprecated in v1.11, and disabled by default in v1.33+"),
          new Old("scaleIO", "scaleIO", "deprecated in v1.16, non-functional in v1.22+"),
          new Old("flocker", "flocker", SINCE_22),
          new Old("storageos", "storageOS", SINCE_22),
          new Old("quobyte", "quobyte", SINCE_22),
          new Old("glusterfs", "glusterfs", "deprecated in v1.25, non-functional in v1.26+"),
          new Old("cephfs", "cephfs", SINCE_28),
          new Old("rbd", "rbd", SINCE_28));

  private VolumeWarnings() {}

  static void of(JsonNode volumes, FieldPath path, List<String> warnings) {
    Set<String> tokens = new HashSet<>();
    for (int i = 0; i < volumes.size(); i++) {
      for (Old old : GIVEN_UP) {
        if (volumes.get(i).has(old.field())) {
          warnings.add("%s: %s".formatted(path.index(i).child(old.shown()), old.why()));
        }
      }
      for (JsonNode source : volumes.get(i).path("projected").path("sources")) {
        if (source.has("serviceAccountToken")) {
          tokens.add(Trees.text(source.path("serviceAccountToken"), "path"));
        }
      }
    }
    for (int i = 0; !tokens.isEmpty() && i < volumes.size(); i++) {
      for (JsonNode source : volumes.get(i).path("projected").path("sources")) {
        hidden(source, tokens, path.index(i).child("projected.sources"), warnings);
      }
    }
  }

  /** Upstream's paths: the kind without its number, and {@code secrets}. */
  private static void hidden(
      JsonNode source, Set<String> tokens, FieldPath path, List<String> warnings) {
    files(source.path("configMap"), tokens, path.child("configMap"), warnings);
    files(source.path("secret"), tokens, path.child("secrets"), warnings);
    files(source.path("downwardAPI"), tokens, path.child("downwardAPI"), warnings);
  }

  private static void files(
      JsonNode source, Set<String> tokens, FieldPath path, List<String> warnings) {
    for (int i = 0; i < source.path("items").size(); i++) {
      String file = Trees.text(source.path("items").get(i), "path");
      if (tokens.contains(file)) {
        warnings.add(
            "%s: has duplicated path with ServiceAccountToken \"%s\""
                .formatted(path.index(i), file));
      }
    }
  }
}
