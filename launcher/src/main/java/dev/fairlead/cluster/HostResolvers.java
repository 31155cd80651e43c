package dev.fairlead.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The resolvers of the host, which answer names outside the cluster (resolv.conf(5)). */
final class HostResolvers {
  private static final int DNS_PORT = 53;
  private static final int RESOLVERS_MAX = 3;

  private HostResolvers() {}

  static List<InetSocketAddress> read() throws IOException {
    return read(Path.of("/etc/resolv.conf"));
  }

  static List<InetSocketAddress> read(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .map(line -> line.strip().split("\\s+"))
          .filter(words -> words.length >= 2 && words[0].equals("nameserver"))
          .filter(words -> words[1].matches("[0-9.]+"))
          .limit(RESOLVERS_MAX)
          .map(words -> new InetSocketAddress(InetAddress.ofLiteral(words[1]), DNS_PORT))
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
