package dev.fairlead.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.tests.PodClient.Conversation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Java programs that run commands in pods, read their logs and talk to their ports, over TLS: the
 * official client and fabric8. Unlike kubectl they use the plain channels of a WebSocket.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class JavaClientsIT {
  private static final String PODS =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: web}
      spec:
        containers:
        - name: kuard
          image: gcr.io/kuar-demo/kuard-amd64:blue
          readinessProbe: {httpGet: {path: /ready, port: 8080}, periodSeconds: 1}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: echo}
      spec:
        containers:
        - name: echo
          image: host
          command: [python3, -c]
          args:
          - |
            import socket, threading
            def answer(caller):
                for part in iter(lambda: caller.recv(65536), b""):
                    caller.sendall(part)
            door = socket.create_server(("", 7000))
            while True:
                threading.Thread(target=answer, args=door.accept()[:1]).start()
          readinessProbe: {tcpSocket: {port: 7000}, periodSeconds: 1}
      """;
  private static final String LISTENER =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: listener-%s}
      spec:
        terminationGracePeriodSeconds: 1
        containers:
        - name: main
          image: host
          stdin: true
          command: [sh, -c, 'echo started; while read -r line; do echo "heard $line"; done']
      """;
  private static LocalClusterFixture cluster;
  private static Doorway door;
  private static List<PodClient> clients;

  @BeforeAll
  static void up() throws IOException {
    cluster = LocalClusterFixture.create();
    cluster.up("--nodes", "1", "--store", "memory");
    door = Doorway.open(cluster.outer, 6443);
    String kubeconfig = cluster.kubeconfigThrough(door);
    clients = List.of(new OfficialPodClient(kubeconfig), new Fabric8PodClient(kubeconfig));
    cluster.apply(PODS);
    clients.forEach(each -> cluster.apply(LISTENER.formatted(each)));
    cluster.kubectl("wait", "--for=condition=Ready", "pods", "--all", "--timeout=60s").ok();
  }

  @AfterAll
  static void down() throws Exception {
    clients.forEach(PodClient::close);
    door.close();
    cluster.close();
  }

  static List<PodClient> clients() {
    return clients;
  }

  @ParameterizedTest
  @MethodSource("clients")
  void execTellsOutputsAndExitCode(PodClient client) throws Exception {
    CommandResult both = client.exec("web", null, "", "sh", "-c", "echo out; echo err >&2; exit 7");
    assertThat(both.out()).isEqualTo("out\n");
    assertThat(both.err()).isEqualTo("err\n");
    assertThat(both.exitCode()).isEqualTo(7);
    assertThat(client.exec("web", "kuard", "", "hostname").text()).isEqualTo("web");
  }

  @ParameterizedTest
  @MethodSource("clients")
  void execTakesInput(PodClient client) throws Exception {
    String large = "0123456789\n".repeat(100_000);
    assertThat(client.exec("web", null, large, "head", "-c", "1100000").ok()).isEqualTo(large);
  }

  @ParameterizedTest
  @MethodSource("clients")
  void logsFollowThePod_andAttachTalksToIt(PodClient client) throws Exception {
    String pod = "listener-" + client;
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(client.log(pod)).isEqualTo("started\n"));
    try (BufferedReader log = lines(client.follow(pod))) {
      assertThat(log.readLine()).isEqualTo("started");
      try (Conversation console = client.attach(pod)) {
        console.to().write("one\n".getBytes(StandardCharsets.UTF_8));
        console.to().flush();
        assertThat(lines(console.from()).readLine()).isEqualTo("heard one");
      }
      assertThat(log.readLine()).isEqualTo("heard one");
      assertThat(client.log(pod)).isEqualTo("started\nheard one\n");
      cluster.kubectl("delete", "pod", pod, "--wait=false").ok();
      assertThat(log.readLine()).isNull();
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void portForwardCarriesARequest(PodClient client) throws Exception {
    try (Conversation call = client.forward("web", 8080)) {
      call.to().write("GET /healthy HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      call.to().flush();
      assertThat(new String(call.from().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.")
          .contains(" 200 ")
          .endsWith("\r\n\r\nok");
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void portForwardCarriesMuch_bothWaysAtOnce(PodClient client) throws Exception {
    byte[] sent = new byte[5_000_000];
    new Random(1).nextBytes(sent);
    try (Conversation call = client.forward("echo", 7000)) {
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                try {
                  call.to().write(sent);
                  call.to().flush();
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              },
              task -> Thread.ofVirtual().start(task));
      assertThat(call.from().readNBytes(sent.length)).isEqualTo(sent);
      sending.join();
    }
  }

  /** The official client loses the message when the session has ended before it looks. */
  @Test
  void portForwardToAPortWhereNobodyListens_saysSo() throws Exception {
    assertThat(((Fabric8PodClient) clients.getLast()).refusal("web", 9))
        .contains("error forwarding port 9 to pod web_default", "connection refused");
  }

  @ParameterizedTest
  @MethodSource("clients")
  void filesGoBothWays(PodClient client) throws Exception {
    byte[] content = new byte[300_000];
    new Random(2).nextBytes(content);
    Path there = cluster.home.resolveSibling("sent-by-" + client);
    client.upload("web", content, there);
    assertThat(there).hasBinaryContent(content);
    assertThat(client.download("web", there)).isEqualTo(content);
  }

  private static BufferedReader lines(InputStream stream) {
    return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }
}
