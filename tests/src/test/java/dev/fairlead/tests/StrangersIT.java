package dev.fairlead.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The programs of the room {@code strangers}, as processes beside the cluster and as its pods. */
final class StrangersIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String SERVICES =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: other}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web, labels: {tier: front}, annotations: {owner: team-a}}
      spec:
        selector: {app: web}
        ports:
        - {name: http, port: 80, targetPort: 8080}
        - {name: admin, port: 81, targetPort: 8081}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: elsewhere, namespace: other, labels: {tier: front}}
      spec: {type: ExternalName, externalName: example.com}
      """;
  private static final String PODS =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: a, labels: {app: web}}
      spec:
        terminationGracePeriodSeconds: 1
        containers: [{name: main, image: host, command: [sleep, infinity]}]
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: b, labels: {app: web}}
      spec:
        terminationGracePeriodSeconds: 1
        containers:
        - name: main
          image: host
          command: [sleep, infinity]
          readinessProbe: {exec: {command: [test, -e, %s]}, periodSeconds: 1}
      """;
  private static final String FINDER =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: finder-%s}
      spec:
        terminationGracePeriodSeconds: 1
        containers:
        - name: main
          image: host
          command: [%s]
      """;
  @AutoClose private static LocalClusterFixture cluster;

  private final List<Process> processes = new ArrayList<>();
  private Path readiness;

  @BeforeAll
  static void up() throws IOException {
    cluster = LocalClusterFixture.create();
    cluster.up("--nodes", "1", "--store", "memory");
    cluster.kubectlWithInput(SERVICES, "create", "-f", "-").ok();
  }

  @BeforeEach
  void pods() throws IOException {
    readiness = Files.createTempDirectory(cluster.home.getParent(), "of").resolve("b-is-ready");
    cluster.kubectlWithInput(PODS.formatted(readiness), "create", "-f", "-").ok();
    cluster.kubectl("wait", "--for=condition=Ready", "pod/a", "--timeout=60s").ok();
    cluster.awaitKubectl(ip -> !ip.isEmpty(), "get", "pod", "b", "-o", "jsonpath={.status.podIP}");
  }

  @AfterEach
  void end() {
    processes.forEach(Process::destroyForcibly);
    cluster.kubectl("delete", "pods", "--all", "--now").ok();
  }

  @Test
  void springCloudFindsReadyInstances_andItsCatalogWatchFollowsEndpoints() throws IOException {
    List<Supplier<String>> finders = new ArrayList<>();
    for (String flavour : StrangerPrograms.FLAVOURS) {
      finders.add(start(StrangerPrograms.finder(flavour, "client.namespace=default")));
    }
    String a = web("a", "");
    String b = web("b", "");
    finders.forEach(finder -> awaitLast(finder, "found ", found("web=[" + a + "]")));
    finders.forEach(finder -> awaitLast(finder, "beat ", "[default/a]"));
    Files.createFile(readiness);
    String both = Stream.of(a, b).sorted().collect(Collectors.joining(", "));
    finders.forEach(finder -> awaitLast(finder, "found ", found("web=[" + both + "]")));
    finders.forEach(finder -> awaitLast(finder, "beat ", "[default/a, default/b]"));
    cluster.kubectl("delete", "pod", "a").ok();
    finders.forEach(finder -> awaitLast(finder, "found ", found("web=[" + b + "]")));
    finders.forEach(finder -> awaitLast(finder, "beat ", "[default/b]"));
  }

  @Test
  void springCloudInAPod_findsWhatItsSettingsSay_andItsCatalogWatchFollowsSlices() {
    String[] settings = {
      "discovery.use-endpoint-slices=true",
      "discovery.include-not-ready-addresses=true",
      "discovery.all-namespaces=true",
      "discovery.include-external-name-services=true",
      "discovery.service-labels.tier=front",
      "discovery.metadata.add-pod-labels=true"
    };
    List<Supplier<String>> finders = new ArrayList<>();
    for (String flavour : StrangerPrograms.FLAVOURS) {
      String command =
          StrangerPrograms.finder(flavour, settings).stream()
              .map(each -> '"' + each + '"')
              .collect(Collectors.joining(", "));
      cluster.kubectlWithInput(FINDER.formatted(flavour, command), "create", "-f", "-").ok();
      finders.add(() -> cluster.kubectl("logs", "finder-" + flavour).out());
    }
    String elsewhere =
        "elsewhere=[example.com {k8s_namespace=other, tier=front, type=ExternalName}]";
    String a = web("a", "labels={app=web}");
    String b = web("b", "labels={app=web}");
    String both = Stream.of(a, b).sorted().collect(Collectors.joining(", "));
    finders.forEach(
        finder -> awaitLast(finder, "found ", "{" + elsewhere + ", web=[" + both + "]}"));
    finders.forEach(finder -> awaitLast(finder, "beat ", "[default/a, default/b]"));
    cluster.kubectl("delete", "pod", "a").ok();
    finders.forEach(finder -> awaitLast(finder, "found ", "{" + elsewhere + ", web=[" + b + "]}"));
    finders.forEach(finder -> awaitLast(finder, "beat ", "[default/b]"));
  }

  @Test
  void whenTheLeaderIsKilled_theOtherCandidateLeads() throws IOException {
    Supplier<String> one = start(StrangerPrograms.candidate("one"));
    await().atMost(PATIENCE).until(() -> one.get().contains("leads\n"));
    Supplier<String> two = start(StrangerPrograms.candidate("two"));
    await().atMost(PATIENCE).until(() -> two.get().contains("follows one\n"));
    assertThat(cluster.field("lease", "election", ".spec.holderIdentity")).isEqualTo("one");
    processes.getFirst().destroyForcibly();
    await().atMost(PATIENCE).until(() -> two.get().contains("leads\n"));
    assertThat(cluster.field("lease", "election", ".spec.holderIdentity")).isEqualTo("two");
    assertThat(cluster.field("lease", "election", ".spec.leaseTransitions")).isEqualTo("1");
  }

  /** An instance of the Service web, as {@code Finder} writes it. */
  private static String web(String pod, String podMetadata) {
    return "http://%s:8080 {k8s_namespace=default, owner=team-a, port.admin=8081, port.http=8080, tier=front, type=ClusterIP} {%s}"
        .formatted(cluster.field("pod", pod, ".status.podIP"), podMetadata);
  }

  private static String found(String web) {
    return "{kubernetes=[https://10.111.0.1:6443 {component=apiserver, k8s_namespace=default, port.https=6443, provider=kubernetes, type=ClusterIP} {}], "
        + web
        + "}";
  }

  private static void awaitLast(Supplier<String> output, String start, String rest) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(output.get().lines().filter(line -> line.startsWith(start)))
                .last()
                .isEqualTo(start + rest));
  }

  /** Starts a program in the namespace; gives what it has written so far. */
  private Supplier<String> start(List<String> command) throws IOException {
    Path output = Files.createTempFile(cluster.home.getParent(), "stranger", ".log");
    List<String> line = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" >" + output + " 2>&1"));
    line.add("sh");
    line.addAll(command);
    processes.add(cluster.outer.start(line.toArray(String[]::new)));
    return () -> {
      try {
        return Files.readString(output);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }
}
