package dev.fairlead.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A kubectl of this machine.
 *
 * @param version as it says itself: {@code v1.33.1}
 */
record Kubectl(Path program, String version) {
  private static final Pattern GIT_VERSION =
      Pattern.compile("\"gitVersion\": ?\"(v1\\.(\\d+)[^\"]*)\"");

  /** Where the script {@code run} puts the one of Debian 12, if it can get it. */
  private static final Path DEBIAN = Path.of("target/kubectl-debian/usr/bin/kubectl");

  /** The default one, those beside it that carry their version in their name, and Debian's. */
  static List<Kubectl> atHand(Outer outer) throws IOException {
    List<Path> programs = new ArrayList<>();
    programs.add(onPath());
    programs.addAll(beside(onPath()));
    if (Files.isExecutable(DEBIAN)) {
      programs.add(DEBIAN.toAbsolutePath());
    }
    Map<String, Kubectl> byVersion = new LinkedHashMap<>();
    for (Path program : programs) {
      Kubectl each = new Kubectl(program, versionOf(outer, program));
      byVersion.putIfAbsent(each.version(), each);
    }
    return List.copyOf(byVersion.values());
  }

  /** The second number: 33. */
  int minor() {
    return Integer.parseInt(version.split("\\.")[1]);
  }

  /** Usable in names: {@code v1-33-1}. */
  String label() {
    return version.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  private static Path onPath() throws IOException {
    for (String folder : System.getenv("PATH").split(":")) {
      Path program = Path.of(folder, "kubectl");
      if (Files.isExecutable(program)) {
        return program.toRealPath();
      }
    }
    throw new IllegalStateException("there is no kubectl");
  }

  private static List<Path> beside(Path program) throws IOException {
    try (Stream<Path> files = Files.list(Objects.requireNonNull(program.getParent()))) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).matches("kubectl\\.1\\.\\d+"))
          .sorted()
          .toList();
    }
  }

  private static String versionOf(Outer outer, Path program) {
    String told = outer.run(program.toString(), "version", "--client", "-o", "json").ok();
    Matcher version = GIT_VERSION.matcher(told);
    assertThat(version.find()).as("version in %s", told).isTrue();
    return version.group(1);
  }

  /** A folder that holds it under its plain name, for the search path. */
  Path linkedIn(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.createSymbolicLink(folder.resolve("kubectl"), program);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
