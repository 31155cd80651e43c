package dev.fairlead.kubelet.volume;

import dev.fairlead.kubelet.sandbox.SandboxFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the files of a volume so that a reader sees all of the old ones or all of the new
 * (upstream: {@code AtomicWriter}). They lie in a directory with the time in its name; the link
 * {@code ..data} points to it and is replaced by one rename; each name in the volume is a link
 * through {@code ..data}.
 */
final class AtomicWriter {
  private static final String DATA = "..data";
  private static final String DATA_NEXT = "..data_tmp";
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'..'yyyy_MM_dd_HH_mm_ss.nnnnnnnnn").withZone(ZoneOffset.UTC);
  private static final int DIRECTORY_MODE = 0755;

  private final Path volume;
  private final @Nullable Long group;

  /**
   * @param group that owns everything; null for root's
   */
  AtomicWriter(Path volume, @Nullable Long group) {
    this.volume = volume;
    this.group = group;
  }

  /**
   * Replaces what is in the volume.
   *
   * @param files by path, relative and without {@code ..}
   */
  void write(Map<String, ProjectedFile> files, Instant now) throws IOException {
    Path before = current();
    Path next = Files.createDirectory(volume.resolve(name(now)));
    own(next, DIRECTORY_MODE);
    for (Map.Entry<String, ProjectedFile> each : files.entrySet()) {
      write(next.resolve(each.getKey()), each.getValue(), next);
    }
    Files.deleteIfExists(volume.resolve(DATA_NEXT));
    Files.createSymbolicLink(volume.resolve(DATA_NEXT), next.getFileName());
    Files.move(volume.resolve(DATA_NEXT), volume.resolve(DATA), StandardCopyOption.ATOMIC_MOVE);
    link(files.keySet().stream().map(AtomicWriter::first).collect(Collectors.toSet()));
    if (before != null) {
      SandboxFiles.delete(before);
    }
  }

  /** The directory that is seen now; null before the first write. */
  private @Nullable Path current() throws IOException {
    Path link = volume.resolve(DATA);
    return Files.isSymbolicLink(link) ? volume.resolve(Files.readSymbolicLink(link)) : null;
  }

  /** Two writes within one tick of the clock still get a name each. */
  private String name(Instant now) {
    Instant free = now;
    while (Files.exists(volume.resolve(NAME.format(free)))) {
      free = free.plusNanos(1);
    }
    return NAME.format(free);
  }

  private void write(Path file, ProjectedFile content, Path top) throws IOException {
    Path parent = file.getParent();
    if (parent != null && !parent.equals(top)) {
      Files.createDirectories(parent);
      for (Path each = parent; each != null && !each.equals(top); each = each.getParent()) {
        own(each, DIRECTORY_MODE);
      }
    }
    Files.write(file, content.data());
    own(file, content.mode());
  }

  private void own(Path path, int mode) throws IOException {
    if (group != null) {
      Files.setAttribute(path, "unix:gid", Math.toIntExact(group));
    }
    Files.setAttribute(path, "unix:mode", mode);
  }

  private void link(Set<String> wanted) throws IOException {
    try (Stream<Path> entries = Files.list(volume)) {
      for (Path each : (Iterable<Path>) entries::iterator) {
        String name = each.getFileName().toString();
        if (!name.startsWith("..") && !wanted.contains(name)) {
          Files.delete(each);
        }
      }
    }
    for (String name : wanted) {
      if (!Files.exists(volume.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
        Files.createSymbolicLink(volume.resolve(name), Path.of(DATA, name));
      }
    }
  }

  private static String first(String path) {
    int slash = path.indexOf('/');
    return slash < 0 ? path : path.substring(0, slash);
  }
}
