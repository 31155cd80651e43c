package dev.fairlead.apiserver.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.discovery.Verbs;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The paths of a kind and the operations on them: what {@link Verbs} serves, and no more. Clients
 * look up kinds and query parameters in it, and code is generated from it.
 */
final class OpenApiPaths {
  /** Subresources that are connected to, instead of read and written. */
  private static final Set<String> CONNECTIONS = Set.of("attach", "exec", "portforward", "proxy");

  private final Dialect dialect;
  private final ObjectNode paths;

  OpenApiPaths(Dialect dialect, ObjectNode paths) {
    this.dialect = dialect;
    this.paths = paths;
  }

  /** The resources of a group and version, as discovery lists them. */
  void addDiscovery(ResourceType any) {
    ObjectNode path = Json.object();
    new Operations(dialect, any).discovery(path);
    paths.set(any.groupPath() + "/", path);
  }

  void add(ResourceType type) {
    Operations operations = new Operations(dialect, type);
    List<String> verbs = Verbs.of(type, "");
    String collection =
        type.groupPath() + (type.namespaced() ? "/namespaces/{namespace}/" : "/") + type.plural();
    ObjectNode all = Json.object();
    ObjectNode one = Json.object();
    for (String verb : verbs) {
      switch (verb) {
        case "list" -> operations.list(all);
        case "create" -> operations.write(all, "post", "");
        case "deletecollection" -> operations.delete(all, "deletecollection");
        case "get" -> operations.read(one, "");
        case "update" -> operations.write(one, "put", "");
        case "patch" -> operations.write(one, "patch", "");
        case "delete" -> operations.delete(one, "delete");
        default -> {} // A watch is a list that goes on.
      }
    }
    put(collection, type, false, all);
    put(collection + "/{name}", type, true, one);
    if (type.namespaced() && verbs.contains("list")) {
      ObjectNode everywhere = Json.object();
      operations.listEverywhere(everywhere);
      parameter(everywhere, Parameters.PRETTY);
      paths.set(type.groupPath() + "/" + type.plural(), everywhere);
    }
    for (String subresource : new TreeSet<>(type.subresources())) {
      addSubresource(operations, type, collection + "/{name}/" + subresource, subresource);
    }
  }

  private void addSubresource(
      Operations operations, ResourceType type, String path, String subresource) {
    ObjectNode node = Json.object();
    List<String> verbs = Verbs.of(type, subresource);
    if (CONNECTIONS.contains(subresource)) {
      verbs.forEach(verb -> operations.connect(node, verb, subresource, ""));
    } else if (subresource.equals("log")) {
      operations.log(node);
    } else {
      for (String verb : verbs) {
        switch (verb) {
          case "get" -> operations.read(node, subresource);
          case "create" -> operations.write(node, "post", subresource);
          case "update" -> operations.write(node, "put", subresource);
          default -> operations.write(node, verb, subresource);
        }
      }
    }
    put(path, type, true, node);
    if (subresource.equals("proxy")) {
      ObjectNode below = Json.object();
      verbs.forEach(verb -> operations.connect(below, verb, subresource, "WithPath"));
      put(path + "/{path}", type, true, below);
      parameter(below, Parameter.path("path", "The path to ask for behind the proxy."));
    }
  }

  private void put(String path, ResourceType type, boolean named, ObjectNode node) {
    if (!node.isEmpty()) {
      Parameters.ofPath(type, named).forEach(each -> parameter(node, each));
      parameter(node, Parameters.PRETTY);
      paths.set(path, node);
    }
  }

  private void parameter(ObjectNode node, Parameter parameter) {
    dialect.parameter(node, parameter);
  }
}
