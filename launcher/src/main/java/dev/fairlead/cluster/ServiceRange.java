package dev.fairlead.cluster;

import dev.fairlead.cluster.ClusterSettings.StoreKind;
import dev.fairlead.host.Failure;
import dev.fairlead.host.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;

/** The addresses of stored Services outlive the process, so their range has to stay the same. */
final class ServiceRange {
  private ServiceRange() {}

  /**
   * Remembers the range with the objects.
   *
   * @throws Failure when the objects were made with another
   */
  static void keep(ClusterSettings settings, StateDirectory state) throws IOException {
    if (settings.store() == StoreKind.MEMORY) {
      return;
    }
    String wanted = settings.addresses().serviceNetwork();
    if (!Files.exists(state.serviceRange())) {
      Files.writeString(state.serviceRange(), wanted + "\n");
      return;
    }
    String kept = Files.readString(state.serviceRange()).strip();
    if (!kept.equals(wanted)) {
      throw new Failure(
          "the objects in %s were made with --service-cluster-ip-range %s; use that again, or remove them with: fairlead down --delete"
              .formatted(state.root(), kept));
    }
  }
}
