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

/** What each kind and subresource can do, as discovery describes it. */
final class Resources {
  private Resources() {}

  /** The group versions served, {@code v1} first. */
  static Set<String> groupVersions() {
    Set<String> all = new LinkedHashSet<>();
    Kinds.SERVED.forEach(type -> all.add(type.apiVersion()));
    return all;
  }

  static List<ResourceType> in(String groupVersion) {
    return Kinds.SERVED.stream().filter(type -> type.apiVersion().equals(groupVersion)).toList();
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
      strings(own, "verbs", Verbs.of(type, ""));
      if (!type.shortNames().isEmpty()) {
        strings(own, "shortNames", type.shortNames());
      }
      if (!type.categories().isEmpty()) {
        strings(own, "categories", type.categories());
      }
      for (String name : new TreeSet<>(type.subresources())) {
        SubresourceKind sub = SubresourceKind.of(type, name);
        ObjectNode entry = resources.addObject();
        entry.put("name", type.plural() + "/" + name).put("singularName", "");
        entry.put("namespaced", type.namespaced());
        if (!sub.group().equals(type.group())) {
          entry.put("group", sub.group()).put("version", sub.version());
        }
        entry.put("kind", sub.kind());
        strings(entry, "verbs", Verbs.of(type, name));
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
      strings(own, "verbs", Verbs.of(type, ""));
      if (!type.shortNames().isEmpty()) {
        strings(own, "shortNames", type.shortNames());
      }
      if (!type.categories().isEmpty()) {
        strings(own, "categories", type.categories());
      }
      for (String name : new TreeSet<>(type.subresources())) {
        SubresourceKind sub = SubresourceKind.of(type, name);
        ObjectNode entry = own.withArray("subresources").addObject().put("subresource", name);
        kind(entry, sub.group(), sub.version(), sub.kind());
        strings(entry, "verbs", Verbs.of(type, name));
      }
    }
    return version.put("freshness", "Current");
  }

  private static void kind(ObjectNode entry, String group, String version, String kind) {
    entry.putObject("responseKind").put("group", group).put("version", version).put("kind", kind);
  }

  private static void strings(ObjectNode node, String field, List<String> values) {
    ArrayNode array = node.putArray(field);
    values.forEach(array::add);
  }
}
