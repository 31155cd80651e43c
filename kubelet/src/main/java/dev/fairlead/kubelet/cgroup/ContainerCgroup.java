package dev.fairlead.kubelet.cgroup;

import dev.fairlead.kubelet.cgroup.Hierarchies.Hierarchy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The control groups of one run of a container, one for each hierarchy. */
public final class ContainerCgroup {
  private static final Logger log = LoggerFactory.getLogger(ContainerCgroup.class);
  private static final List<String> EVENTS = List.of("memory.events", "memory.oom_control");
  private static final int TRIES_MAX = 100;
  private static final long TRY_NANOS = 2_000_000;

  private final @Nullable Hierarchy memory;
  private final @Nullable Hierarchy cpu;
  private final List<Path> groups;

  /**
   * Groups that exist.
   *
   * @param memory where memory is limited; null for nowhere
   * @param cpu where CPU is limited; null for nowhere
   */
  ContainerCgroup(@Nullable Hierarchy memory, @Nullable Hierarchy cpu, List<Path> groups) {
    this.memory = memory;
    this.cpu = cpu;
    this.groups = List.copyOf(groups);
  }

  /** Files by which a process gets in: it writes {@code 0} to each. */
  public List<Path> entrances() {
    return groups.stream().map(each -> each.resolve("cgroup.procs")).toList();
  }

  /**
   * Holds what runs in them to other limits. What had no limit on memory gets none.
   *
   * @throws IOException when the kernel refuses
   */
  public void resize(Limits limits) throws IOException {
    if (memory != null) {
      // Memory with swap, which comes last for a new group, must never be less than memory.
      write(memory, limits.memory(memory.unified()).reversed());
    }
    if (cpu != null) {
      write(cpu, limits.cpu(cpu.unified()));
    }
  }

  private static void write(Hierarchy hierarchy, Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Cgroups.write(hierarchy.directory().resolve(file.getKey()), file.getValue());
    }
  }

  /** Whether the kernel has killed a process of the container for want of memory. */
  public boolean outOfMemory() {
    Hierarchy limited = memory;
    if (limited == null) {
      return false;
    }
    Path group = limited.directory();
    for (String name : EVENTS) {
      try {
        return Files.readAllLines(group.resolve(name)).stream()
            .anyMatch(line -> line.startsWith("oom_kill ") && !line.equals("oom_kill 0"));
      } catch (IOException e) {
        log.trace("{}: {}", group, e.getMessage()); // the other version's file
      }
    }
    return false;
  }

  /** Removes them if no process is left in them; else the pod's end does. Never throws. */
  public void remove() {
    for (Path group : groups) {
      try {
        boolean _ = Files.deleteIfExists(group);
      } catch (IOException e) {
        log.trace("{} is in use: {}", group, e.getMessage());
      }
    }
  }

  /** Removes an empty group. What has just been killed may be in it for a moment. */
  static void remove(Path group) {
    for (int i = 0; i < TRIES_MAX; i++) {
      try {
        Files.delete(group);
        return;
      } catch (NoSuchFileException e) {
        return;
      } catch (IOException e) {
        LockSupport.parkNanos(TRY_NANOS);
      }
    }
    log.warn("control group {} stays: it is in use", group);
  }
}
