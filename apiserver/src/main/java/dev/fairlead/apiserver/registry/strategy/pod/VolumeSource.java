package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.List;

/**
 * One kind of volume: where it stands and what it must say. All of upstream's kinds are stored,
 * whatever the kubelet makes of them.
 *
 * @param field the field of the volume
 * @param twice what upstream calls the field when it is one too many
 * @param shown what upstream calls the field when something below it is wrong
 */
record VolumeSource(String field, String twice, String shown, Check check) {

  /** The rules of one kind. */
  @FunctionalInterface
  interface Check {
    void check(JsonNode source, FieldPath path, Problems problems);
  }

  /** Every kind, in upstream's order. */
  static final List<VolumeSource> ALL =
      List.of(
          of("emptyDir", LocalVolumes::emptyDir),
          of("hostPath", LocalVolumes::hostPath),
          of("gitRepo", LocalVolumes::gitRepo),
          new VolumeSource(
              "gcePersistentDisk",
              "gcePersistentDisk",
              "persistentDisk",
              (disk, path, problems) -> NetworkVolumes.disk(disk, "pdName", path, problems)),
          of(
              "awsElasticBlockStore",
              (disk, path, problems) -> NetworkVolumes.disk(disk, "volumeID", path, problems)),
          of("secret", LocalVolumes::secret),
          of("nfs", NetworkVolumes::nfs),
          of("iscsi", NetworkVolumes::iscsi),
          of("glusterfs", needs("endpoints", "path")),
          of("flocker", NetworkVolumes::flocker),
          of("persistentVolumeClaim", needs("claimName")),
          of("rbd", needs("monitors", "image")),
          of("cinder", NetworkVolumes::cinder),
          new VolumeSource("cephfs", "cephFS", "cephfs", needs("monitors")),
          of("quobyte", NetworkVolumes::quobyte),
          new VolumeSource("downwardAPI", "downwarAPI", "downwardAPI", LocalVolumes::downward),
          of("fc", NetworkVolumes::fc),
          of("flexVolume", NetworkVolumes::flex),
          of("configMap", LocalVolumes::configMap),
          of("azureFile", needs("secretName", "shareName")),
          of("vsphereVolume", needs("volumePath")),
          of("photonPersistentDisk", needs("pdID")),
          of("portworxVolume", needs("volumeID")),
          of("azureDisk", NetworkVolumes::azureDisk),
          of("storageos", NetworkVolumes::storageOs),
          of("projected", ProjectedRules::validate),
          of("scaleIO", needs("gateway", "system", "volumeName")),
          of("csi", NetworkVolumes::csi),
          of("ephemeral", ClaimTemplateRules::ephemeral),
          of("image", LocalVolumes::image));

  private static VolumeSource of(String field, Check check) {
    return new VolumeSource(field, field, field, check);
  }

  /** A kind that only needs these fields, texts or lists. */
  private static Check needs(String... fields) {
    return (source, path, problems) -> require(source, path, problems, fields);
  }

  static void require(JsonNode source, FieldPath path, Problems problems, String... fields) {
    for (String field : fields) {
      if (Trees.text(source, field).isEmpty() && source.path(field).isEmpty()) {
        problems.required(path.child(field));
      }
    }
  }
}
