package dev.fairlead.kubelet.runtime;

import dev.fairlead.kubelet.cgroup.Cgroups;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Containers as plain processes of this machine, each pod in namespaces of its own (network, mount,
 * UTS, IPC). Images are the entries of a {@link Catalogue}.
 */
public final class ProcessRuntime implements ContainerRuntime {
  private final Catalogue catalogue;
  private final Path stateDirectory;
  private final Cgroups cgroups;

  /**
   * A runtime.
   *
   * @param stateDirectory the mark in every process's environment, for {@link Leftovers}
   */
  public ProcessRuntime(Catalogue catalogue, Path stateDirectory) {
    this.catalogue = catalogue;
    this.stateDirectory = stateDirectory.toAbsolutePath().normalize();
    this.cgroups = Cgroups.of(stateDirectory);
  }

  @Override
  public String name() {
    return "process";
  }

  @Override
  public Image image(String reference) throws ImageNotFoundException {
    ImageConfig config =
        catalogue
            .find(reference)
            .orElseThrow(() ->
                new ImageNotFoundException(
                    "image \"%s\" is not in the catalogue of the process runtime; add it there, use the image \"host\" with a command, or run the node with the cri runtime"
                        .formatted(reference)));
    return new Image("process://" + ImageName.normalize(reference), config);
  }

  @Override
  public PodSandbox createSandbox(SandboxSpec spec) throws IOException {
    return ProcessSandbox.create(spec, stateDirectory, cgroups);
  }
}
