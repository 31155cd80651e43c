package dev.fairlead.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Command lines of the programs in the room {@code strangers}. */
final class StrangerPrograms {
  /** Spring Cloud Kubernetes over the official client, and over fabric8. */
  static final List<String> FLAVOURS = List.of("client", "fabric8");

  private static final Path LIBRARIES = Path.of("../strangers/target/lib").toAbsolutePath();
  private static final String JAVA = System.getProperty("java.home") + "/bin/java";

  private StrangerPrograms() {}

  /**
   * The Spring Boot application.
   *
   * @param settings below {@code spring.cloud.kubernetes.}, {@code name=value}
   */
  static List<String> finder(String flavour, String... settings) {
    String other = FLAVOURS.get(1 - FLAVOURS.indexOf(flavour));
    List<String> command = program("Finder", "spring-cloud-kubernetes-" + other + "-");
    command.addAll(
        List.of(
            "--spring.main.banner-mode=off",
            "--spring.main.cloud-platform=kubernetes",
            "--logging.level.root=WARN",
            "--spring.cloud.kubernetes.discovery.primary-port-name=http",
            "--spring.cloud.kubernetes.discovery.catalogServicesWatchDelay=300"));
    Stream.of(settings).map("--spring.cloud.kubernetes."::concat).forEach(command::add);
    return command;
  }

  /** A candidate of the official client's leader election. */
  static List<String> candidate(String name) {
    List<String> command = program("Candidate", "spring-");
    command.add(name);
    return command;
  }

  /** Helm, without its arguments. */
  static List<String> helm() {
    return program("HelmCommand", "spring-");
  }

  private static List<String> program(String name, String without) {
    return new ArrayList<>(
        List.of(
            JAVA,
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx192m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath(without),
            "dev.fairlead.strangers." + name));
  }

  /** All libraries but those whose names begin like this. */
  private static String classPath(String without) {
    try (Stream<Path> libraries = Files.list(LIBRARIES)) {
      return libraries
          .filter(library -> !library.getFileName().toString().startsWith(without))
          .map(Path::toString)
          .sorted()
          .collect(Collectors.joining(":"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
