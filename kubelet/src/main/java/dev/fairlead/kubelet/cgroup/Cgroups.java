package dev.fairlead.kubelet.cgroup;

import dev.fairlead.kubelet.cgroup.Hierarchies.Hierarchy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control groups of the containers of one state directory, side by side in one folder named
 * after it in each hierarchy: each container's share of the CPUs counts against that of every
 * other. Where the machine lets nobody make groups, containers run without limits, and the log says
 * so once.
 */
public final class Cgroups {
  private static final Logger log = LoggerFactory.getLogger(Cgroups.class);

  /** Guards the folders, which several nodes of a state directory share: the last one goes. */
  private static final Object FOLDERS = new Object();

  private static final String SEPARATOR = "_";
  private static final Path PROC = Path.of("/proc/self");

  private final Hierarchies hierarchies;
  private final String folder;
  private final AtomicBoolean complained = new AtomicBoolean();

  Cgroups(Hierarchies hierarchies, Path stateDirectory) {
    this.hierarchies = hierarchies;
    byte[] name =
        stateDirectory.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8);
    this.folder = "fairlead-" + UUID.nameUUIDFromBytes(name).toString().substring(0, 8);
  }

  /** Of this machine. Makes nothing yet. */
  public static Cgroups of(Path stateDirectory) {
    try {
      String mounts = Files.readString(PROC.resolve("mountinfo"));
      String own = Files.readString(PROC.resolve("cgroup"));
      return new Cgroups(Hierarchies.read(mounts, own), stateDirectory);
    } catch (IOException e) {
      log.debug("no control groups: {}", e.getMessage());
      return new Cgroups(new Hierarchies(null, null), stateDirectory);
    }
  }

  /**
   * Makes the group of a container that is about to start.
   *
   * @param name no other container of the pod has it
   * @return null when it has no limits, or the machine does not allow any
   */
  public @Nullable ContainerCgroup create(String podUid, String name, Limits limits) {
    if (!limits.any()) {
      return null;
    }
    synchronized (FOLDERS) {
      return make(podUid, name, limits);
    }
  }

  private @Nullable ContainerCgroup make(String podUid, String name, Limits limits) {
    List<Path> made = new ArrayList<>();
    try {
      Hierarchy memory = make(hierarchies.memory(), "memory", podUid, name, limits::memory, made);
      Hierarchy cpu = make(hierarchies.cpu(), "cpu", podUid, name, limits::cpu, made);
      return made.isEmpty() ? none("the machine has none") : new ContainerCgroup(memory, cpu, made);
    } catch (IOException e) {
      new ContainerCgroup(null, null, made).remove();
      return none(String.valueOf(e.getMessage()));
    }
  }

  private @Nullable ContainerCgroup none(String why) {
    if (complained.compareAndSet(false, true)) {
      log.warn("containers run without limits on CPU and memory: no control groups: {}", why);
    }
    return null;
  }

  private @Nullable Hierarchy make(
      @Nullable Hierarchy hierarchy,
      String controller,
      String podUid,
      String name,
      Function<Boolean, Map<String, String>> wanted,
      List<Path> made)
      throws IOException {
    Map<String, String> files = hierarchy == null ? Map.of() : wanted.apply(hierarchy.unified());
    if (hierarchy == null || files.isEmpty()) {
      return null;
    }
    Path group = hierarchy.directory();
    for (String part : List.of(folder, podUid + SEPARATOR + name)) {
      if (hierarchy.unified()) {
        Files.writeString(group.resolve("cgroup.subtree_control"), "+" + controller);
      }
      group = group.resolve(part);
      Files.createDirectories(group);
    }
    // All of them together weigh as much as all CPUs do.
    write(
        group.resolveSibling(hierarchy.unified() ? "cpu.weight" : "cpu.shares"),
        allCpus(hierarchy.unified()));
    if (!made.contains(group)) {
      made.add(group);
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      write(group.resolve(file.getKey()), file.getValue());
    }
    return new Hierarchy(group, hierarchy.unified());
  }

  private static String allCpus(boolean unified) {
    int cpus = Runtime.getRuntime().availableProcessors();
    return Integer.toString(unified ? Math.min(100 * cpus, 10_000) : 1024 * cpus);
  }

  static void write(Path file, String value) throws IOException {
    if (Files.exists(file)) {
      Files.writeString(file, value);
    }
  }

  /**
   * Removes the groups of a pod that has no processes any more, and the folder when it was the
   * last. Never throws.
   */
  public void remove(String podUid) {
    remove(group -> group.getFileName().toString().startsWith(podUid + SEPARATOR));
    synchronized (FOLDERS) {
      new ContainerCgroup(null, null, folders().toList()).remove();
    }
  }

  /** Removes all groups; nothing of the state directory may run any more. Never throws. */
  public void removeAll() {
    remove(group -> true);
    folders().forEach(ContainerCgroup::remove);
  }

  private Stream<Path> folders() {
    return Stream.of(hierarchies.memory(), hierarchies.cpu())
        .filter(Objects::nonNull)
        .map(each -> each.directory().resolve(folder))
        .distinct();
  }

  private void remove(Predicate<Path> which) {
    for (Path each : (Iterable<Path>) folders()::iterator) {
      try (DirectoryStream<Path> groups =
          Files.newDirectoryStream(each, group -> Files.isDirectory(group) && which.test(group))) {
        groups.forEach(ContainerCgroup::remove);
      } catch (NoSuchFileException e) {
        log.trace("no containers had limits");
      } catch (IOException e) {
        log.warn("control groups in {} stay: {}", each, e.getMessage());
      }
    }
  }
}
