package dev.fairlead.apiserver.discovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.front.Compression;
import dev.fairlead.apiserver.front.EntityTag;
import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpExchange.Header;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An {@code APIGroupDiscoveryList} (KEP-3352): all of {@code /api} or of {@code /apis} at once. It
 * never changes while the server runs; clients keep it by its tag.
 *
 * @param version of {@code apidiscovery.k8s.io}
 * @param tag quoted
 */
record AggregatedPage(String version, byte[] bytes, String tag) {
  /**
   * The page of one path.
   *
   * @param core whether it is {@code /api}
   */
  static AggregatedPage of(boolean core, String version) {
    byte[] bytes = Json.bytes(tree(core, version));
    return new AggregatedPage(version, bytes, '"' + EntityTag.of(bytes) + '"');
  }

  void serve(HttpExchange exchange) throws IOException {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Etag", tag));
    headers.add(new Header("Vary", "Accept"));
    headers.add(new Header("Cache-Control", "public"));
    if (tag.equals(exchange.request().header("if-none-match"))) {
      exchange.respond(304, headers, new byte[0]);
      return;
    }
    headers.add(
        new Header(
            "Content-Type",
            "application/json;g=apidiscovery.k8s.io;v=%s;as=APIGroupDiscoveryList"
                .formatted(version)));
    Compression.respond(exchange, 200, headers, bytes);
  }

  private static ObjectNode tree(boolean core, String version) {
    ObjectNode list = Json.object().put("kind", "APIGroupDiscoveryList");
    list.put("apiVersion", "apidiscovery.k8s.io/" + version);
    list.putObject("metadata");
    ArrayNode items = list.putArray("items");
    for (String groupVersion : Resources.groupVersions()) {
      int slash = groupVersion.indexOf('/');
      if (core == slash < 0) {
        ObjectNode item = items.addObject();
        ObjectNode metadata = item.putObject("metadata");
        if (!core) {
          metadata.put("name", groupVersion.substring(0, slash));
        }
        metadata.putNull("creationTimestamp");
        item.putArray("versions").add(Resources.aggregated(groupVersion));
      }
    }
    return list;
  }
}
