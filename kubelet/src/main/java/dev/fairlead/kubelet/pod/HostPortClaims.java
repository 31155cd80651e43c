package dev.fairlead.kubelet.pod;

import dev.fairlead.api.view.HostPort;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which pod has which ports of the node. The scheduler keeps pods apart that it binds itself. */
public final class HostPortClaims {
  private final Map<String, List<HostPort>> claims = new HashMap<>();

  /** Claims ports for a pod: all, or none when another pod has one of them. */
  synchronized boolean take(String uid, List<HostPort> ports) {
    boolean taken =
        claims.entrySet().stream()
            .filter(each -> !each.getKey().equals(uid))
            .anyMatch(each -> HostPort.anyConflict(ports, each.getValue()));
    if (!taken && !ports.isEmpty()) {
      claims.put(uid, ports);
    }
    return !taken;
  }

  /** The pod needs its ports no more. */
  synchronized void free(String uid) {
    claims.remove(uid);
  }
}
