package dev.fairlead.apiserver.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.schema.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The documents, by path. Each is built when first asked for, and kept compressed. */
final class OpenApiDocuments {
  static final String V2 = "/openapi/v2";

  /** The index of the documents of version 3, below which they are. */
  static final String V3 = "/openapi/v3";

  private final Schema schema;
  private final Map<String, List<ResourceType>> groups = groups();
  private final Map<Key, PackedDocument> built = new ConcurrentHashMap<>();

  private record Key(String path, DocumentFormat format) {}

  OpenApiDocuments(Schema schema) {
    this.schema = schema;
  }

  boolean has(String path) {
    return path.equals(V2) || path.equals(V3) || isGroup(path);
  }

  /** Whether it is the path of one group and version. */
  boolean isGroup(String path) {
    return groups.containsKey(path);
  }

  /** The formats of a document, the one for those who do not care first. */
  List<DocumentFormat> formats(String path) {
    return switch (path) {
      case V2 -> List.of(DocumentFormat.JSON, DocumentFormat.PROTOBUF_V2);
      case V3 -> List.of(DocumentFormat.JSON);
      default -> List.of(DocumentFormat.JSON, DocumentFormat.PROTOBUF_V3);
    };
  }

  PackedDocument get(String path, DocumentFormat format) {
    if (path.equals(V3)) {
      return PackedDocument.of(format.encode(index()));
    }
    return built.computeIfAbsent(
        new Key(path, format), key -> PackedDocument.of(format.encode(tree(path))));
  }

  /** Where a document of one group is now, with the hash by which it may be kept. */
  String location(String path) {
    return path + "?hash=" + get(path, DocumentFormat.JSON).hash();
  }

  private ObjectNode tree(String path) {
    return path.equals(V2) ? v2() : v3(groups.getOrDefault(path, List.of()));
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

  private ObjectNode index() {
    ObjectNode index = Json.object();
    ObjectNode paths = index.putObject("paths");
    for (String path : groups.keySet()) {
      paths.putObject(path.substring(V3.length() + 1)).put("serverRelativeURL", location(path));
    }
    return index;
  }

  private static void paths(ObjectNode document, Dialect dialect, List<ResourceType> types) {
    OpenApiPaths paths = new OpenApiPaths(dialect, document.putObject("paths"));
    types.forEach(paths::addDiscovery);
    types.forEach(paths::add);
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
