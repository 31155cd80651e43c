package dev.fairlead.controllers.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.apiserver.ApiServer;
import dev.fairlead.apiserver.auth.Authorizer;
import dev.fairlead.apiserver.certs.CertificateAuthority;
import dev.fairlead.apiserver.certs.Issued;
import dev.fairlead.apiserver.certs.SigningKey;
import dev.fairlead.apiserver.tokens.TokenCodec;
import dev.fairlead.controllers.WorkloadBench;
import dev.fairlead.http.HttpServerSettings;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Stock kubectl, the server over TLS, the controllers and a simulated kubelet of three nodes. */
@Timeout(300)
@EnabledIf("installed")
class KubectlRolloutTest {
  private static final String STATEFUL_SET =
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: web, annotations: {kubernetes.io/change-cause: first}}
      spec:
        replicas: 2
        serviceName: web
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: c, image: "i:1"}]}
      """;
  private static final String DAEMON_SET =
      """
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: {name: agent}
      spec:
        selector: {matchLabels: {app: agent}}
        template:
          metadata: {labels: {app: agent}}
          spec: {containers: [{name: c, image: "i:1"}]}
      """;
  private static final String REPLICATION_CONTROLLER =
      """
      apiVersion: v1
      kind: ReplicationController
      metadata: {name: old}
      spec:
        replicas: 1
        template:
          metadata: {labels: {app: old}}
          spec: {containers: [{name: c, image: "i:1"}]}
      """;

  @TempDir Path folder;
  private WorkloadBench bench;
  private ApiServer server;

  @BeforeEach
  void start() throws IOException {
    bench = new WorkloadBench(Controllers.names().toArray(String[]::new));
    CertificateAuthority authority = CertificateAuthority.create(Clock.systemUTC());
    Issued admin = authority.issueClient("admin", List.of("system:masters"));
    server =
        new ApiServer(
            new ApiServer.Settings(
                bench.api,
                Authorizer.AUTHENTICATED,
                authority.issueServer("apiserver", List.of("localhost"), List.of("127.0.0.1")),
                authority.issueClient("kube-apiserver", List.of("system:masters")),
                new TokenCodec(SigningKey.create(), "https://kubernetes.default.svc"),
                List.of(),
                InstantSource.system(),
                new Random(1),
                HttpServerSettings.DEFAULT));
    InetSocketAddress address =
        server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    file(
        "config",
        """
        apiVersion: v1
        kind: Config
        current-context: test
        clusters: [{name: test, cluster: {server: "https://127.0.0.1:%d", certificate-authority-data: %s}}]
        users: [{name: test, user: {client-certificate-data: %s, client-key-data: %s}}]
        contexts: [{name: test, context: {cluster: test, user: test}}]
        """
            .formatted(
                address.getPort(),
                base64(authority.certificatePem()),
                base64(admin.certificatePem()),
                base64(admin.keyPem())));
    for (int i = 1; i <= 3; i++) {
      bench.node("node-" + i);
    }
  }

  @AfterEach
  void stop() {
    server.close();
    bench.close();
  }

  @Test
  void statefulSet() throws Exception {
    assertThat(ok("create", "-f", file("web.yaml", STATEFUL_SET)))
        .isEqualTo("statefulset.apps/web created\n");
    assertThat(ok("rollout", "status", "statefulset/web"))
        .contains("partitioned roll out complete: 2 new pods have been updated...");
    assertThat(ok("get", "sts", "-o", "wide"))
        .containsPattern("NAME +READY +AGE +CONTAINERS +IMAGES\\nweb +2/2 +\\S+ +c +i:1\\n");
    ok("set", "image", "sts/web", "c=i:2");
    ok("annotate", "sts/web", "kubernetes.io/change-cause=second", "--overwrite");
    ok("rollout", "status", "sts/web");
    assertThat(images("app=web")).isEqualTo("i:2 i:2");
    assertThat(ok("rollout", "history", "sts/web"))
        .containsPattern("REVISION +CHANGE-CAUSE\\n1 +first\\n2 +\\S+\\n");
    assertThat(ok("rollout", "history", "sts/web", "--revision=1")).contains("i:1");
    assertThat(ok("rollout", "undo", "sts/web")).isEqualTo("statefulset.apps/web rolled back\n");
    await().untilAsserted(() -> assertThat(images("app=web")).isEqualTo("i:1 i:1"));
    assertThat(ok("rollout", "restart", "sts/web")).isEqualTo("statefulset.apps/web restarted\n");
    ok("rollout", "status", "sts/web");
    assertThat(ok("scale", "sts/web", "--replicas=3")).isEqualTo("statefulset.apps/web scaled\n");
    ok("rollout", "status", "sts/web");
    assertThat(ok("describe", "sts", "web"))
        .containsPattern("Replicas: +3 desired \\| 3 total")
        .containsPattern("Pods Status: +3 Running")
        .containsPattern("Update Strategy: +RollingUpdate");
    assertThat(ok("get", "controllerrevisions")).contains("statefulset.apps/web");
    ok("delete", "sts", "web");
    await().untilAsserted(() -> assertThat(bench.pods()).isEmpty());
  }

  @Test
  void daemonSet() throws Exception {
    String file = file("agent.yaml", DAEMON_SET);
    assertThat(ok("apply", "-f", file)).isEqualTo("daemonset.apps/agent created\n");
    assertThat(ok("rollout", "status", "ds/agent"))
        .contains("daemon set \"agent\" successfully rolled out");
    assertThat(ok("get", "ds"))
        .containsPattern(
            "NAME +DESIRED +CURRENT +READY +UP-TO-DATE +AVAILABLE +NODE SELECTOR +AGE\\nagent +3 +3 +3 +3 +3 +<none> ");
    file("agent.yaml", DAEMON_SET.replace("i:1", "i:2"));
    assertThat(ok("apply", "-f", file)).isEqualTo("daemonset.apps/agent configured\n");
    assertThat(ok("apply", "-f", file)).isEqualTo("daemonset.apps/agent unchanged\n");
    ok("rollout", "status", "ds/agent");
    assertThat(images("app=agent")).isEqualTo("i:2 i:2 i:2");
    assertThat(ok("rollout", "history", "ds/agent", "--revision=1")).contains("i:1");
    assertThat(ok("rollout", "undo", "ds/agent", "--to-revision=1")).contains("rolled back");
    await().untilAsserted(() -> assertThat(images("app=agent")).isEqualTo("i:1 i:1 i:1"));
    assertThat(ok("rollout", "restart", "ds/agent")).contains("restarted");
    ok("rollout", "status", "ds/agent");
    assertThat(ok("describe", "ds", "agent"))
        .containsPattern("Desired Number of Nodes Scheduled: 3")
        .containsPattern("Number of Nodes Scheduled with Available Pods: 3");
  }

  @Test
  void replicationController_andAll() throws Exception {
    assertThat(ok("create", "-f", file("old.yaml", REPLICATION_CONTROLLER)))
        .isEqualTo("replicationcontroller/old created\n");
    assertThat(ok("scale", "rc/old", "--replicas=2"))
        .isEqualTo("replicationcontroller/old scaled\n");
    await()
        .untilAsserted(() ->
            assertThat(ok("get", "rc", "-o", "wide"))
                .containsPattern("NAME +DESIRED +CURRENT +READY +AGE +CONTAINERS +IMAGES +SELECTOR")
                .containsPattern("old +2 +2 +2 +\\S+ +c +i:1 +app=old"));
    assertThat(ok("describe", "rc", "old"))
        .containsPattern("Replicas: +2 current / 2 desired")
        .containsPattern("Pods Status: +2 Running");
    ok("create", "-f", file("web.yaml", STATEFUL_SET));
    ok("create", "-f", file("agent.yaml", DAEMON_SET));
    assertThat(ok("get", "all"))
        .contains("replicationcontroller/old", "statefulset.apps/web", "daemonset.apps/agent");
    String claims =
        STATEFUL_SET.replace("name: web,", "name: data,")
            + "  volumeClaimTemplates: [{metadata: {name: d}}]\n";
    assertThat(execute("create", "-f", file("claims.yaml", claims)).output())
        .contains(
            "The StatefulSet \"data\" is invalid: spec.volumeClaimTemplates: Forbidden: persistent volume claims are not served by this cluster");
  }

  private String images(String label) throws Exception {
    return ok(
        "get",
        "pods",
        "-l",
        label,
        "--field-selector=status.phase=Running",
        "-o",
        "jsonpath={.items[*].spec.containers[*].image}");
  }

  private String ok(String... arguments) throws Exception {
    Ran ran = execute(arguments);
    assertThat(ran.status()).as(ran.output()).isZero();
    return ran.output();
  }

  private Ran execute(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(kubectl().toString());
    command.addAll(List.of("--kubeconfig", folder.resolve("config").toString()));
    command.addAll(List.of("--cache-dir", folder.resolve("cache").toString()));
    command.addAll(Arrays.asList(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ran(process.exitValue(), output);
  }

  private record Ran(int status, String output) {}

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  static boolean installed() {
    return Files.isExecutable(kubectl());
  }

  /** The one on the path; a name that is not there when there is none. */
  private static Path kubectl() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(directory -> Path.of(directory, "kubectl"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(Path.of("no kubectl"));
  }
}
