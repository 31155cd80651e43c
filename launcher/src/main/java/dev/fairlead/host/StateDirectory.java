package dev.fairlead.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Everything that a cluster keeps on disk, in one folder with mode 0700: {@code $FAIRLEAD_HOME},
 * else {@code ~/.fairlead}. This class owns the names in it.
 *
 * @param root absolute
 */
public record StateDirectory(Path root) {

  /** The folder that the environment asks for. */
  public static StateDirectory of(Map<String, String> environment, Path userHome) {
    String home = environment.getOrDefault("FAIRLEAD_HOME", "");
    Path root = home.isBlank() ? userHome.resolve(".fairlead") : Path.of(home);
    return new StateDirectory(root.toAbsolutePath().normalize());
  }

  /** Makes the folders that are missing. */
  public void create() throws IOException {
    for (Path folder : new Path[] {root, pki(), logs(), run(), pods()}) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /** The database of the SQLite store. */
  public Path database() {
    return root.resolve("store.db");
  }

  /** Holds the range of cluster IPs that the objects in the database were made with. */
  public Path serviceRange() {
    return root.resolve("service-cluster-ip-range");
  }

  /** Certificates and keys. */
  public Path pki() {
    return root.resolve("pki");
  }

  public Path logs() {
    return root.resolve("logs");
  }

  /** The one log file of the cluster's process. */
  public Path log() {
    return logs().resolve("fairlead.log");
  }

  /** What only means something while the cluster runs; emptied by {@code down}. */
  public Path run() {
    return root.resolve("run");
  }

  /** Files of pods, one folder each; emptied by {@code down}. */
  public Path pods() {
    return root.resolve("pods");
  }

  /** The socket on which the cluster's process answers the command line. */
  public Path controlSocket() {
    return run().resolve("control.sock");
  }

  /** Holds the lock that only one cluster process can have, and its process id. */
  public Path pidFile() {
    return root.resolve("fairlead.pid");
  }

  /** The administrator's access, for our own {@code kubectl} command. */
  public Path kubeconfig() {
    return root.resolve("kubeconfig");
  }

  /** Holds the path of the kubeconfig file that our context was merged into. */
  public Path publishedKubeconfig() {
    return root.resolve("published-kubeconfig");
  }

  /** Removes what means nothing without a running cluster. */
  public void clearRuntime() throws IOException {
    deleteTree(run());
    deleteTree(pods());
  }

  /** Removes everything, including all objects. */
  public void delete() throws IOException {
    deleteTree(root);
  }

  private static void deleteTree(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) tree.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(path);
      }
    }
  }
}
