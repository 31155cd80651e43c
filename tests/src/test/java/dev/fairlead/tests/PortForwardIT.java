package dev.fairlead.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code kubectl port-forward}, {@code exec} and {@code cp}, with every kubectl that lies beside
 * the machine's: old ones speak SPDY, new ones WebSocket.
 */
final class PortForwardIT {
  @AutoClose private static LocalClusterFixture cluster;
  private static String pod;

  @BeforeAll
  static void up() throws IOException {
    cluster = LocalClusterFixture.create();
    cluster.up("--nodes", "2", "--store", "memory");
    cluster.deploy("alpaca-prod", 1);
    cluster.kubectl("expose", "deployment", "alpaca-prod").ok();
    pod = cluster.field("pods", "-lapp=alpaca-prod", ".items[0].metadata.name");
  }

  /** The machine's kubectl, and the oldest and newest of those that come with it. */
  static List<String> kubectls() throws IOException {
    Path own =
        Stream.of(System.getenv("PATH").split(":", -1))
            .map(folder -> Path.of(folder, "kubectl"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow()
            .toRealPath();
    List<String> all = new ArrayList<>(List.of("kubectl"));
    Stream.of("kubectl.1.27", "kubectl.1.33")
        .map(own::resolveSibling)
        .filter(Files::isExecutable)
        .forEach(each -> all.add(each.toString()));
    return all;
  }

  /** A kubectl that goes on until the test ends it. */
  private record Running(Process process, CompletableFuture<String> err) implements AutoCloseable {
    static Running start(String... command) throws IOException {
      Process process = cluster.outer.start(command);
      CompletableFuture<String> err = new CompletableFuture<>();
      Thread.ofPlatform()
          .daemon()
          .start(() -> {
            try (BufferedReader reader = process.errorReader()) {
              err.complete(String.join("\n", reader.lines().toList()));
            } catch (IOException e) {
              err.completeExceptionally(e);
            }
          });
      return new Running(process, err);
    }

    /** Starts forwarding and waits until kubectl has said so, this many times. */
    static Running forward(int lines, String kubectl, String... arguments) throws IOException {
      List<String> command = new ArrayList<>(List.of(kubectl, "port-forward"));
      command.addAll(Arrays.asList(arguments));
      Running running = start(command.toArray(String[]::new));
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(running.process.getInputStream(), StandardCharsets.UTF_8));
      for (int i = 0; i < lines; i++) {
        assertThat(out.readLine()).startsWith("Forwarding from 127.0.0.1:");
      }
      return running;
    }

    /** Waits for the end: the next one may want the same port. */
    @Override
    public void close() {
      process.destroy();
      process.onExit().join();
    }
  }

  private static CommandResult curl(int port) {
    return cluster.outer.run("curl", "-s", "-m", "20", "http://127.0.0.1:" + port + "/healthy");
  }

  @ParameterizedTest
  @MethodSource("kubectls")
  void forwardsToPodDeploymentAndService(String kubectl) throws IOException {
    for (String to : List.of(pod, "deployment/alpaca-prod", "service/alpaca-prod")) {
      try (Running _ = Running.forward(1, kubectl, "--address=127.0.0.1", to, "48858:8080")) {
        assertThat(curl(48858).text()).isEqualTo("ok");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kubectls")
  void severalPortsAndConnectionsAtOnce(String kubectl) throws IOException {
    try (Running _ =
        Running.forward(2, kubectl, "--address=127.0.0.1", pod, "48858:8080", "48859:8080")) {
      List<CompletableFuture<String>> answers =
          IntStream.range(0, 20)
              .mapToObj(i ->
                  CompletableFuture.supplyAsync(
                      () -> curl(48858 + i % 2).text(), task -> Thread.ofVirtual().start(task)))
              .toList();
      answers.forEach(answer -> assertThat(answer.join()).isEqualTo("ok"));
    }
  }

  @ParameterizedTest
  @MethodSource("kubectls")
  void aLargeTransfer_isAnsweredAfterItsSenderHasClosedItsHalf(String kubectl) throws IOException {
    String name = "echo-" + Math.abs(kubectl.hashCode() % 10_000);
    // Answers only when it has read to the end, so it needs to learn of the end.
    String server =
        """
        import socket
        door = socket.create_server(("", 7000))
        while True:
            caller, _ = door.accept()
            read = b"".join(iter(lambda: caller.recv(65536), b""))
            caller.sendall(read[::-1])
            caller.close()
        """;
    String client =
        """
        import os, socket
        sent = os.urandom(20_000_000)
        caller = socket.create_connection(("127.0.0.1", 48858))
        caller.sendall(sent)
        caller.shutdown(socket.SHUT_WR)
        print(b"".join(iter(lambda: caller.recv(65536), b"")) == sent[::-1])
        """;
    cluster.kubectl("run", name, "--image=host", "--command", "--", "python3", "-c", server).ok();
    cluster.kubectl("wait", "--for=condition=Ready", "pod/" + name, "--timeout=60s").ok();
    await().until(() -> cluster.ssh(name, "ss", "-ltn").out().contains(":7000 "));
    try (Running _ = Running.forward(1, kubectl, "--address=127.0.0.1", name, "48858:7000")) {
      assertThat(cluster.outer.run("python3", "-c", client).text()).isEqualTo("True");
    }
    cluster.kubectl("delete", "pod", name, "--grace-period=1", "--wait=false").ok();
  }

  @Test
  void aTakenLocalPort_isKubectlsOwnMessage() throws IOException {
    try (Running _ = Running.forward(1, "kubectl", "--address=127.0.0.1", pod, "48858:8080")) {
      assertThat(
              cluster.kubectl("port-forward", "--address=127.0.0.1", pod, "48858:8080").refused())
          .contains("Unable to listen on port 48858", "address already in use");
    }
  }

  @ParameterizedTest
  @MethodSource("kubectls")
  void deletingThePod_endsTheForward(String kubectl) throws IOException {
    cluster.kubectl("run", "leaving", "--image=gcr.io/kuar-demo/kuard-amd64:blue").ok();
    cluster.kubectl("wait", "--for=condition=Ready", "pod/leaving", "--timeout=60s").ok();
    cluster.awaitKuard("leaving");
    try (Running forward =
        Running.forward(1, kubectl, "--address=127.0.0.1", "leaving", "48858:8080")) {
      assertThat(curl(48858).text()).isEqualTo("ok");
      cluster.kubectl("delete", "pod", "leaving", "--grace-period=1").ok();
      await().until(() -> !forward.process().isAlive());
      assertThat(forward.err().join()).contains("lost connection to pod");
    }
  }

  @ParameterizedTest
  @MethodSource("kubectls")
  void exec_outputsExitCodeAndInput(String kubectl) {
    CommandResult both =
        cluster.outer.run(kubectl, "exec", pod, "--", "sh", "-c", "echo out; echo err >&2; exit 7");
    assertThat(both.exitCode()).isEqualTo(7);
    assertThat(both.out()).isEqualTo("out\n");
    assertThat(both.err()).contains("err\n", "command terminated with exit code 7");
    String large = "0123456789\n".repeat(100_000);
    assertThat(cluster.outer.runWithInput(large, kubectl, "exec", "-i", pod, "--", "cat").ok())
        .isEqualTo(large);
    assertThat(cluster.outer.run(kubectl, "exec", pod, "-c", "nobody", "--", "true").refused())
        .contains("container nobody is not valid for pod " + pod);
  }

  @ParameterizedTest
  @MethodSource("kubectls")
  void cp_bothWays(String kubectl) throws IOException {
    Path folder = Files.createTempDirectory(cluster.home.getParent(), "cp");
    Path there = folder.resolve("there");
    Files.writeString(folder.resolve("sent"), "0123456789\n".repeat(10_000));
    cluster.outer.run(kubectl, "cp", folder.resolve("sent").toString(), pod + ":" + there).ok();
    assertThat(there).hasSameTextualContentAs(folder.resolve("sent"));
    Path back = folder.resolve("back");
    cluster.outer.run(kubectl, "cp", pod + ":" + there, back.toString()).ok();
    assertThat(back).hasSameTextualContentAs(there);
  }

  @ParameterizedTest
  @MethodSource("kubectls")
  void aCommandThatIgnoresItsInput_diesWithItsClient(String kubectl) throws IOException {
    String mark = "7" + Math.abs(kubectl.hashCode() % 10_000);
    try (Running exec =
        Running.start(
            "sh", "-c", "yes | exec " + kubectl + " exec -i " + pod + " -- sleep " + mark)) {
      await().until(() -> sleeps(mark));
      List<ProcessHandle> all = exec.process().descendants().toList();
      assertThat(all).isNotEmpty();
      // Time for the input to fill every buffer on the way.
      await().pollDelay(Duration.ofSeconds(3)).until(() -> sleeps(mark));
      all.forEach(ProcessHandle::destroyForcibly);
      await().until(() -> !sleeps(mark));
    }
  }

  private static boolean sleeps(String mark) {
    return cluster.processes().stream()
        .anyMatch(process -> commandLine(process).equals("sleep " + mark));
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "cmdline"))
          .replace('\0', ' ')
          .strip();
    } catch (IOException e) {
      return "";
    }
  }
}
