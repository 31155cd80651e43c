package dev.fairlead.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.codec.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the cluster into a kubeconfig file beside what stands there already, and takes it out again
 * (API: {@code client.config v1 Config}). Written to a new file that then takes the old one's
 * place, so a crash leaves one or the other.
 */
public record KubeconfigFile(Path path) {
  /** The name of our cluster, user and context. */
  public static final String NAME = "fairlead";

  private static final List<String> LISTS = List.of("clusters", "users", "contexts");

  /** What kubectl needs to reach the cluster. Certificates and key are PEM. */
  public record Access(String server, String caPem, String certificatePem, String keyPem) {}

  /** The file kubectl would write to: the first of {@code $KUBECONFIG}, else the usual one. */
  public static KubeconfigFile usual(Map<String, String> environment, Path userHome) {
    String listed = environment.getOrDefault("KUBECONFIG", "").split(":", 2)[0];
    return new KubeconfigFile(
        listed.isBlank() ? userHome.resolve(".kube").resolve("config") : Path.of(listed));
  }

  /** Adds or replaces our entries and makes our context the current one. */
  public void merge(Access access) throws IOException {
    ObjectNode config = read();
    remove(config);
    entry(config, "clusters")
        .putObject("cluster")
        .put("server", access.server())
        .put("certificate-authority-data", base64(access.caPem()));
    entry(config, "users")
        .putObject("user")
        .put("client-certificate-data", base64(access.certificatePem()))
        .put("client-key-data", base64(access.keyPem()));
    entry(config, "contexts").putObject("context").put("cluster", NAME).put("user", NAME);
    config.put("current-context", NAME);
    write(config);
  }

  /**
   * Reads our entries back.
   *
   * @throws Failure when there are none
   */
  public Access access() throws IOException {
    ObjectNode config = read();
    JsonNode cluster = find(config, "clusters").path("cluster");
    JsonNode user = find(config, "users").path("user");
    return new Access(
        cluster.path("server").asText(),
        pem(cluster.path("certificate-authority-data")),
        pem(user.path("client-certificate-data")),
        pem(user.path("client-key-data")));
  }

  private JsonNode find(ObjectNode config, String list) {
    for (JsonNode entry : config.path(list)) {
      if (entry.path("name").asText().equals(NAME)) {
        return entry;
      }
    }
    throw new Failure(path + " has no entry named " + NAME + " in " + list);
  }

  /** Takes our entries out; does nothing when there are none. */
  public void takeOut() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    ObjectNode config = read();
    if (remove(config)) {
      write(config);
    }
  }

  private ObjectNode read() throws IOException {
    try {
      byte[] text = Files.readAllBytes(path);
      JsonNode config = text.length == 0 ? Json.object() : Yaml.parse(text);
      if (config instanceof ObjectNode object) {
        return object;
      }
      throw new Failure(path + " is not a kubeconfig; move it away or use --kubeconfig FILE");
    } catch (NoSuchFileException e) {
      return Json.object().put("apiVersion", "v1").put("kind", "Config");
    } catch (dev.fairlead.api.ApiException e) {
      throw new Failure(
          "%s is not valid YAML (%s); mend it or use --kubeconfig FILE"
              .formatted(path, e.message()));
    }
  }

  private static boolean remove(ObjectNode config) {
    boolean changed = false;
    for (String list : LISTS) {
      if (config.path(list) instanceof ArrayNode entries) {
        for (Iterator<JsonNode> each = entries.iterator(); each.hasNext(); ) {
          if (each.next().path("name").asText().equals(NAME)) {
            each.remove();
            changed = true;
          }
        }
      }
    }
    if (config.path("current-context").asText().equals(NAME)) {
      config.put("current-context", "");
      changed = true;
    }
    return changed;
  }

  private static ObjectNode entry(ObjectNode config, String list) {
    ArrayNode entries =
        config.path(list) instanceof ArrayNode present ? present : config.putArray(list);
    return entries.addObject().put("name", NAME);
  }

  private void write(ObjectNode config) throws IOException {
    Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
    @Nullable Path folder = target.getParent();
    if (folder == null) {
      throw new Failure(path + " is not a file name");
    }
    Files.createDirectories(folder);
    Path fresh =
        Files.createTempFile(
            folder,
            ".kubeconfig",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.write(fresh, Yaml.text(config).getBytes(StandardCharsets.UTF_8));
      Files.move(
          fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static String pem(JsonNode base64) {
    return new String(Base64.getDecoder().decode(base64.asText()), StandardCharsets.US_ASCII);
  }

  private static String base64(String pem) {
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
  }
}
