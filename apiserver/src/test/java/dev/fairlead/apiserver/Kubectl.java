package dev.fairlead.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One version of kubectl.
 *
 * @param folder holds the kubeconfig, {@code config}, and the files that commands are given
 */
record Kubectl(Path binary, Path folder) {
  /** A Deployment of one pod. */
  static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
        labels: {app: web}
      spec:
        replicas: 1
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers:
            - {name: c, image: "i:1", ports: [{containerPort: 80}]}
      """;

  /** How a command ended. */
  record Ran(int status, String output) {}

  /** What a command prints that must succeed. */
  String ok(String... arguments) throws Exception {
    Ran ran = execute(arguments);
    assertThat(ran.status()).as(ran.output()).isZero();
    return ran.output();
  }

  /** What a command prints, however it ends. */
  String run(String... arguments) throws Exception {
    return execute(arguments).output();
  }

  String jsonPath(String name, String path) throws Exception {
    return ok("get", name, "-o", "jsonpath=" + path);
  }

  Ran execute(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(binary.toString());
    command.addAll(List.of("--kubeconfig", folder.resolve("config").toString()));
    command.addAll(List.of("--cache-dir", folder.resolve("cache").toString()));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KUBE_EDITOR", "sed -i s/two/edited/");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Ran(process.exitValue(), output);
  }

  /** Writes a file; its path. */
  String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  /** Each version that is installed; none where there is no kubectl. */
  static Stream<Path> installed() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator))
        .map(directory -> Path.of(directory, "kubectl"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Kubectl::withVersionsBeside)
        .orElseGet(Stream::empty);
  }

  /** {@code kubectl.1.27} and so on; only {@code kubectl} where there are none. */
  private static Stream<Path> withVersionsBeside(Path kubectl) {
    try (Stream<Path> files = Files.list(kubectl.toRealPath().getParent())) {
      List<Path> versions =
          files
              .filter(file -> file.getFileName().toString().matches("kubectl\\.1\\.\\d+"))
              .sorted()
              .toList();
      return versions.isEmpty() ? Stream.of(kubectl) : versions.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
