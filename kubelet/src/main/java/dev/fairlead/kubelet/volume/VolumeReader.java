package dev.fairlead.kubelet.volume;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.quantity.Quantity;
import dev.fairlead.kubelet.volume.Volume.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code spec.volumes} of a pod. */
public final class VolumeReader {
  private static final int MODE_DEFAULT = 0644;
  private static final long TOKEN_SECONDS_DEFAULT = 3600;
  private static final Set<String> PROJECTIONS =
      Set.of("configMap", "secret", "downwardAPI", "serviceAccountToken");

  private VolumeReader() {}

  /** A part of a volume that this kubelet does not support; {@code field} is its whole path. */
  public record Refused(String volume, String field) {}

  /** The first part that is not supported; null when all are. */
  public static @Nullable Refused refused(JsonNode volumes) {
    for (int i = 0; i < volumes.size(); i++) {
      JsonNode volume = volumes.get(i);
      String path = "spec.volumes[%d]".formatted(i);
      String field = refusedField(volume, path);
      if (!field.isEmpty()) {
        return new Refused(volume.path("name").asText(), field);
      }
    }
    return null;
  }

  private static String refusedField(JsonNode volume, String path) {
    for (Map.Entry<String, JsonNode> field : volume.properties()) {
      switch (field.getKey()) {
        case "name", "hostPath", "configMap", "secret", "downwardAPI" -> {}
        case "emptyDir" -> {
          String medium = field.getValue().path("medium").asText("");
          if (!medium.isEmpty() && !medium.equals("Memory")) {
            return "%s.emptyDir.medium %s".formatted(path, medium);
          }
        }
        case "projected" -> {
          JsonNode sources = field.getValue().path("sources");
          for (int i = 0; i < sources.size(); i++) {
            for (Map.Entry<String, JsonNode> source : sources.get(i).properties()) {
              if (!PROJECTIONS.contains(source.getKey())) {
                return "%s.projected.sources[%d].%s".formatted(path, i, source.getKey());
              }
            }
          }
        }
        default -> {
          return path + "." + field.getKey();
        }
      }
    }
    return "";
  }

  /** All volumes; one without a source is an {@code emptyDir}, as upstream's defaults say. */
  public static List<Volume> read(JsonNode volumes) {
    List<Volume> result = new ArrayList<>(volumes.size());
    volumes.forEach(each -> result.add(new Volume(each.path("name").asText(""), source(each))));
    return List.copyOf(result);
  }

  private static Source source(JsonNode volume) {
    JsonNode path = volume.path("hostPath");
    if (path.isObject()) {
      return new Source.HostPath(path.path("path").asText(""), path.path("type").asText(""));
    }
    for (String kind : List.of("configMap", "secret", "downwardAPI")) {
      JsonNode source = volume.path(kind);
      if (source.isObject()) {
        return new Source.Projected(List.of(projection(kind, source)), mode(source));
      }
    }
    JsonNode projected = volume.path("projected");
    if (projected.isObject()) {
      return new Source.Projected(projections(projected.path("sources")), mode(projected));
    }
    JsonNode empty = volume.path("emptyDir");
    JsonNode limit = empty.path("sizeLimit");
    return new Source.EmptyDir(
        empty.path("medium").asText("").equals("Memory"),
        limit.isMissingNode() || limit.isNull() ? null : Quantity.parse(limit.asText()));
  }

  private static int mode(JsonNode source) {
    return source.path("defaultMode").asInt(MODE_DEFAULT);
  }

  private static List<Projection> projections(JsonNode sources) {
    List<Projection> result = new ArrayList<>(sources.size());
    sources.forEach(each ->
        each.properties().forEach(one -> result.add(projection(one.getKey(), one.getValue()))));
    return List.copyOf(result);
  }

  private static Projection projection(String kind, JsonNode source) {
    return switch (kind) {
      case "configMap" -> keys(false, source.path("name"), source);
      // A secret volume spells the name in its own way, a projected secret does not.
      case "secret" -> keys(true, source.path(source.has("name") ? "name" : "secretName"), source);
      case "serviceAccountToken" ->
          new Projection.Token(
              source.path("audience").asText(""),
              source.path("expirationSeconds").asLong(TOKEN_SECONDS_DEFAULT),
              source.path("path").asText(""));
      default -> facts(source.path("items"));
    };
  }

  private static Projection keys(boolean secret, JsonNode name, JsonNode source) {
    List<Projection.Item> items = new ArrayList<>();
    source
        .path("items")
        .forEach(each ->
            items.add(
                new Projection.Item(
                    each.path("key").asText(""), each.path("path").asText(""), ownMode(each))));
    return new Projection.Keys(
        secret, name.asText(""), source.path("optional").asBoolean(false), List.copyOf(items));
  }

  private static Projection facts(JsonNode items) {
    List<Projection.Fact> files = new ArrayList<>();
    for (JsonNode each : items) {
      JsonNode resource = each.path("resourceFieldRef");
      files.add(
          new Projection.Fact(
              each.path("path").asText(""),
              each.path("fieldRef").path("fieldPath").asText(""),
              resource.isObject()
                  ? new Projection.ResourceOf(
                      resource.path("containerName").asText(""),
                      resource.path("resource").asText(""),
                      resource.path("divisor").asText("0"))
                  : null,
              ownMode(each)));
    }
    return new Projection.Facts(List.copyOf(files));
  }

  private static @Nullable Integer ownMode(JsonNode item) {
    return item.path("mode").isNumber() ? Integer.valueOf(item.path("mode").asInt()) : null;
  }
}
