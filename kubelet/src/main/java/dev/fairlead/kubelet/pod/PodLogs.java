package dev.fairlead.kubelet.pod;

import dev.fairlead.kubelet.log.ContainerLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The logs of a pod's containers: of the run that is on and of the one before. */
final class PodLogs {
  private static final Logger log = LoggerFactory.getLogger(PodLogs.class);

  private final Map<String, ContainerLog> current = new ConcurrentHashMap<>();
  private final Map<String, ContainerLog> previous = new ConcurrentHashMap<>();

  /** A container runs anew; the log of the run before the last is removed. */
  void started(String container, ContainerLog next) {
    ContainerLog last = current.put(container, next);
    ContainerLog oldest = last == null ? null : previous.put(container, last);
    if (oldest != null) {
      delete(oldest.path());
    }
  }

  @Nullable ContainerLog find(String container, boolean ofPrevious) {
    return ofPrevious ? previous.get(container) : current.get(container);
  }

  /** Removes a log with its rotated files. */
  private static void delete(Path path) {
    Path directory = path.toAbsolutePath().getParent();
    String name = path.getFileName().toString();
    try (var files = Files.newDirectoryStream(directory, name + "*")) {
      for (Path file : files) {
        boolean _ = Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      log.warn("cannot remove {}: {}", path, e.getMessage());
    }
  }
}
