package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import java.util.List;

/** Warnings about volumes: kinds that upstream gave up, fractions of a byte, files in the way. */
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
    for (int i = 0; i < volumes.size(); i++) {
      JsonNode volume = volumes.get(i);
      for (Old old : GIVEN_UP) {
        if (volume.has(old.field())) {
          warnings.add("%s: %s".formatted(path.index(i).child(old.shown()), old.why()));
        }
      }
      JsonNode claim = volume.path("ephemeral").path("volumeClaimTemplate").path("spec");
      claim(claim, path.index(i).child("ephemeral.volumeClaimTemplate.spec"), warnings);
    }
    OverlappingPaths.of(volumes, warnings);
  }

  private static void claim(JsonNode claim, FieldPath path, List<String> warnings) {
    for (String list : List.of("requests", "limits")) {
      JsonNode amounts = claim.path("resources").path(list);
      ContainerWarnings.fraction(amounts, "storage", path.child("resources").child(list), warnings);
    }
  }
}
