package dev.fairlead.apiserver.discovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.front.Answers;
import dev.fairlead.apiserver.front.Front;
import dev.fairlead.http.HttpExchange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code /api}, {@code /apis} and one page per group and version; the first two also aggregated
 * ({@code apidiscovery.k8s.io} v2 and v2beta1). All of it follows from the list of kinds.
 */
public final class DiscoveryPages implements Front.Page {
  private static final List<String> AGGREGATED = List.of("v2", "v2beta1");

  private final Map<String, ObjectNode> pages = new LinkedHashMap<>();
  private final Map<String, List<AggregatedPage>> aggregated =
      Map.of("/api", aggregated(true), "/apis", aggregated(false));

  public DiscoveryPages() {
    pages.put("/api", coreVersions());
    pages.put("/apis", groupList());
    for (String groupVersion : Resources.groupVersions()) {
      int slash = groupVersion.indexOf('/');
      pages.put((slash < 0 ? "/api/" : "/apis/") + groupVersion, Resources.list(groupVersion));
      if (slash > 0) {
        ObjectNode group = Json.object().put("kind", "APIGroup").put("apiVersion", "v1");
        group.setAll(group(groupVersion));
        pages.put("/apis/" + groupVersion.substring(0, slash), group);
      }
    }
  }

  /** The paths that discovery serves. */
  public List<String> paths() {
    return List.copyOf(pages.keySet());
  }

  @Override
  public boolean serves(String path) {
    return pages.containsKey(normal(path));
  }

  @Override
  public void serve(HttpExchange exchange) throws IOException {
    String path = normal(exchange.request().path());
    String version = aggregatedVersion(exchange);
    for (AggregatedPage page : aggregated.getOrDefault(path, List.of())) {
      if (page.version().equals(version)) {
        page.serve(exchange);
        return;
      }
    }
    ObjectNode page = pages.get(path);
    if (page == null) {
      throw ApiException.noSuchPath();
    }
    Answers.negotiated(exchange, Document.of(page));
  }

  private static List<AggregatedPage> aggregated(boolean core) {
    return AGGREGATED.stream().map(version -> AggregatedPage.of(core, version)).toList();
  }

  private static String aggregatedVersion(HttpExchange exchange) {
    List<String> accept = exchange.request().headers().getOrDefault("accept", List.of());
    for (String header : accept) {
      for (String alternative : header.split(",")) {
        String compact = alternative.replace(" ", "");
        if (!compact.startsWith("application/json")) {
          continue;
        }
        if (!compact.contains("as=APIGroupDiscoveryList")) {
          return "";
        }
        for (String version : AGGREGATED) {
          if ((compact + ";").contains(";v=" + version + ";")) {
            return version;
          }
        }
      }
    }
    return "";
  }

  private static ObjectNode coreVersions() {
    ObjectNode versions = Json.object().put("kind", "APIVersions");
    versions.putArray("versions").add("v1");
    versions.putArray("serverAddressByClientCIDRs");
    return versions;
  }

  private static ObjectNode groupList() {
    ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
    ArrayNode groups = list.putArray("groups");
    for (String groupVersion : Resources.groupVersions()) {
      if (groupVersion.contains("/")) {
        groups.add(group(groupVersion));
      }
    }
    return list;
  }

  private static ObjectNode group(String groupVersion) {
    int slash = groupVersion.indexOf('/');
    ObjectNode version =
        Json.object()
            .put("groupVersion", groupVersion)
            .put("version", groupVersion.substring(slash + 1));
    ObjectNode group = Json.object().put("name", groupVersion.substring(0, slash));
    group.putArray("versions").add(version);
    group.set("preferredVersion", version.deepCopy());
    return group;
  }

  private static String normal(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
