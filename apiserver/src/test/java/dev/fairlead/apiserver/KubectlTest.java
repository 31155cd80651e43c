package dev.fairlead.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stock kubectl against the server. Skipped where there is no kubectl. */
@Timeout(120)
class KubectlTest {
  @TempDir Path folder;

  @Test
  void kubectlCreatesReadsExplainsAndDeletes() throws Exception {
    Optional<Path> kubectl = kubectl();
    assumeTrue(kubectl.isPresent(), "kubectl is not installed");
    try (TestServer server = new TestServer()) {
      Files.writeString(folder.resolve("config"), server.kubeconfig());
      Path file = folder.resolve("pod.yaml");
      Files.writeString(
          file,
          "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i}]}}");
      assertThat(run(kubectl.get(), "get", "namespaces")).contains("default", "Active");
      assertThat(run(kubectl.get(), "create", "configmap", "one", "--from-literal=x=y"))
          .contains("configmap/one created");
      assertThat(run(kubectl.get(), "create", "deployment", "web", "--image=i", "--port=80"))
          .contains("deployment.apps/web created");
      assertThat(run(kubectl.get(), "get", "deployments", "-o", "wide"))
          .containsSubsequence("NAME", "READY", "UP-TO-DATE", "SELECTOR", "web", "app=web");
      assertThat(run(kubectl.get(), "create", "-f", file.toString())).contains("pod/p created");
      assertThat(run(kubectl.get(), "get", "pods", "-o", "name")).isEqualTo("pod/p\n");
      assertThat(run(kubectl.get(), "get", "configmap", "one", "-o", "jsonpath={.data.x}"))
          .isEqualTo("y");
      assertThat(run(kubectl.get(), "explain", "pod.spec.nodeName")).contains("nodeName <string>");
      assertThat(run(kubectl.get(), "get", "nothing"))
          .contains("the server doesn't have a resource type \"nothing\"");
      assertThat(run(kubectl.get(), "delete", "configmap", "one")).contains("deleted");
      assertThat(run(kubectl.get(), "get", "configmap", "one"))
          .contains("Error from server (NotFound): configmaps \"one\" not found");
    }
  }

  private String run(Path kubectl, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(kubectl.toString());
    command.addAll(List.of("--kubeconfig", folder.resolve("config").toString()));
    command.addAll(List.of("--cache-dir", folder.resolve("cache").toString()));
    command.addAll(Arrays.asList(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  private static Optional<Path> kubectl() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(
            Arrays.stream(path.split(File.pathSeparator)),
            Stream.of("/usr/lib/google-cloud-sdk/bin"))
        .map(directory -> Path.of(directory, "kubectl"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
