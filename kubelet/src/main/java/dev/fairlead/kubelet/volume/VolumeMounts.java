package dev.fairlead.kubelet.volume;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.view.Container;
import dev.fairlead.kubelet.environment.ConfigException;
import dev.fairlead.kubelet.environment.Expansion;
import dev.fairlead.kubelet.root.ContainerMount;
import dev.fairlead.kubelet.root.ContainerMount.Access;
import dev.fairlead.kubelet.runtime.PodSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a container sees of its pod's volumes (API: {@code volumeMounts}). */
public final class VolumeMounts {
  private static final Logger log = LoggerFactory.getLogger(VolumeMounts.class);

  private final PodVolumes volumes;
  private final PodSandbox sandbox;

  /**
   * @param sandbox where the volumes are mounted
   */
  public VolumeMounts(PodVolumes volumes, PodSandbox sandbox) {
    this.volumes = volumes;
    this.sandbox = sandbox;
  }

  /**
   * The mounts of a container.
   *
   * @param env its variables, for {@code subPathExpr}
   * @throws ConfigException with upstream's words when a part of a volume cannot be had
   */
  public List<ContainerMount> of(Container container, Map<String, String> env)
      throws ConfigException {
    List<ContainerMount> result = new ArrayList<>();
    for (JsonNode mount : container.volumeMounts()) {
      result.add(mount(container, mount, env));
    }
    return result;
  }

  private ContainerMount mount(Container container, JsonNode mount, Map<String, String> env)
      throws ConfigException {
    String name = mount.path("name").asText("");
    Path volume = volumes.path(name);
    if (volume == null) {
      throw new ConfigException(
          "cannot find volume \"%s\" to mount into container \"%s\""
              .formatted(name, container.name()));
    }
    String subPath = subPath(mount, env);
    Path source = subPath.isEmpty() ? volume : part(volume, subPath, container, name);
    return new ContainerMount(
        source,
        Path.of("/").resolve(mount.path("mountPath").asText("")),
        access(mount, name),
        mount.path("mountPropagation").asText("").equals("HostToContainer"));
  }

  private Access access(JsonNode mount, String volume) {
    if (!mount.path("readOnly").asBoolean(false) && !volumes.readOnly(volume)) {
      return Access.READ_WRITE;
    }
    return switch (mount.path("recursiveReadOnly").asText("")) {
      case "Enabled", "IfPossible" -> Access.RECURSIVELY_READ_ONLY;
      default -> Access.READ_ONLY;
    };
  }

  /** Checked as upstream does, whose messages say {@code SubPath} for both fields. */
  static String subPath(JsonNode mount, Map<String, String> env) throws ConfigException {
    String text = mount.path("subPath").asText("");
    String expression = mount.path("subPathExpr").asText("");
    if (!expression.isEmpty()) {
      List<String> missing = new ArrayList<>();
      text =
          Expansion.expand(
              expression,
              variable -> {
                if (!env.containsKey(variable)) {
                  missing.add(variable);
                }
                return env.get(variable);
              });
      if (!missing.isEmpty()) {
        throw new ConfigException("missing value for \"%s\"".formatted(missing.getFirst()));
      }
    }
    if (text.startsWith("/")) {
      throw new ConfigException("error SubPath `%s` must not be an absolute path".formatted(text));
    }
    if (Arrays.asList(text.split("/", -1)).contains("..")) {
      throw new ConfigException(
          "unable to provision SubPath `%s`: must not contain '..'".formatted(text));
    }
    return text;
  }

  /** Makes the part when it is missing; never leaves the volume by way of a link. */
  private Path part(Path volume, String subPath, Container container, String name)
      throws ConfigException {
    try {
      return sandbox.call(() -> {
        Path root = volume.toRealPath();
        Path part = volume.resolve(subPath);
        if (!Files.exists(part)) {
          inside(root, deepestExisting(volume, subPath).toRealPath());
          Files.createDirectories(part);
        }
        return inside(root, part.toRealPath());
      });
    } catch (IOException e) {
      // Told to nobody else: it may say things about the machine.
      log.warn("subPath {} of volume {}: {}", subPath, name, e.getMessage());
      throw new ConfigException(
          "failed to prepare subPath for volumeMount \"%s\" of container \"%s\""
              .formatted(name, container.name()));
    }
  }

  private static Path deepestExisting(Path volume, String subPath) {
    Path deepest = volume;
    for (Path name : Path.of(subPath)) {
      if (!Files.exists(deepest.resolve(name))) {
        return deepest;
      }
      deepest = deepest.resolve(name);
    }
    return deepest;
  }

  private static Path inside(Path root, Path part) throws IOException {
    if (!part.startsWith(root)) {
      throw new IOException("%s is not within the volume %s".formatted(part, root));
    }
    return part;
  }
}
