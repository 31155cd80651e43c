package dev.fairlead.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/** Who listens on a TCP port of this host, read from {@code /proc/net/tcp} (see proc(5)). */
public final class ListeningPort {
  private static final String LISTEN = "0A";

  private ListeningPort() {}

  /**
   * Fails, naming the holder, when the port cannot be had.
   *
   * @throws Failure with the holder's process and what to do
   */
  public static void requireFree(InetAddress address, int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(address, port));
    } catch (IOException e) {
      throw new Failure(
          "port %d on %s is taken by %s; stop it and try again"
              .formatted(port, address.getHostAddress(), holder(port).orElse("another process")));
    }
  }

  /** The holder as {@code name (pid 123)}. */
  static Optional<String> holder(int port) {
    String suffix = ":" + HexFormat.of().withUpperCase().toHexDigits((short) port);
    for (String table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
      try (Stream<String> lines = Files.lines(Path.of(table))) {
        Optional<String> inode =
            lines
                .map(line -> line.strip().split("\\s+"))
                .filter(field -> field.length > 9 && field[1].endsWith(suffix))
                .filter(field -> field[3].equals(LISTEN))
                .map(field -> field[9])
                .findFirst();
        if (inode.isPresent()) {
          return owner("socket:[" + inode.get() + "]");
        }
      } catch (IOException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Optional<String> owner(String link) throws IOException {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
      for (Path process : processes) {
        if (holds(process, link)) {
          String name = Files.readString(process.resolve("comm")).strip();
          return Optional.of("%s (pid %s)".formatted(name, process.getFileName()));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean holds(Path process, String link) {
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        if (Files.readSymbolicLink(descriptor).toString().equals(link)) {
          return true;
        }
      }
    } catch (IOException e) {
      return false; // the process ended while we looked, or is not ours to see
    }
    return false;
  }
}
