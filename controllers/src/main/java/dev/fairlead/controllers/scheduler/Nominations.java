package dev.fairlead.controllers.scheduler;

import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The pods that were promised room on a node ({@code status.nominatedNodeName}) and are not bound
 * yet. What was promised counts at once, before the informer tells.
 */
final class Nominations {
  private final Map<ObjectKey, Promise> promises = new ConcurrentHashMap<>();

  private record Promise(PodInfo pod, String node) {}

  void promise(Document pod, String node) {
    promises.put(pod.key(), new Promise(PodInfo.of(pod), node));
  }

  void forget(ObjectKey pod) {
    promises.remove(pod);
  }

  /** An unscheduled pod as the API has it now. */
  void saw(Document pod) {
    String node = Priority.nominated(pod);
    if (!node.isEmpty()) {
      promise(pod, node);
    }
  }

  /** Those with room on a node. */
  List<Document> on(String node) {
    return promises.values().stream()
        .filter(each -> each.node().equals(node))
        .map(each -> each.pod().pod())
        .toList();
  }

  /** All, by node. */
  Map<String, List<PodInfo>> byNode() {
    return promises.values().stream()
        .collect(
            Collectors.groupingBy(
                Promise::node, Collectors.mapping(Promise::pod, Collectors.toList())));
  }
}
