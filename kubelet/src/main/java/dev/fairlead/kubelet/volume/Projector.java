package dev.fairlead.kubelet.volume;

import dev.fairlead.kubelet.environment.ConfigException;
import dev.fairlead.kubelet.environment.PodFacts;
import dev.fairlead.kubelet.volume.Projection.Facts;
import dev.fairlead.kubelet.volume.Projection.Item;
import dev.fairlead.kubelet.volume.Projection.Keys;
import dev.fairlead.kubelet.volume.Projection.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Computes the files of a projected volume. A later source wins where two name one file. */
final class Projector {
  private static final int MODE_WITH_GROUP = 0600;
  private static final int GROUP_READS = 0440;

  private final PodFacts facts;
  private final VolumeObjects objects;
  private final @Nullable Long fsGroup;

  /**
   * @param fsGroup the group that owns the files and may read them; null for none
   */
  Projector(PodFacts facts, VolumeObjects objects, @Nullable Long fsGroup) {
    this.facts = facts;
    this.objects = objects;
    this.fsGroup = fsGroup;
  }

  /** The files by their path in the volume. */
  Map<String, ProjectedFile> files(Volume.Source.Projected volume) throws VolumeException {
    Map<String, ProjectedFile> result = new TreeMap<>();
    Set<String> failures = new LinkedHashSet<>();
    for (Projection each : volume.projections()) {
      try {
        switch (each) {
          case Keys keys -> add(keys, volume.mode(), result);
          case Facts all -> add(all, volume.mode(), result);
          case Token token ->
              put(
                  result,
                  token.path(),
                  ProjectedFile.of(
                      objects.token(token), fsGroup == null ? volume.mode() : MODE_WITH_GROUP));
        }
      } catch (VolumeException e) {
        failures.add(e.message());
      }
    }
    if (!failures.isEmpty()) {
      throw new VolumeException(
          failures.size() == 1
              ? failures.iterator().next()
              : "[" + String.join(", ", failures) + "]");
    }
    return result;
  }

  private void add(Keys keys, int mode, Map<String, ProjectedFile> into) throws VolumeException {
    Map<String, byte[]> data = objects.data(keys.secret(), keys.name());
    if (data == null) {
      if (keys.optional()) {
        return;
      }
      throw new VolumeException(
          "%s \"%s\" not found".formatted(keys.secret() ? "secret" : "configmap", keys.name()));
    }
    if (keys.items().isEmpty()) {
      for (Map.Entry<String, byte[]> each : data.entrySet()) {
        put(into, each.getKey(), new ProjectedFile(each.getValue(), mode));
      }
      return;
    }
    for (Item item : keys.items()) {
      byte[] content = data.get(item.key());
      if (content != null) {
        Integer own = item.mode();
        put(into, item.path(), new ProjectedFile(content, own == null ? mode : own));
      } else if (!keys.optional()) {
        throw new VolumeException(
            (keys.secret()
                    ? "references non-existent secret key: "
                    : "configmap references non-existent config key: ")
                + item.key());
      }
    }
  }

  private void add(Facts all, int mode, Map<String, ProjectedFile> into) throws VolumeException {
    for (Projection.Fact each : all.files()) {
      try {
        Projection.ResourceOf resource = each.resource();
        String text =
            resource == null
                ? facts.field(each.field())
                : facts.resource(resource.container(), resource.resource(), resource.divisor());
        Integer own = each.mode();
        put(into, each.path(), ProjectedFile.of(sortedLines(text), own == null ? mode : own));
      } catch (ConfigException e) {
        throw new VolumeException(String.valueOf(e.getMessage()));
      }
    }
  }

  private void put(Map<String, ProjectedFile> into, String path, ProjectedFile file)
      throws VolumeException {
    List<String> names = Arrays.asList(path.split("/", -1));
    if (path.isEmpty() || path.startsWith("/") || path.startsWith("..") || names.contains("..")) {
      throw new VolumeException("invalid path: must be relative path: " + path);
    }
    into.put(
        clean(names),
        fsGroup == null ? file : new ProjectedFile(file.data(), file.mode() | GROUP_READS));
  }

  private static String clean(List<String> names) {
    List<String> kept = new ArrayList<>(names);
    kept.removeIf(each -> each.isEmpty() || each.equals("."));
    return String.join("/", kept);
  }

  private static String sortedLines(String text) {
    String[] lines = text.split("\n", -1);
    Arrays.sort(lines);
    return String.join("\n", lines);
  }
}
