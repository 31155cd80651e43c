package dev.fairlead.kubelet.pod;

import dev.fairlead.api.view.Container;
import dev.fairlead.api.view.Pod;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whose turn it is to end when a pod ends (KEP-753): all containers at once, but each sidecar only
 * after the pod's own containers and the sidecars that were started after it.
 */
final class TerminationOrder {
  private TerminationOrder() {}

  /**
   * The containers that may be told to end.
   *
   * @param running the names of those that still run
   */
  static Set<String> turns(Pod pod, Set<String> running) {
    Set<String> result = new HashSet<>(running);
    List<String> sidecars =
        pod.initContainers().stream().filter(Container::sidecar).map(Container::name).toList();
    boolean held = pod.containers().stream().anyMatch(each -> running.contains(each.name()));
    for (String sidecar : sidecars.reversed()) {
      if (held) {
        result.remove(sidecar);
      }
      held |= running.contains(sidecar);
    }
    return result;
  }
}
