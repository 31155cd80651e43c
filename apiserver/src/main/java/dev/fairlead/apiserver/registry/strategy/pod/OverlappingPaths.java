package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.apiserver.registry.Trees;
import java.util.ArrayList;
import java.util.List;

/**
 * Warnings about files of one volume that are in each other's way: the same path twice, or one
 * where another needs a folder (upstream {@code warningsForOverlappingVirtualPaths}).
 */
final class OverlappingPaths {

  /** A file, and what it comes from where a volume has several sources. */
  private record Source(String path, String name) {
    boolean overlaps(Source other) {
      return !path.isEmpty()
          && !other.path.isEmpty()
          && ((path + "/").startsWith(other.path + "/")
              || (other.path + "/").startsWith(path + "/"));
    }

    @Override
    public String toString() {
      return name.isEmpty() ? "\"%s\"".formatted(path) : "\"%s\" (%s)".formatted(path, name);
    }
  }

  private OverlappingPaths() {}

  static void of(JsonNode volumes, List<String> warnings) {
    for (JsonNode volume : volumes) {
      String name = Trees.text(volume, "name");
      JsonNode map = volume.path("configMap");
      overlaps(name, named("ConfigMap", map, "name"), items(map, ""), warnings);
      JsonNode secret = volume.path("secret");
      overlaps(name, named("Secret", secret, "secretName"), items(secret, ""), warnings);
      overlaps(name, "DownwardAPI", items(volume.path("downwardAPI"), ""), warnings);
      overlaps(name, "Projected", projected(name, volume.path("projected"), warnings), warnings);
    }
  }

  private static List<Source> projected(String volume, JsonNode projected, List<String> warnings) {
    List<Source> files = new ArrayList<>();
    for (JsonNode source : projected.path("sources")) {
      if (source.isEmpty()) {
        warnings.add("volume \"%s\" (Projected) has no sources provided".formatted(volume));
      }
      JsonNode map = source.path("configMap");
      files.addAll(items(map, named("ConfigMap", map, "name")));
      JsonNode secret = source.path("secret");
      files.addAll(items(secret, named("Secret", secret, "name")));
      files.addAll(items(source.path("downwardAPI"), "DownwardAPI"));
      if (source.has("serviceAccountToken")) {
        files.add(file(source.path("serviceAccountToken"), "ServiceAccountToken"));
      }
      JsonNode bundle = source.path("clusterTrustBundle");
      if (bundle.isObject()) {
        String by = bundle.has("name") ? "name" : "signerName";
        files.add(file(bundle, named("ClusterTrustBundle", bundle, by)));
      }
    }
    return files;
  }

  private static String named(String kind, JsonNode source, String field) {
    return "%s \"%s\"".formatted(kind, Trees.text(source, field));
  }

  private static List<Source> items(JsonNode source, String name) {
    return source.path("items").valueStream().map(item -> file(item, name)).toList();
  }

  private static Source file(JsonNode item, String name) {
    return new Source(Trees.text(item, "path").replaceFirst("/+$", ""), name);
  }

  private static void overlaps(
      String volume, String kind, List<Source> files, List<String> warnings) {
    for (int i = 0; i < files.size(); i++) {
      for (Source earlier : files.subList(0, i)) {
        if (files.get(i).overlaps(earlier)) {
          warnings.add(
              "volume \"%s\" (%s): overlapping paths: %s with %s"
                  .formatted(volume, kind, files.get(i), earlier));
        }
      }
    }
  }
}
