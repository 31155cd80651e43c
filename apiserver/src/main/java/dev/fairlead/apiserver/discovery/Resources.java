package dev.fairlead.apiserver.discovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.codec.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What each kind and subresource can do, as discovery describes it. */
final class Resources {
  private static final List<String> VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
  private static final List<String> STATUS_VERBS = List.of("get", "patch", "update");

  private static final List<String> STREAM_VERBS = List.of("create", "get");

  private Resources() {}

  /** The group versions served, {@code v1} first. */
  static Set<String> groupVersions() {
    Set<String> all = new LinkedHashSet<>();
    Kinds.ALL.forEach(type -> all.add(type.apiVersion()));
    Kinds.MEASURED.forEach(type -> all.add(type.apiVersion()));
    return all;
  }

  static List<ResourceType> in(String groupVersion) {
    return Stream.concat(Kinds.ALL.stream(), Kinds.MEASURED.stream())
        .filter(type -> type.apiVersion().equals(groupVersion))
        .toList();
  }

  /** {@code APIResourceList}. */
  static ObjectNode list(String groupVersion) {
    ObjectNode list = Json.object().put("kind", "APIResourceList");
    if (!groupVersion.equals("v1")) {
      list.put("apiVersion", "v1");
    }
    list.put("groupVersion", groupVersion);
    ArrayNode resources = list.putArray("resources");
    for (ResourceType type : in(groupVersion)) {
      ObjectNode own = resources.addObject();
      own.put("name", type.plural()).put("singularName", type.singular());
      own.put("namespaced", type.namespaced()).put("kind", type.kind());
      strings(own, "verbs", verbs(type));
      if (!type.shortNames().isEmpty()) {
        strings(own, "shortNames", type.shortNames());
      }
      if (!type.categories().isEmpty()) {
        strings(own, "categories", type.categories());
      }
      for (String name : new TreeSet<>(type.subresources())) {
        Subresource sub = subresource(type, name);
        ObjectNode entry = resources.addObject();
        entry.put("name", type.plural() + "/" + name).put("singularName", "");
        entry.put("namespaced", type.namespaced());
        if (!sub.group().equals(type.group())) {
          entry.put("group", sub.group()).put("version", sub.version());
        }
        entry.put("kind", sub.kind());
        strings(entry, "verbs", sub.verbs());
      }
    }
    return list;
  }

  /** One version of an {@code APIGroupDiscovery}. */
  static ObjectNode aggregated(String groupVersion) {
    ObjectNode version = Json.object();
    version.put("version", groupVersion.substring(groupVersion.indexOf('/') + 1));
    ArrayNode resources = version.putArray("resources");
    for (ResourceType type : in(groupVersion)) {
      ObjectNode own = resources.addObject().put("resource", type.plural());
      kind(own, type.group(), type.version(), type.kind());
      own.put("scope", type.namespaced() ? "Namespaced" : "Cluster");
      own.put("singularResource", type.singular());
      strings(own, "verbs", verbs(type));
      if (!type.shortNames().isEmpty()) {
        strings(own, "shortNames", type.shortNames());
      }
      if (!type.categories().isEmpty()) {
        strings(own, "categories", type.categories());
      }
      for (String name : new TreeSet<>(type.subresources())) {
        Subresource sub = subresource(type, name);
        ObjectNode entry = own.withArray("subresources").addObject().put("subresource", name);
        kind(entry, sub.group(), sub.version(), sub.kind());
        strings(entry, "verbs", sub.verbs());
      }
    }
    return version.put("freshness", "Current");
  }

  private static void kind(ObjectNode entry, String group, String version, String kind) {
    entry.putObject("responseKind").put("group", group).put("version", version).put("kind", kind);
  }

  private record Subresource(String group, String version, String kind, List<String> verbs) {}

  private static Subresource subresource(ResourceType type, String name) {
    return switch (name) {
      case "scale" -> new Subresource("autoscaling", "v1", "Scale", STATUS_VERBS);
      case "binding" -> new Subresource("", "v1", "Binding", List.of("create"));
      case "log" -> new Subresource("", "v1", type.kind(), List.of("get"));
      case "portforward" -> new Subresource("", "v1", "PodPortForwardOptions", STREAM_VERBS);
      case "exec" -> new Subresource("", "v1", "PodExecOptions", STREAM_VERBS);
      case "attach" -> new Subresource("", "v1", "PodAttachOptions", STREAM_VERBS);
      case "finalize" ->
          new Subresource(type.group(), type.version(), type.kind(), List.of("update"));
      default -> new Subresource(type.group(), type.version(), type.kind(), STATUS_VERBS);
    };
  }

  private static List<String> verbs(ResourceType type) {
    if (Kinds.MEASURED.contains(type)) {
      return List.of("get", "list");
    }
    return type.equals(Kinds.NAMESPACE)
        ? VERBS.stream().filter(verb -> !verb.equals("deletecollection")).toList()
        : VERBS;
  }

  private static void strings(ObjectNode node, String field, List<String> values) {
    ArrayNode array = node.putArray(field);
    values.forEach(array::add);
  }
}
