package dev.fairlead.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.net.Cidr;
import java.util.List;
import java.util.Map;

/**
 * What Fairlead reads of a Node (API: {@code core/v1 Node}). Strings that are missing are empty.
 *
 * @param podCidrs the ranges that its pods get addresses from, in canonical form
 * @param internalIp the first address of type {@code InternalIP}; empty when none
 * @param ready whether the condition {@code Ready} is {@code True}
 * @param unschedulable whether it is cordoned
 */
public record Node(
    String name,
    Map<String, String> labels,
    List<String> podCidrs,
    String internalIp,
    boolean ready,
    boolean unschedulable) {
  private static final String ZONE_LABEL = "topology.kubernetes.io/zone";

  /** Reads a Node's document. */
  public static Node of(Document document) {
    return new Node(
        document.name(),
        document.meta().labels(),
        podCidrs(document.spec()),
        internalIp(document.status()),
        ready(document.status()),
        document.spec().path("unschedulable").asBoolean(false));
  }

  /** The zone label; empty when it has none. */
  public String zone() {
    return labels.getOrDefault(ZONE_LABEL, "");
  }

  private static List<String> podCidrs(JsonNode spec) {
    List<String> all = Nodes.ranges(spec.path("podCIDRs"));
    String first = spec.path("podCIDR").asText("");
    return all.isEmpty() && !first.isEmpty() ? List.of(Cidr.canonical(first)) : all;
  }

  private static String internalIp(JsonNode status) {
    for (JsonNode address : status.path("addresses")) {
      if (address.path("type").asText().equals("InternalIP")) {
        return address.path("address").asText("");
      }
    }
    return "";
  }

  private static boolean ready(JsonNode status) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return condition.path("status").asText().equals("True");
      }
    }
    return false;
  }
}
