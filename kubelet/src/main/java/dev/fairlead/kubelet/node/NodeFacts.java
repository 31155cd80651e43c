package dev.fairlead.kubelet.node;

import dev.fairlead.api.quantity.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the machine says about itself.
 *
 * @param cpus processors
 * @param memoryKib all of its memory
 * @param storageKib the size of the file system that holds the pods' files
 */
public record NodeFacts(
    int cpus,
    long memoryKib,
    long storageKib,
    String machineId,
    String bootId,
    String kernelVersion,
    String osImage,
    String architecture) {

  /** What pods may have of it, by resource. */
  public Map<String, Quantity> allocatable() {
    return Map.of(
        "cpu",
        Quantity.of(cpus),
        "memory",
        Quantity.ofBytes(memoryKib * 1024),
        "ephemeral-storage",
        Quantity.ofBytes(storageKib * 1024));
  }

  /**
   * Reads them; what cannot be read is empty.
   *
   * @param state the folder that holds the pods' files
   */
  public static NodeFacts read(Path state) {
    return new NodeFacts(
        Runtime.getRuntime().availableProcessors(),
        memory(text(Path.of("/proc/meminfo"))),
        storage(state),
        text(Path.of("/etc/machine-id")).strip(),
        text(Path.of("/proc/sys/kernel/random/boot_id")).strip(),
        text(Path.of("/proc/sys/kernel/osrelease")).strip(),
        osImage(text(Path.of("/etc/os-release"))),
        machine());
  }

  private static long memory(String meminfo) {
    for (String line : meminfo.split("\n", -1)) {
      if (line.startsWith("MemTotal:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    return 0;
  }

  private static long storage(Path state) {
    try {
      return Files.getFileStore(state).getTotalSpace() / 1024;
    } catch (IOException e) {
      return 0;
    }
  }

  private static String osImage(String release) {
    for (String line : release.split("\n", -1)) {
      if (line.startsWith("PRETTY_NAME=")) {
        return line.substring("PRETTY_NAME=".length()).replace("\"", "");
      }
    }
    return "Linux";
  }

  private static String machine() {
    String name = System.getProperty("os.arch", "amd64");
    return name.equals("aarch64") ? "arm64" : name;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
