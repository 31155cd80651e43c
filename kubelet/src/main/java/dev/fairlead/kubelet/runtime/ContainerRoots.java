package dev.fairlead.kubelet.runtime;

import dev.fairlead.kubelet.root.ContainerMount;
import dev.fairlead.kubelet.root.ContainerRoot;
import dev.fairlead.kubelet.root.RootSpec;
import dev.fairlead.linux.MountNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The mount namespaces of one pod: its holder's, and one for each container that wants a root of
 * its own. A container's is held until the start after the next, for those who enter it late.
 */
final class ContainerRoots implements AutoCloseable {
  private static final List<String> ETC = List.of("resolv.conf", "hosts", "hostname");

  private final long holder;
  private final MountNamespace pod;
  private final Path place;
  private final List<ContainerMount> missing;
  private final Map<String, MountNamespace> containers = new ConcurrentHashMap<>();

  /** Of the runs before: a command may be on its way in, by the number of the descriptor. */
  private final Map<String, MountNamespace> former = new ConcurrentHashMap<>();

  private ContainerRoots(
      long holder, MountNamespace pod, Path place, List<ContainerMount> missing) {
    this.holder = holder;
    this.pod = pod;
    this.place = place;
    this.missing = missing;
  }

  /**
   * Those of a new pod.
   *
   * @param directory the pod's own, with {@code etc/} in it
   */
  static ContainerRoots of(long holder, Path directory) throws IOException {
    Path place = Files.createDirectories(directory.resolve("root"));
    List<ContainerMount> missing =
        ETC.stream()
            .filter(each -> Files.isRegularFile(directory.resolve("etc").resolve(each)))
            .filter(each -> !Files.exists(Path.of("/etc", each)))
            .map(each ->
                ContainerMount.of(directory.resolve("etc").resolve(each), Path.of("/etc", each)))
            .toList();
    return new ContainerRoots(holder, MountNamespace.of(holder), place, missing);
  }

  /** Makes the root of a container that starts. */
  void make(ContainerSpec container) throws IOException {
    RootSpec root = container.root().over(missing);
    MountNamespace made =
        root.mounts().isEmpty() && !root.readOnly()
            ? null
            : ContainerRoot.create(pod, place, root.mounts(), root.readOnly());
    MountNamespace before =
        made == null ? containers.remove(container.name()) : containers.put(container.name(), made);
    MountNamespace older =
        before == null ? former.remove(container.name()) : former.put(container.name(), before);
    if (older != null) {
      older.close();
    }
  }

  /** Runs code that sees what the pod sees. */
  <T> T call(Callable<T> code) throws IOException {
    return pod.call(code);
  }

  /** Runs code that sees what the container sees. */
  <T> T call(String container, Callable<T> code) throws IOException {
    return containers.getOrDefault(container, pod).call(code);
  }

  /** How {@code nsenter} gets in, besides {@code --target} of the holder. */
  String entrance(String container) {
    MountNamespace own = containers.get(container);
    return own == null
        ? "--mount=/proc/%d/ns/mnt".formatted(holder)
        : "--mount=/proc/%d/fd/%d".formatted(ProcessHandle.current().pid(), own.descriptor());
  }

  @Override
  public void close() {
    for (Map<String, MountNamespace> each : List.of(containers, former)) {
      each.values().forEach(MountNamespace::close);
      each.clear();
    }
    pod.close();
  }
}
