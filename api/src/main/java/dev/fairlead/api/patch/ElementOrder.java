package dev.fairlead.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.codec.GoText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order of a merged list. Elements that the client named keep the client's order, the others
 * the server's; the two are interleaved by the server's order where it knows both.
 */
final class ElementOrder {
  private ElementOrder() {}

  /** What makes an element the same as another: its merge key's value, or the scalar itself. */
  static String identity(JsonNode element, String key) {
    if (element.isObject() && !key.isEmpty()) {
      JsonNode value = element.get(key);
      if (value == null) {
        throw Directives.noMergeKey(element, key);
      }
      return identity(value, "");
    }
    return element.isNumber()
        ? element.decimalValue().stripTrailingZeros().toString()
        : element.toString();
  }

  static ArrayNode arrange(
      List<JsonNode> merged, List<JsonNode> clientOrder, List<JsonNode> serverOrder, String key) {
    Map<String, Integer> client = places(clientOrder, key);
    Map<String, Integer> server = places(serverOrder, key);
    List<JsonNode> named = new ArrayList<>();
    List<JsonNode> others = new ArrayList<>();
    merged.forEach(each -> (client.containsKey(identity(each, key)) ? named : others).add(each));
    named.sort(by(client, key));
    others.sort(by(server, key));
    return interleave(others, named, server, key);
  }

  private static ArrayNode interleave(
      List<JsonNode> others, List<JsonNode> named, Map<String, Integer> server, String key) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    int next = 0;
    for (JsonNode each : named) {
      Integer place = server.get(identity(each, key));
      while (place != null && next < others.size()) {
        Integer other = server.get(identity(others.get(next), key));
        if (other == null || other >= place) {
          break;
        }
        all.add(others.get(next++));
      }
      all.add(each);
    }
    while (next < others.size()) {
      all.add(others.get(next++));
    }
    return all;
  }

  /** The patch must name its elements in the order that {@code $setElementOrder} gives. */
  static void requireConsistent(ArrayNode patch, ArrayNode order, String key) {
    if (patch.isEmpty() || order.isEmpty()) {
      return;
    }
    int at = 0;
    for (JsonNode element : patch) {
      if (element.has(Directives.PATCH)) {
        continue;
      }
      String wanted = identity(element, key);
      while (at < order.size() && !identity(order.get(at), key).equals(wanted)) {
        at++;
      }
      if (at++ >= order.size()) {
        throw ApiException.badRequest(
            "The order in patch list:\n%s\n doesn't match $setElementOrder list:\n%s\n"
                .formatted(GoText.of(patch), GoText.of(order)));
      }
    }
  }

  private static Map<String, Integer> places(List<JsonNode> order, String key) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < order.size(); i++) {
      places.putIfAbsent(identity(order.get(i), key), i);
    }
    return places;
  }

  private static Comparator<JsonNode> by(Map<String, Integer> places, String key) {
    return Comparator.comparingInt(
        each -> places.getOrDefault(identity(each, key), Integer.MAX_VALUE));
  }
}
