package dev.fairlead.apiserver.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.schema.Schema;
import dev.fairlead.apiserver.front.Answers;
import dev.fairlead.apiserver.front.Compression;
import dev.fairlead.apiserver.front.Front;
import dev.fairlead.apiserver.front.MediaType;
import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpExchange.Header;
import dev.fairlead.http.HttpRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code /openapi/v2}, as JSON or protobuf, {@code /openapi/v3}, and one v3 document per group and
 * version, as JSON. Each is built when first asked for, and kept compressed.
 */
public final class OpenApiPages implements Front.Page {
  private static final String V2 = "/openapi/v2";
  private static final String V3 = "/openapi/v3";
  private static final String JSON = "application/json";
  private static final String PROTOBUF =
      "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

  /** What kubectl asks for. As the type of an answer it would not be well-formed. */
  private static final String PROTOBUF_OLD =
      "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

  private final Schema schema;
  private final Map<Key, PackedDocument> built = new ConcurrentHashMap<>();

  private record Key(String path, String mediaType) {}

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
    String mediaType = negotiate(exchange.request());
    if (path.equals(V3)) {
      Answers.json(exchange, index());
      return;
    }
    answer(exchange, mediaType, document(new Key(path, mediaType)));
  }

  private static void answer(HttpExchange exchange, String mediaType, PackedDocument document)
      throws IOException {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Cache-Control", "no-cache, private"));
    headers.add(new Header("Etag", document.tag()));
    headers.add(new Header("Vary", "Accept, Accept-Encoding"));
    if (document.tag().equals(exchange.request().header("if-none-match"))) {
      exchange.respond(304, headers, new byte[0]);
      return;
    }
    headers.add(new Header("Content-Type", mediaType));
    if (Compression.isWanted(exchange.request())) {
      headers.add(new Header("Content-Encoding", "gzip"));
      exchange.respond(200, headers, document.gzip());
    } else {
      exchange.respond(200, headers, document.plain());
    }
  }

  private static String negotiate(HttpRequest request) {
    List<String> accept = request.headers().getOrDefault("accept", List.of());
    boolean v2 = request.path().equals(V2);
    for (MediaType each : MediaType.accepted(accept)) {
      if (each.isJson()) {
        return JSON;
      }
      if (v2 && (each.name().equals(PROTOBUF) || each.name().equals(PROTOBUF_OLD))) {
        return PROTOBUF;
      }
    }
    throw new ApiException(
        406,
        "NotAcceptable",
        "only the following media types are accepted: " + (v2 ? JSON + ", " + PROTOBUF : JSON),
        null);
  }

  private PackedDocument document(Key key) {
    return built.computeIfAbsent(key, this::build);
  }

  private PackedDocument build(Key key) {
    ObjectNode tree =
        key.path().equals(V2) ? v2() : v3(groups().getOrDefault(key.path(), List.of()));
    return PackedDocument.of(
        key.mediaType().equals(PROTOBUF) ? DocumentEncoder.encode(tree) : Json.bytes(tree));
  }

  ObjectNode v2() {
    ObjectNode document = Json.object().put("swagger", "2.0");
    info(document);
    paths(document, Dialect.V2, Kinds.SERVED);
    document.set("definitions", new OpenApiTypes(schema, Dialect.V2).definitions(Kinds.SERVED));
    return document;
  }

  ObjectNode v3(List<ResourceType> types) {
    ObjectNode document = Json.object().put("openapi", "3.0.0");
    info(document);
    paths(document, Dialect.V3, types);
    document
        .putObject("components")
        .set("schemas", new OpenApiTypes(schema, Dialect.V3).definitions(types));
    return document;
  }

  private static void paths(ObjectNode document, Dialect dialect, List<ResourceType> types) {
    OpenApiPaths paths = new OpenApiPaths(dialect, document.putObject("paths"));
    types.forEach(paths::addDiscovery);
    types.forEach(paths::add);
  }

  private ObjectNode index() {
    ObjectNode index = Json.object();
    ObjectNode paths = index.putObject("paths");
    for (String path : groups().keySet()) {
      String hash = document(new Key(path, JSON)).hash();
      paths
          .putObject(path.substring(V3.length() + 1))
          .put("serverRelativeURL", path + "?hash=" + hash);
    }
    return index;
  }

  static Map<String, List<ResourceType>> groups() {
    Map<String, List<ResourceType>> groups = new LinkedHashMap<>();
    for (ResourceType type : Kinds.SERVED) {
      String path = V3 + type.groupPath();
      groups.computeIfAbsent(
          path,
          any ->
              Kinds.SERVED.stream()
                  .filter(each -> each.groupPath().equals(type.groupPath()))
                  .toList());
    }
    return groups;
  }

  private static void info(ObjectNode document) {
    document.putObject("info").put("title", "Kubernetes").put("version", "v1.33.0");
  }
}
