package dev.fairlead.kubelet.root;

import java.nio.file.Path;

/**
 * A file or directory that a container sees at a place of its own choice.
 *
 * @param source absolute; a directory or any other file, which must exist when the container starts
 * @param target absolute, as the container says it; may run through symbolic links of the machine
 * @param access what may be done with it
 * @param followsMachine whether what the machine mounts below the source later shows up too (API:
 *     {@code mountPropagation: HostToContainer})
 */
public record ContainerMount(Path source, Path target, Access access, boolean followsMachine) {

  /** Who may write where (API: {@code readOnly} and {@code recursiveReadOnly}). */
  public enum Access {
    READ_WRITE,
    /** Mounts below it keep their own right to write. */
    READ_ONLY,
    /** Nor may mounts below it be written. */
    RECURSIVELY_READ_ONLY
  }

  public ContainerMount {
    if (!source.isAbsolute() || !target.isAbsolute()) {
      throw new IllegalArgumentException("%s on %s: not absolute".formatted(source, target));
    }
    target = target.normalize();
  }

  /** One that may be written and knows of no later mounts. */
  public static ContainerMount of(Path source, Path target) {
    return new ContainerMount(source, target, Access.READ_WRITE, false);
  }
}
