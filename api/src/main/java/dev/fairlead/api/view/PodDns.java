package dev.fairlead.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * How a pod wants names resolved (API: {@code core/v1 PodSpec.dnsPolicy} and {@code PodDNSConfig}).
 *
 * @param policy {@code ClusterFirst} when missing
 * @param options in the form of resolv.conf: {@code ndots:5}, {@code edns0}
 */
public record PodDns(
    String policy, List<String> nameservers, List<String> searches, List<String> options) {

  static PodDns of(JsonNode spec) {
    JsonNode config = spec.path("dnsConfig");
    List<String> options = new ArrayList<>();
    for (JsonNode option : config.path("options")) {
      String name = option.path("name").asText("");
      String value = option.path("value").asText("");
      options.add(value.isEmpty() ? name : name + ":" + value);
    }
    return new PodDns(
        spec.path("dnsPolicy").asText("ClusterFirst"),
        Nodes.strings(config.path("nameservers")),
        Nodes.strings(config.path("searches")),
        List.copyOf(options));
  }
}
