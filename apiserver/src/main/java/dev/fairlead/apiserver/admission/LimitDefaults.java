package dev.fairlead.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.apiserver.registry.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a LimitRange gives to containers that do not say it themselves. */
final class LimitDefaults {
  private static final String ANNOTATION = "kubernetes.io/limit-ranger";

  private LimitDefaults() {}

  /** Fills in requests and limits, and says so in an annotation as upstream does. */
  static void apply(JsonNode range, ObjectNode pod) {
    ObjectNode requests = pod.objectNode();
    ObjectNode limits = pod.objectNode();
    for (JsonNode limit : range.path("limits")) {
      if (limit.path("type").asText().equals("Container")) {
        copy(limit.path("defaultRequest"), requests);
        copy(limit.path("default"), limits);
      }
    }
    List<String> set = new ArrayList<>();
    for (JsonNode container : pod.path("spec").path("containers")) {
      fill(container, requests, limits, "container", set);
    }
    for (JsonNode container : pod.path("spec").path("initContainers")) {
      fill(container, requests, limits, "init container", set);
    }
    if (!set.isEmpty()) {
      Trees.child(Trees.child(pod, "metadata"), "annotations")
          .put(ANNOTATION, "LimitRanger plugin set: " + String.join("; ", set));
    }
  }

  private static void copy(JsonNode from, ObjectNode to) {
    from.properties().forEach(each -> to.set(each.getKey(), each.getValue()));
  }

  private static void fill(
      JsonNode container, ObjectNode requests, ObjectNode limits, String what, List<String> set) {
    if (container instanceof ObjectNode own) {
      String name = own.path("name").asText();
      say(add(own, "requests", requests), "request", what, name, set);
      say(add(own, "limits", limits), "limit", what, name, set);
    }
  }

  private static void say(
      Set<String> added, String list, String what, String name, List<String> set) {
    if (!added.isEmpty()) {
      set.add("%s %s for %s %s".formatted(String.join(", ", added), list, what, name));
    }
  }

  /** Adds what is missing; the names of what was added. */
  private static Set<String> add(ObjectNode container, String list, ObjectNode defaults) {
    Set<String> added = new TreeSet<>();
    for (Map.Entry<String, JsonNode> each : defaults.properties()) {
      JsonNode given = container.path("resources").path(list);
      if (!given.has(each.getKey())) {
        Trees.child(Trees.child(container, "resources"), list).set(each.getKey(), each.getValue());
        added.add(each.getKey());
      }
    }
    return added;
  }
}
