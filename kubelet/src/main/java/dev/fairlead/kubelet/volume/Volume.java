package dev.fairlead.kubelet.volume;

import dev.fairlead.api.quantity.Quantity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One volume of a pod (API: {@code core/v1 Volume}), as far as this kubelet knows it. */
public record Volume(String name, Source source) {

  /** What is in it. */
  public sealed interface Source {

    /**
     * An empty directory that lives as long as the pod.
     *
     * @param memory whether it is a file system in memory
     * @param sizeLimit null for none; holds in memory only
     */
    record EmptyDir(boolean memory, @Nullable Quantity sizeLimit) implements Source {}

    /**
     * A file or directory of the machine.
     *
     * @param type for example {@code DirectoryOrCreate}; empty for no check
     */
    record HostPath(String path, String type) implements Source {}

    /**
     * Files made from objects of the API: {@code configMap}, {@code secret}, {@code downwardAPI}
     * and {@code projected} volumes are all this.
     *
     * @param mode of files that have no own
     */
    record Projected(List<Projection> projections, int mode) implements Source {}
  }
}
