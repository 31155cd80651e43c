package dev.fairlead.apiserver.tables;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** The cells of {@code networking.k8s.io}. */
final class NetworkingCells {
  private static final int HOSTS_MAX = 3;

  private NetworkingCells() {}

  /** The hosts of an Ingress's rules; {@code *} when they are for every host. */
  static String hosts(Document ingress) {
    JsonNode rules = ingress.spec().path("rules");
    List<String> shown = new ArrayList<>();
    boolean more = false;
    for (JsonNode rule : rules) {
      String host = rule.path("host").asText("");
      more |= shown.size() == HOSTS_MAX;
      if (!more && !host.isEmpty()) {
        shown.add(host);
      }
    }
    if (shown.isEmpty()) {
      return "*";
    }
    String all = String.join(",", shown);
    return more ? "%s + %d more...".formatted(all, rules.size() - HOSTS_MAX) : all;
  }

  /** Where an Ingress is reached. */
  static String address(Document ingress) {
    TreeSet<String> all = new TreeSet<>();
    for (JsonNode point : ingress.status().at("/loadBalancer/ingress")) {
      String host = point.path("hostname").asText("");
      String address = point.path("ip").asText(host);
      if (!address.isEmpty()) {
        all.add(address);
      }
    }
    return String.join(",", all);
  }

  static String ports(Document ingress) {
    return ingress.spec().path("tls").isEmpty() ? "80" : "80, 443";
  }

  /** {@code Kind.group/name} of an IngressClass's parameters. */
  static String parameters(Document ingressClass) {
    JsonNode parameters = ingressClass.spec().path("parameters");
    if (parameters.isMissingNode()) {
      return Cells.NONE;
    }
    String group = parameters.path("apiGroup").asText("");
    String kind = parameters.path("kind").asText("");
    return (group.isEmpty() ? kind : kind + "." + group) + "/" + parameters.path("name").asText("");
  }

  /** {@code resource.group/namespace/name} of who holds an IPAddress. */
  static String parent(Document address) {
    JsonNode parent = address.spec().path("parentRef");
    if (parent.isMissingNode()) {
      return Cells.NONE;
    }
    String group = parent.path("group").asText("");
    String namespace = parent.path("namespace").asText("");
    String resource = parent.path("resource").asText("").toLowerCase(Locale.ROOT);
    return (group.isEmpty() ? resource : resource + "." + group)
        + (namespace.isEmpty() ? "" : "/" + namespace)
        + "/"
        + parent.path("name").asText("");
  }
}
