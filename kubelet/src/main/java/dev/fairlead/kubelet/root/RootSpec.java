package dev.fairlead.kubelet.root;

import java.util.ArrayList;
import java.util.List;

/**
 * What a container wants its root to be.
 *
 * @param mounts in any order; of two at the same place the later is seen
 * @param readOnly whether nothing but its writable mounts may be written
 */
public record RootSpec(List<ContainerMount> mounts, boolean readOnly) {
  /** The machine's files as the pod sees them. */
  public static final RootSpec MACHINE = new RootSpec(List.of(), false);

  public RootSpec {
    mounts = List.copyOf(mounts);
  }

  /** The same with more mounts below its own. */
  public RootSpec over(List<ContainerMount> more) {
    List<ContainerMount> all = new ArrayList<>(more);
    all.addAll(mounts);
    return new RootSpec(all, readOnly);
  }
}
