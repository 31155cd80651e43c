package dev.fairlead.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Yaml;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * Reads a kubeconfig file: clusters, users and contexts, with certificates inline or in files
 * beside it (API: {@code client.authentication v1 Config}). Exec plugins and auth providers are
 * refused.
 */
public final class Kubeconfig {
  private final Path folder;
  private final ObjectNode tree;

  private Kubeconfig(Path folder, ObjectNode tree) {
    this.folder = folder;
    this.tree = tree;
  }

  /**
   * Reads the settings of a context.
   *
   * @param context empty for the current one
   * @throws IOException when a file cannot be read
   * @throws IllegalArgumentException when something needed is missing, by name
   */
  public static ClientSettings read(Path file, String context) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Kubeconfig config =
        new Kubeconfig(
            folder == null ? Path.of("/") : folder, Yaml.parse(Files.readAllBytes(file)));
    String name = context.isEmpty() ? config.tree.path("current-context").asText("") : context;
    if (name.isEmpty()) {
      throw new IllegalArgumentException(file + ": current-context is not set");
    }
    return config.settings(config.named("contexts", "context", name));
  }

  private ClientSettings settings(JsonNode context) throws IOException {
    JsonNode cluster = named("clusters", "cluster", context.path("cluster").asText(""));
    JsonNode user = named("users", "user", context.path("user").asText(""));
    for (String refused : new String[] {"exec", "auth-provider", "username"}) {
      if (user.has(refused)) {
        throw new IllegalArgumentException(
            "kubeconfig: users[].user.%s is not supported; use a certificate or a token"
                .formatted(refused));
      }
    }
    if (cluster.path("insecure-skip-tls-verify").asBoolean(false)) {
      throw new IllegalArgumentException(
          "kubeconfig: clusters[].cluster.insecure-skip-tls-verify is not supported; give a CA");
    }
    String token = user.path("token").asText("");
    if (token.isEmpty() && user.has("tokenFile")) {
      token = file(user.path("tokenFile").asText()).strip();
    }
    return new ClientSettings(
        URI.create(cluster.path("server").asText()),
        pem(cluster, "certificate-authority"),
        pem(user, "client-certificate"),
        pem(user, "client-key"),
        token,
        context.path("namespace").asText("default"));
  }

  private JsonNode named(String list, String field, String name) {
    for (JsonNode entry : tree.path(list)) {
      if (entry.path("name").asText("").equals(name)) {
        return entry.path(field);
      }
    }
    throw new IllegalArgumentException(
        "kubeconfig: no entry named \"%s\" in %s".formatted(name, list));
  }

  private String pem(JsonNode node, String field) throws IOException {
    String data = node.path(field + "-data").asText("");
    if (!data.isEmpty()) {
      return new String(Base64.getMimeDecoder().decode(data), StandardCharsets.UTF_8);
    }
    String path = node.path(field).asText("");
    return path.isEmpty() ? "" : file(path);
  }

  private String file(String path) throws IOException {
    return Files.readString(folder.resolve(path));
  }
}
