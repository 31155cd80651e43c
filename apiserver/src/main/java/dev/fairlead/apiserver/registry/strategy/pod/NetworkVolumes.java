package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.schema.Enumeration;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The kinds of volumes that come over a network, as far as they need more than some fields. */
final class NetworkVolumes {
  private static final Pattern IQN =
      Pattern.compile(".*iqn\\.\\d{4}-\\d{2}\\.([a-zA-Z0-9.-]+)(:[^,;*&$|\\s]+)$");
  private static final Pattern EUI = Pattern.compile("eui.[a-zA-Z0-9]{16}");
  private static final Pattern NAA = Pattern.compile("naa.[a-zA-Z0-9]{32}");
  private static final String PAIRS =
      "must be a host:port pair or multiple pairs separated by commas";

  /** What Go's {@code SplitHostPort} splits. */
  private static final Pattern PAIR = Pattern.compile("(\\[[^\\[\\]]*\\]|[^:\\[\\]]*):[^:\\[\\]]*");

  private static final String MANAGED_DISK =
      "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}";
  private static final String BLOB =
      "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd";
  private static final int DRIVER_NAME_MAX = 63;

  private NetworkVolumes() {}

  static void disk(JsonNode source, String id, FieldPath path, Problems problems) {
    VolumeSource.require(source, path, problems, id);
    JsonNode partition = source.path("partition");
    if (partition.asLong(0) < 0 || partition.asLong(0) > 255) {
      problems.invalid(path.child("partition"), partition, "must be between 1 and 255, inclusive");
    }
  }

  static void nfs(JsonNode source, FieldPath path, Problems problems) {
    VolumeSource.require(source, path, problems, "server", "path");
    String text = Trees.text(source, "path");
    if (!text.startsWith("/")) {
      problems.invalid(path.child("path"), text, "must be an absolute path");
    }
  }

  static void iscsi(JsonNode source, FieldPath path, Problems problems) {
    VolumeSource.require(source, path, problems, "targetPortal", "iqn");
    initiator(Trees.text(source, "iqn"), path.child("iqn"), problems);
    problems.range(path.child("lun"), source.path("lun"), 0, 255);
    boolean secret =
        source.path("chapAuthDiscovery").asBoolean() || source.path("chapAuthSession").asBoolean();
    if (secret && !source.has("secretRef")) {
      problems.required(path.child("secretRef"));
    }
    initiator(Trees.text(source, "initiatorName"), path.child("initiatorname"), problems);
  }

  private static void initiator(String name, FieldPath path, Problems problems) {
    if (name.isEmpty()) {
      return;
    }
    String start = name.substring(0, Math.min(3, name.length()));
    Pattern shape =
        switch (start) {
          case "iqn" -> IQN;
          case "eui" -> EUI;
          case "naa" -> NAA;
          default -> null;
        };
    if (shape == null) {
      problems.invalid(path, name, "must be valid format starting with iqn, eui, or naa");
    } else if (!shape.matcher(name).matches()) {
      problems.invalid(path, name, "must be valid format");
    }
  }

  static void flocker(JsonNode source, FieldPath path, Problems problems) {
    String name = Trees.text(source, "datasetName");
    boolean id = !Trees.text(source, "datasetUUID").isEmpty();
    if (name.isEmpty() && !id) {
      problems.required(path, "one of datasetName and datasetUUID is required");
    } else if (!name.isEmpty() && id) {
      problems.invalid(
          path, "resource", "datasetName and datasetUUID can not be specified simultaneously");
    }
    if (name.contains("/")) {
      problems.invalid(path.child("datasetName"), name, "must not contain '/'");
    }
  }

  static void cinder(JsonNode source, FieldPath path, Problems problems) {
    VolumeSource.require(source, path, problems, "volumeID");
    secretRef(source, path, problems);
  }

  private static void secretRef(JsonNode source, FieldPath path, Problems problems) {
    if (source.has("secretRef")) {
      VolumeSource.require(source.path("secretRef"), path.child("secretRef"), problems, "name");
    }
  }

  static void quobyte(JsonNode source, FieldPath path, Problems problems) {
    String registry = Trees.text(source, "registry");
    if (registry.isEmpty()) {
      problems.required(path.child("registry"), PAIRS);
    } else if (Trees.text(source, "tenant").length() >= 65) {
      problems.required(
          path.child("tenant"), "must be a UUID and may not exceed a length of 64 characters");
    } else {
      for (String pair : registry.split(",", -1)) {
        if (!PAIR.matcher(pair).matches()) {
          problems.invalid(path.child("registry"), registry, PAIRS);
        }
      }
    }
    VolumeSource.require(source, path, problems, "volume");
  }

  static void fc(JsonNode source, FieldPath path, Problems problems) {
    JsonNode targets = source.path("targetWWNs");
    boolean ids = !source.path("wwids").isEmpty();
    if (targets.isEmpty() && !ids) {
      problems.required(
          path.child("targetWWNs"), "must specify either targetWWNs or wwids, but not both");
    }
    if (!targets.isEmpty() && ids) {
      problems.invalid(
          path.child("targetWWNs"),
          targets,
          "targetWWNs and wwids can not be specified simultaneously");
    }
    if (!targets.isEmpty() && !source.has("lun")) {
      problems.required(path.child("lun"), "lun is required if targetWWNs is specified");
    } else if (!targets.isEmpty()) {
      problems.range(path.child("lun"), source.path("lun"), 0, 255);
    }
  }

  static void flex(JsonNode source, FieldPath path, Problems problems) {
    VolumeSource.require(source, path, problems, "driver");
    source
        .path("options")
        .fieldNames()
        .forEachRemaining(key -> {
          int slash = key.indexOf('/');
          String domain = "." + key.substring(0, slash < 0 ? key.length() : slash);
          String lower = domain.toLowerCase(Locale.ROOT);
          if (lower.endsWith(".kubernetes.io") || lower.endsWith(".k8s.io")) {
            problems.invalid(
                path.child("options").key(key),
                key,
                "kubernetes.io and k8s.io namespaces are reserved");
          }
        });
  }

  static void azureDisk(JsonNode source, FieldPath path, Problems problems) {
    VolumeSource.require(source, path, problems, "diskName", "diskURI");
    if (source.has("cachingMode")) {
      problems.oneOf(
          path.child("cachingMode"),
          Trees.text(source, "cachingMode"),
          Enumeration.valuesOf("AzureDataDiskCachingMode"));
    }
    if (source.has("kind")) {
      problems.oneOf(
          path.child("kind"),
          Trees.text(source, "kind"),
          Enumeration.valuesOf("AzureDataDiskKind"));
      boolean managed = Trees.text(source, "kind").equals("Managed");
      String uri = Trees.text(source, "diskURI");
      if (!uri.startsWith(managed ? "/subscriptions/" : "https://")) {
        problems.unsupported(path.child("diskURI"), uri, List.of(managed ? MANAGED_DISK : BLOB));
      }
    }
  }

  static void storageOs(JsonNode source, FieldPath path, Problems problems) {
    String name = Trees.text(source, "volumeName");
    if (name.isEmpty()) {
      problems.required(path.child("volumeName"));
    } else {
      problems.name(path.child("volumeName"), name, Names::dnsLabel);
    }
    secretRef(source, path, problems);
  }

  static void csi(JsonNode source, FieldPath path, Problems problems) {
    String driver = Trees.text(source, "driver");
    FieldPath at = path.child("driver");
    if (driver.isEmpty()) {
      problems.required(at);
    }
    if (driver.length() > DRIVER_NAME_MAX) {
      problems.add(dev.fairlead.api.FieldError.tooLong(at.toString(), DRIVER_NAME_MAX));
    }
    Names.dnsSubdomain(driver.toLowerCase(Locale.ROOT))
        .forEach(why -> problems.invalid(at, driver, why));
    if (source.has("nodePublishSecretRef")) {
      String secret = Trees.text(source.path("nodePublishSecretRef"), "name");
      if (secret.isEmpty()) {
        problems.required(path.child("nodePublishSecretRef.name"));
      } else {
        problems.name(path.child("name"), secret, Names::dnsSubdomain);
      }
    }
  }
}
