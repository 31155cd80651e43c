package dev.fairlead.kubelet.stats;

import dev.fairlead.kubelet.runtime.Leftovers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Usage from {@code /proc} ({@code proc(5)}). A process carries the names of its pod and container
 * in its environment; its descendants inherit them. The CPU time of a process that has ended counts
 * if its parent has waited for it and still lives. Used by one thread at a time.
 */
public final class ProcUsage implements UsageSource {
  private static final Logger log = LoggerFactory.getLogger(ProcUsage.class);
  private static final long NANOS_PER_TICK = 10_000_000;
  private static final int ENVIRONMENT_BYTES_MAX = 256 * 1024;

  private final Path proc;
  private Map<Key, Optional<Owner>> known = new HashMap<>();

  /** A process is its number and its start, as numbers come again. */
  private record Key(long pid, long start) {}

  /** Of this machine. */
  public ProcUsage() {
    this(Path.of("/proc"));
  }

  ProcUsage(Path proc) {
    this.proc = proc;
  }

  @Override
  public Map<Owner, Usage> containers() throws IOException {
    Map<Owner, Usage> result = new HashMap<>();
    Map<Key, Optional<Owner>> seen = new HashMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc, ProcUsage::isProcess)) {
      for (Path entry : entries) {
        try {
          take(entry, result, seen);
        } catch (IOException e) {
          log.trace("{} has ended meanwhile", entry);
        }
      }
    }
    known = seen;
    return result;
  }

  private void take(Path entry, Map<Owner, Usage> result, Map<Key, Optional<Owner>> seen)
      throws IOException {
    ProcStat stat = ProcStat.parse(Files.readString(entry.resolve("stat")));
    Key process = new Key(Long.parseLong(entry.getFileName().toString()), stat.start());
    Optional<Owner> owner = known.get(process);
    if (owner == null) {
      owner = owner(entry);
    }
    seen.put(process, owner);
    if (owner.isPresent()) {
      Usage usage = new Usage(stat.ticks() * NANOS_PER_TICK, memory(entry));
      result.merge(owner.get(), usage, Usage::plus);
    }
  }

  private static Optional<Owner> owner(Path entry) throws IOException {
    byte[] bytes;
    try (var in = Files.newInputStream(entry.resolve("environ"))) {
      bytes = in.readNBytes(ENVIRONMENT_BYTES_MAX);
    }
    String uid = "";
    String container = "";
    for (String variable : new String(bytes, StandardCharsets.UTF_8).split("\0", -1)) {
      if (variable.startsWith(Leftovers.POD_UID + "=")) {
        uid = variable.substring(Leftovers.POD_UID.length() + 1);
      } else if (variable.startsWith(Leftovers.CONTAINER + "=")) {
        container = variable.substring(Leftovers.CONTAINER.length() + 1);
      }
    }
    return uid.isEmpty() || container.isEmpty()
        ? Optional.empty()
        : Optional.of(new Owner(uid, container));
  }

  /** Proportional memory where the kernel tells it. */
  private static long memory(Path entry) throws IOException {
    Path rollup = entry.resolve("smaps_rollup");
    return Files.exists(rollup)
        ? kibibytes(Files.readString(rollup), "Pss:")
        : kibibytes(Files.readString(entry.resolve("status")), "VmRSS:");
  }

  private static long kibibytes(String text, String name) {
    for (String line : text.split("\n", -1)) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.substring(name.length()).replace("kB", "").strip()) * 1024;
      }
    }
    return 0;
  }

  @Override
  public Usage machine() throws IOException {
    String memory = Files.readString(proc.resolve("meminfo"));
    long used = kibibytes(memory, "MemTotal:") - kibibytes(memory, "MemAvailable:");
    String line = Files.readString(proc.resolve("stat")).split("\n", 2)[0];
    return new Usage(ProcStat.busyTicks(line) * NANOS_PER_TICK, used);
  }

  private static boolean isProcess(Path entry) {
    return entry.getFileName().toString().chars().allMatch(Character::isDigit);
  }
}
