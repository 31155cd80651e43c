package dev.fairlead.kubelet.pod;

import dev.fairlead.api.Document;
import dev.fairlead.api.view.Container;
import dev.fairlead.api.view.Pod;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of each container of a pod. Begins with what a kubelet has said before; that
 * containers run which it knows nothing of is not believed. Used by one thread.
 */
final class ContainerStatuses {
  private final Map<String, ContainerStatus> byName = new LinkedHashMap<>();

  /**
   * Of a pod of which nothing runs.
   *
   * @param document the pod with the status that stands in the API
   */
  ContainerStatuses(Document document, Pod pod, Instant now) {
    boolean init = !pod.initContainers().isEmpty();
    created(pod.initContainers(), init);
    created(pod.containers(), init);
    read(document, pod.containers(), "containerStatuses", now);
    read(document, pod.ephemeralContainers(), "ephemeralContainerStatuses", now);
    if (pod.status().terminal()) {
      read(document, pod.initContainers(), "initContainerStatuses", now);
    }
    saw(pod);
  }

  private void created(List<Container> containers, boolean afterInit) {
    containers.forEach(each -> put(ContainerStatus.created(each.name(), each.image(), afterInit)));
  }

  private void read(Document document, List<Container> containers, String field, Instant now) {
    byName.putAll(PastRun.read(document.status(), containers, field, now));
  }

  /** The pod may have got ephemeral containers. */
  void saw(Pod pod) {
    for (Container each : pod.ephemeralContainers()) {
      byName.putIfAbsent(each.name(), ContainerStatus.created(each.name(), each.image(), false));
    }
  }

  /** A copy, by name. */
  Map<String, ContainerStatus> all() {
    return Map.copyOf(byName);
  }

  ContainerStatus of(Container container) {
    ContainerStatus known = byName.get(container.name());
    if (known == null) {
      throw new IllegalStateException("no such container: " + container.name());
    }
    return known;
  }

  void put(ContainerStatus status) {
    byName.put(status.name(), status);
  }
}
