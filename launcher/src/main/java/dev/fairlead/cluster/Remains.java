package dev.fairlead.cluster;

import dev.fairlead.host.StateDirectory;
import dev.fairlead.kubelet.runtime.Leftovers;
import dev.fairlead.linux.Namespaces;
import dev.fairlead.linux.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;

/**
 * What a cluster's process leaves when it is killed: pods' processes, the host's end of the wire,
 * runtime files. Namespaces go by themselves when nothing is left in them.
 */
public record Remains(StateDirectory state) {

  /**
   * Removes all of it. Must not run beside a living cluster of the same state folder.
   *
   * @return whether there was anything
   */
  public boolean clear() throws IOException {
    int killed = Leftovers.kill(state.root());
    boolean linked;
    try (NetworkNamespace host = Namespaces.host()) {
      linked = LocalNetwork.removeHostLink(host);
    }
    boolean files = Files.exists(state.controlSocket());
    state.clearRuntime();
    return killed > 0 || linked || files;
  }
}
