package dev.fairlead.host;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The Debian packages that a cluster needs, and those that the first commands of a newcomer need.
 * Missing ones are installed after saying which, where that is possible; else they are named with
 * the command that installs them.
 */
public final class DebianPackages {
  private static final int INSTALL_SECONDS_MAX = 300;

  /** A file that tells whether a package is there → the package. */
  private static final Map<Path, String> NEEDED =
      Map.of(
          library("libnftables.so.1"), "libnftables1",
          Path.of("/usr/bin/nsenter"), "util-linux");

  private static final Map<Path, String> HANDY =
      Map.of(
          Path.of("/usr/sbin/nft"), "nftables",
          Path.of("/usr/bin/dig"), "dnsutils",
          Path.of("/usr/bin/curl"), "curl");

  private final PrintStream out;

  public DebianPackages(PrintStream out) {
    this.out = out;
  }

  /**
   * Installs what is missing.
   *
   * @throws Failure when something that the cluster needs cannot be installed
   */
  public void ensure() {
    List<String> needed = missing(NEEDED);
    List<String> handy = missing(HANDY);
    if (needed.isEmpty() && handy.isEmpty()) {
      return;
    }
    List<String> all = new ArrayList<>(needed);
    all.addAll(handy);
    String command = "apt-get install -y " + String.join(" ", all);
    boolean installed = Files.isExecutable(Path.of("/usr/bin/apt-get")) && install(all);
    if (!installed && !needed.isEmpty()) {
      throw new Failure(
          "missing: %s; install with: %s".formatted(String.join(", ", needed), command));
    }
    if (!installed) {
      out.println("  not there: %s (to get them: %s)".formatted(String.join(", ", handy), command));
    }
  }

  private boolean install(List<String> packages) {
    out.println("  installing Debian packages: " + String.join(" ", packages));
    List<String> install = new ArrayList<>(List.of("apt-get", "install", "-y", "-qq"));
    install.addAll(packages);
    return run(install) || (run(List.of("apt-get", "update", "-qq")) && run(install));
  }

  private static boolean run(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      if (!process.waitFor(INSTALL_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Where Debian puts a library on this machine's architecture. */
  private static Path library(String file) {
    String arch = System.getProperty("os.arch", "");
    String triplet =
        switch (arch) {
          case "amd64" -> "x86_64-linux-gnu";
          case "aarch64" -> "aarch64-linux-gnu";
          default -> arch + "-linux-gnu";
        };
    return Path.of("/usr/lib", triplet, file);
  }

  private static List<String> missing(Map<Path, String> files) {
    return files.entrySet().stream()
        .filter(entry -> !Files.exists(entry.getKey()))
        .map(Map.Entry::getValue)
        .sorted()
        .toList();
  }
}
