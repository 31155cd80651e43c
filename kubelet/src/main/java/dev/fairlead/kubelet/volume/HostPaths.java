package dev.fairlead.kubelet.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Checks what lies at a {@code hostPath}, and makes it where its type says so. */
final class HostPaths {
  private static final int TYPE_BITS = 0170000;
  private static final int SOCKET = 0140000;
  private static final int BLOCK_DEVICE = 0060000;
  private static final int CHARACTER_DEVICE = 0020000;

  private HostPaths() {}

  static void check(Volume.Source.HostPath source) throws VolumeException, IOException {
    if (Arrays.asList(source.path().split("/", -1)).contains("..")) {
      throw new VolumeException(
          "invalid HostPath `%s`: must not contain '..'".formatted(source.path()));
    }
    Path path = Path.of("/").resolve(source.path());
    boolean exists = Files.exists(path);
    switch (source.type()) {
      // The container runtime makes a directory of what is not there.
      case "" -> {
        if (!exists) {
          Files.createDirectories(path);
        }
      }
      case "DirectoryOrCreate" -> {
        if (!exists) {
          Files.createDirectories(path);
        }
        expect(Files.isDirectory(path), source, "directory");
      }
      case "Directory" -> expect(Files.isDirectory(path), source, "directory");
      case "FileOrCreate" -> {
        if (!exists) {
          Files.createFile(path);
        }
        expect(Files.isRegularFile(path), source, "file");
      }
      case "File" -> expect(Files.isRegularFile(path), source, "file");
      case "Socket" -> expect(exists && type(path) == SOCKET, source, "socket file");
      case "CharDevice" ->
          expect(exists && type(path) == CHARACTER_DEVICE, source, "character device");
      case "BlockDevice" -> expect(exists && type(path) == BLOCK_DEVICE, source, "block device");
      default -> throw new VolumeException(source.type() + " is an invalid volume type");
    }
  }

  private static void expect(boolean right, Volume.Source.HostPath source, String what)
      throws VolumeException {
    if (!right) {
      throw new VolumeException(
          "hostPath type check failed: %s is not a %s".formatted(source.path(), what));
    }
  }

  private static int type(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:mode") & TYPE_BITS;
  }
}
