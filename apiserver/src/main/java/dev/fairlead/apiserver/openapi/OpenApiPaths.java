package dev.fairlead.apiserver.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.codec.Json;
import java.util.List;
import java.util.Map;

/**
 * The paths of a kind as OpenAPI describes them: enough for clients that look up which kind and
 * action stand behind a path, and which query parameters it takes.
 */
final class OpenApiPaths {
  private static final Map<String, String> ACTIONS =
      Map.of("get", "get", "put", "put", "patch", "patch", "delete", "delete");
  private static final List<String> WRITES = List.of("post", "put", "patch");

  private final boolean v3;

  OpenApiPaths(boolean v3) {
    this.v3 = v3;
  }

  void add(ObjectNode paths, ResourceType type) {
    String collection =
        type.groupPath() + (type.namespaced() ? "/namespaces/{namespace}/" : "/") + type.plural();
    ObjectNode all = path(paths, collection, type, false);
    if (Kinds.REVIEWS.contains(type)) {
      operation(all, "post", "post", type, type.kind());
      return;
    }
    operation(all, "get", "list", type, type.kind());
    operation(all, "post", "post", type, type.kind());
    operation(all, "delete", "deletecollection", type, type.kind());
    if (type.namespaced()) {
      ObjectNode everywhere = Json.object();
      operation(everywhere, "get", "list", type, type.kind());
      paths.set(type.groupPath() + "/" + type.plural(), everywhere);
    }
    ObjectNode one = path(paths, collection + "/{name}", type, true);
    ACTIONS.forEach((method, action) -> operation(one, method, action, type, type.kind()));
    for (String subresource : type.subresources()) {
      ObjectNode sub = path(paths, collection + "/{name}/" + subresource, type, true);
      switch (subresource) {
        case "log" -> operation(sub, "get", "get", type, type.kind());
        case "portforward", "exec", "attach" -> {
          operation(sub, "get", "connect", type, type.kind());
          operation(sub, "post", "connect", type, type.kind());
        }
        case "token" -> operation(sub, "post", "post", type, "TokenRequest");
        case "eviction" -> operation(sub, "post", "post", type, "Eviction");
        case "binding" -> operation(sub, "post", "post", type, "Binding");
        default -> {
          operation(sub, "get", "get", type, type.kind());
          operation(sub, "put", "put", type, type.kind());
          operation(sub, "patch", "patch", type, type.kind());
        }
      }
    }
  }

  private ObjectNode path(ObjectNode paths, String path, ResourceType type, boolean named) {
    ObjectNode node = paths.putObject(path);
    if (named) {
      parameter(node, "name", "path", true);
    }
    if (type.namespaced()) {
      parameter(node, "namespace", "path", true);
    }
    return node;
  }

  private void operation(
      ObjectNode path, String method, String action, ResourceType type, String kind) {
    ObjectNode operation = path.putObject(method);
    operation.put("operationId", action + kind + method);
    operation.putObject("responses").putObject("200").put("description", "OK");
    if (WRITES.contains(method)) {
      parameter(operation, "dryRun", "query", false);
      parameter(operation, "fieldManager", "query", false);
      parameter(operation, "fieldValidation", "query", false);
    }
    operation.put("x-kubernetes-action", action);
    OpenApiTypes.kind(operation.putObject("x-kubernetes-group-version-kind"), type, kind);
  }

  private void parameter(ObjectNode node, String name, String in, boolean required) {
    ObjectNode parameter = node.withArray("parameters").addObject();
    parameter.put("name", name).put("in", in).put("required", required);
    if (v3) {
      parameter.putObject("schema").put("type", "string");
    } else {
      parameter.put("type", "string");
    }
  }
}
