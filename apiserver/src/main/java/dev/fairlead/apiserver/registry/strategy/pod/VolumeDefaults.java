package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.Defaults;

/** Defaults of one volume. */
final class VolumeDefaults {
  private static final int MODE = 0644;
  private static final int TOKEN_SECONDS = 3600;

  private VolumeDefaults() {}

  static void apply(ObjectNode volume) {
    if (volume.size() == 1 && volume.has("name")) {
      Trees.child(volume, "emptyDir");
    }
    for (String source : new String[] {"secret", "configMap", "projected", "downwardAPI"}) {
      if (volume.get(source) instanceof ObjectNode known) {
        Defaults.put(known, "defaultMode", MODE);
      }
    }
    if (volume.get("hostPath") instanceof ObjectNode path) {
      Defaults.put(path, "type", "");
    }
    if (volume.get("image") instanceof ObjectNode image) {
      String reference = Trees.text(image, "reference");
      Defaults.put(image, "pullPolicy", ContainerDefaults.pullPolicy(reference));
    }
    files(volume.path("downwardAPI"));
    volume.path("projected").path("sources").forEach(VolumeDefaults::projection);
    claim(volume.path("ephemeral").path("volumeClaimTemplate").path("spec"));
    network(volume);
  }

  private static void projection(JsonNode source) {
    files(source.path("downwardAPI"));
    if (source.get("serviceAccountToken") instanceof ObjectNode token) {
      Defaults.put(token, "expirationSeconds", TOKEN_SECONDS);
    }
  }

  private static void files(JsonNode source) {
    source.path("items").forEach(DownwardDefaults::apply);
  }

  private static void claim(JsonNode spec) {
    if (spec instanceof ObjectNode known) {
      Defaults.put(known, "volumeMode", "Filesystem");
    }
  }

  private static void network(ObjectNode volume) {
    if (volume.get("iscsi") instanceof ObjectNode iscsi) {
      Defaults.put(iscsi, "iscsiInterface", "default");
    }
    if (volume.get("rbd") instanceof ObjectNode rbd) {
      Defaults.put(rbd, "pool", "rbd");
      Defaults.put(rbd, "user", "admin");
      Defaults.put(rbd, "keyring", "/etc/ceph/keyring");
    }
    if (volume.get("azureDisk") instanceof ObjectNode disk) {
      Defaults.put(disk, "cachingMode", "ReadWrite");
      Defaults.put(disk, "kind", "Shared");
      Defaults.put(disk, "fsType", "ext4");
      Defaults.put(disk, "readOnly", false);
    }
    if (volume.get("scaleIO") instanceof ObjectNode disk) {
      Defaults.put(disk, "storageMode", "ThinProvisioned");
      Defaults.put(disk, "fsType", "xfs");
    }
  }
}
