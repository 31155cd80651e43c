package dev.fairlead.kubelet.runtime;

import java.io.IOException;

/**
 * What runs containers. One runtime serves one node; every method may be called from any thread and
 * may block.
 */
public interface ContainerRuntime {

  /** The scheme of container IDs, for example {@code process} in {@code process://1f3a…}. */
  String name();

  /** Whether containers are only pretended: nothing runs, nothing is written to disk. */
  default boolean pretends() {
    return false;
  }

  /**
   * Looks an image up.
   *
   * @param reference as it stands in the pod
   * @throws ImageNotFoundException when there is none; its message is for people
   */
  Image image(String reference) throws ImageNotFoundException;

  /** Makes a pod's sandbox. When this throws, nothing is left behind. */
  PodSandbox createSandbox(SandboxSpec spec) throws IOException;

  /**
   * An image that the runtime can start.
   *
   * @param id for {@code imageID}
   */
  record Image(String id, ImageConfig config) {}
}
