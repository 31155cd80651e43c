package dev.fairlead.kubelet.stats;

import dev.fairlead.api.ObjectKey;
import java.time.Instant;

/** A container of this node that runs. */
public record RunningContainer(ObjectKey pod, String podUid, String name, Instant since) {
  Owner owner() {
    return new Owner(podUid, name);
  }
}
