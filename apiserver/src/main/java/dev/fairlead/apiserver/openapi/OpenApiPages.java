package dev.fairlead.apiserver.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.schema.Schema;
import dev.fairlead.apiserver.front.Answers;
import dev.fairlead.apiserver.front.Front;
import dev.fairlead.http.HttpExchange;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code /openapi/v2}, {@code /openapi/v3} and one v3 document per group and version, as JSON. Each
 * is built when first asked for, and kept.
 */
public final class OpenApiPages implements Front.Page {
  private static final String V2 = "/openapi/v2";
  private static final String V3 = "/openapi/v3";

  private final Schema schema;
  private final Map<String, byte[]> built = new ConcurrentHashMap<>();

  /** Documents over one schema. */
  public OpenApiPages(Schema schema) {
    this.schema = schema;
  }

  /** The paths served. */
  public List<String> paths() {
    return List.of(V2, V3);
  }

  @Override
  public boolean serves(String path) {
    return path.equals(V2) || path.equals(V3) || groups().containsKey(path);
  }

  @Override
  public void serve(HttpExchange exchange) throws IOException {
    String path = exchange.request().path();
    requireJson(exchange);
    byte[] document =
        path.equals(V3) ? Json.bytes(index()) : built.computeIfAbsent(path, this::build);
    Answers.bytes(exchange, 200, "application/json", document);
  }

  private static void requireJson(HttpExchange exchange) {
    List<String> accept = exchange.request().headers().getOrDefault("accept", List.of());
    boolean json =
        accept.isEmpty()
            || accept.stream().anyMatch(each -> each.contains("json") || each.contains("*/*"));
    if (!json) {
      throw new ApiException(
          406,
          "NotAcceptable",
          "only the following media types are accepted: application/json",
          null);
    }
  }

  private byte[] build(String path) {
    return Json.bytes(path.equals(V2) ? v2() : v3(groups().getOrDefault(path, List.of())));
  }

  private ObjectNode v2() {
    ObjectNode document = Json.object().put("swagger", "2.0");
    info(document);
    ObjectNode paths = document.putObject("paths");
    Kinds.ALL.forEach(type -> new OpenApiPaths(false).add(paths, type));
    document.set("definitions", new OpenApiTypes(schema, false).definitions(roots(Kinds.ALL)));
    return document;
  }

  private ObjectNode v3(List<ResourceType> types) {
    ObjectNode document = Json.object().put("openapi", "3.0.0");
    info(document);
    ObjectNode paths = document.putObject("paths");
    types.forEach(type -> new OpenApiPaths(true).add(paths, type));
    document
        .putObject("components")
        .set("schemas", new OpenApiTypes(schema, true).definitions(roots(types)));
    return document;
  }

  private ObjectNode index() {
    ObjectNode index = Json.object();
    ObjectNode paths = index.putObject("paths");
    for (String path : groups().keySet()) {
      String hash = hash(built.computeIfAbsent(path, this::build));
      paths
          .putObject(path.substring(V3.length() + 1))
          .put("serverRelativeURL", path + "?hash=" + hash);
    }
    return index;
  }

  private Set<String> roots(List<ResourceType> types) {
    Set<String> roots = new TreeSet<>();
    for (ResourceType type : types) {
      roots.add(schema.of(type).name());
      roots.add(schema.listOf(type).name());
    }
    return roots;
  }

  private static Map<String, List<ResourceType>> groups() {
    Map<String, List<ResourceType>> groups = new LinkedHashMap<>();
    for (ResourceType type : Kinds.ALL) {
      String path = V3 + type.groupPath();
      groups.computeIfAbsent(
          path,
          any ->
              Kinds.ALL.stream()
                  .filter(each -> each.groupPath().equals(type.groupPath()))
                  .toList());
    }
    return groups;
  }

  private static void info(ObjectNode document) {
    document.putObject("info").put("title", "Kubernetes").put("version", "v1.33.0");
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK knows SHA-512", e);
    }
  }
}
