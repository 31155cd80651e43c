package dev.fairlead.controllers.scheduler;

import dev.fairlead.api.view.HostPort;
import java.util.List;

/** Whether the ports of a node that a pod asks for are free there (upstream: NodePorts plugin). */
final class NodePorts {
  static final String REASON = "node(s) didn't have free ports for the requested pod ports";

  private NodePorts() {}

  static boolean free(PodInfo pod, List<PodInfo> there) {
    List<HostPort> wanted = HostPort.of(pod.pod().spec());
    return wanted.isEmpty()
        || there.stream()
            .noneMatch(other -> HostPort.anyConflict(wanted, HostPort.of(other.pod().spec())));
  }
}
