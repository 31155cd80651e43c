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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people do with kubectl, verb by verb, against one small cluster without pods' processes. */
final class KubectlIT {
  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: %1$s
        labels: {app: %1$s}
      spec:
        replicas: %2$d
        selector:
          matchLabels: {app: %1$s}
        template:
          metadata:
            labels: {app: %1$s}
          spec:
            containers:
            - name: kuard
              image: gcr.io/kuar-demo/kuard-amd64:%3$s
              ports:
              - containerPort: 8080
      """;

  @AutoClose private static LocalClusterFixture cluster;

  @BeforeAll
  static void up() throws IOException {
    cluster = LocalClusterFixture.create();
    cluster.up("--nodes", "1", "--store", "memory", "--runtime", "simulated");
  }

  @Test
  void outputs_areKubectlsOwn() {
    cluster.kubectl("create", "configmap", "outputs", "--from-literal=a=1").ok();
    assertThat(cluster.kubectl("get", "configmap", "outputs", "-o", "yaml").ok())
        .contains("apiVersion: v1", "kind: ConfigMap", "  a: \"1\"");
    assertThat(cluster.kubectl("get", "cm", "outputs", "-o", "json").ok())
        .contains("\"kind\": \"ConfigMap\"");
    assertThat(cluster.kubectl("get", "cm", "outputs", "-o", "name").text())
        .isEqualTo("configmap/outputs");
    assertThat(cluster.kubectl("get", "cm", "outputs", "-o", "jsonpath={.data.a}").text())
        .isEqualTo("1");
    assertThat(
            cluster
                .kubectl(
                    "get", "cm", "outputs", "-o", "custom-columns=NAME:.metadata.name,A:.data.a")
                .lines())
        .containsExactly("NAME      A", "outputs   1");
  }

  @Test
  void selectors_andLabels() {
    for (String name : List.of("sel-one", "sel-two")) {
      cluster.kubectl("create", "configmap", name).ok();
    }
    cluster.kubectl("label", "configmap", "sel-one", "tier=front", "kind-of=sel").ok();
    cluster.kubectl("label", "configmap", "sel-two", "tier=back", "kind-of=sel").ok();
    cluster.kubectl("annotate", "configmap", "sel-two", "note=hello").ok();
    assertThat(names("cm", "-l", "tier=front")).containsExactly("configmap/sel-one");
    assertThat(names("cm", "-l", "tier in (front, back),kind-of")).hasSize(2);
    assertThat(names("cm", "-l", "tier notin (front),kind-of=sel"))
        .containsExactly("configmap/sel-two");
    assertThat(names("cm", "--field-selector", "metadata.name=sel-two"))
        .containsExactly("configmap/sel-two");
    assertThat(cluster.kubectl("get", "cm", "sel-one", "--show-labels").ok())
        .contains("LABELS", "kind-of=sel,tier=front");
    assertThat(cluster.kubectl("get", "services", "-A").ok())
        .contains("NAMESPACE", "kube-system", "kube-dns");
    cluster.kubectl("label", "configmap", "sel-one", "tier-").ok();
    assertThat(names("cm", "-l", "tier=front")).isEmpty();
    assertThat(cluster.field("cm", "sel-two", ".metadata.annotations.note")).isEqualTo("hello");
  }

  @Test
  void writes_applyReplacePatchEditDelete() throws IOException {
    Path file = Files.createTempFile("fairlead-test", ".yaml");
    try {
      Files.writeString(file, DEPLOYMENT.formatted("writes", 1, "blue"));
      assertThat(cluster.kubectl("apply", "-f", file.toString()).text())
          .isEqualTo("deployment.apps/writes created");
      assertThat(cluster.kubectl("apply", "-f", file.toString()).text())
          .isEqualTo("deployment.apps/writes unchanged");
      Files.writeString(file, DEPLOYMENT.formatted("writes", 2, "green"));
      assertThat(cluster.kubectl("apply", "-f", file.toString()).text())
          .isEqualTo("deployment.apps/writes configured");
      assertThat(cluster.kubectl("rollout", "status", "deployment/writes", "--timeout=60s").ok())
          .contains("successfully rolled out");
      assertThat(cluster.field("deployment", "writes", ".spec.template.spec.containers[*].image"))
          .isEqualTo("gcr.io/kuar-demo/kuard-amd64:green");
      Files.writeString(file, DEPLOYMENT.formatted("writes", 3, "green"));
      cluster.kubectl("replace", "-f", file.toString()).ok();
      cluster.awaitDeployment("writes", 3);
    } finally {
      Files.delete(file);
    }
    cluster.kubectl("patch", "deployment", "writes", "-p", "{\"spec\":{\"replicas\":1}}").ok();
    cluster
        .kubectl(
            "patch",
            "deployment",
            "writes",
            "--type=json",
            "-p",
            "[{\"op\":\"add\",\"path\":\"/metadata/labels/more\",\"value\":\"yes\"}]")
        .ok();
    cluster
        .kubectl(
            "patch",
            "deployment",
            "writes",
            "--type=merge",
            "-p",
            "{\"metadata\":{\"annotations\":{\"merged\":\"yes\"}}}")
        .ok();
    cluster.outer.setEnvironment(
        "KUBE_EDITOR", "sed -i 's/more: \"yes\"/more: edited/; s/more: yes/more: edited/'");
    assertThat(cluster.kubectl("edit", "deployment/writes").ok()).contains("edited");
    assertThat(cluster.field("deployment", "writes", ".metadata.labels.more")).isEqualTo("edited");
    assertThat(cluster.field("deployment", "writes", ".metadata.annotations.merged"))
        .isEqualTo("yes");
    cluster.awaitDeployment("writes", 1);
    cluster.kubectl("delete", "deployment", "writes").ok();
    cluster.awaitKubectl(
        String::isEmpty, "get", "replicasets,pods", "-l", "app=writes", "-o", "name");
  }

  @Test
  void watch_printsEachChange() throws IOException {
    Process watch =
        cluster.outer.start(
            "kubectl", "get", "configmaps", "-l", "watched=yes", "--watch", "-o", "name");
    List<String> lines = new CopyOnWriteArrayList<>();
    Thread reader = Thread.ofVirtual().start(() -> collect(watch, lines));
    try {
      for (int i = 0; i < 5; i++) {
        cluster
            .kubectlWithInput(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: watched-%d, labels: {watched: 'yes'}}}"
                    .formatted(i),
                "create",
                "-f",
                "-")
            .ok();
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() ->
              assertThat(lines)
                  .containsExactly(
                      "configmap/watched-0",
                      "configmap/watched-1",
                      "configmap/watched-2",
                      "configmap/watched-3",
                      "configmap/watched-4"));
    } finally {
      watch.destroy();
      reader.interrupt();
    }
  }

  @Test
  void describe_showsWhatHappened() {
    cluster.kubectlWithInput(DEPLOYMENT.formatted("told", 1, "blue"), "create", "-f", "-").ok();
    cluster.awaitDeployment("told", 1);
    cluster.awaitKubectl(
        text ->
            Stream.of("ScalingReplicaSet", "NewReplicaSetAvailable", "RollingUpdateStrategy:")
                .allMatch(text::contains),
        "describe",
        "deployment",
        "told");
    String pod = cluster.kubectl("get", "pods", "-l", "app=told", "-o", "name").text();
    cluster.awaitKubectl(text -> text.contains("Scheduled"), "describe", pod);
    assertThat(cluster.kubectl("describe", pod).ok())
        .containsPattern("Status: +Running")
        .containsPattern("Controlled By: +ReplicaSet/told-");
    assertThat(cluster.kubectl("describe", "node", "node-1").ok())
        .containsPattern("PodCIDR: +10\\.112\\.1\\.0/24")
        .contains("KubeletReady");
    cluster.kubectl("delete", "deployment", "told").ok();
  }

  @Test
  void namespace_isDeletedWithAllInIt() {
    cluster.kubectl("create", "namespace", "short-lived").ok();
    cluster.kubectl("create", "configmap", "inside", "-n", "short-lived").ok();
    cluster.awaitKubectl(
        "default"::equals,
        "get",
        "serviceaccount",
        "default",
        "-n",
        "short-lived",
        "-o",
        "jsonpath={.metadata.name}");
    cluster.kubectl("delete", "namespace", "short-lived").ok();
    assertThat(cluster.kubectl("get", "namespace", "short-lived").refused())
        .contains("namespaces \"short-lived\" not found");
  }

  @Test
  void explain_knowsTheFields() {
    assertThat(cluster.kubectl("explain", "service.spec.clusterIP").ok())
        .contains("KIND:", "Service", "clusterIP <string>");
    assertThat(cluster.kubectl("api-resources").ok())
        .containsPattern("endpointslices +discovery.k8s.io/v1 +true +EndpointSlice");
    assertThat(cluster.kubectl("version").ok()).contains("Server Version: v1.");
  }

  @Test
  void explain_showsTheFieldsOfEveryKind() {
    for (String line : cluster.kubectl("api-resources", "--no-headers").lines()) {
      List<String> columns = List.of(line.split("\\s+"));
      String version = columns.get(columns.size() - 3);
      CommandResult explained =
          cluster.kubectl("explain", columns.getFirst(), "--api-version", version, "--recursive");
      assertThat(explained.ok())
          .contains("KIND:       " + columns.getLast(), "FIELDS:\n", "apiVersion")
          .doesNotContain("<empty>");
    }
  }

  private static List<String> names(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "get";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[all.length - 2] = "-o";
    all[all.length - 1] = "name";
    return cluster.kubectl(all).lines();
  }

  private static void collect(Process process, List<String> lines) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      reader.lines().forEach(lines::add);
    } catch (IOException | java.io.UncheckedIOException e) {
      lines.add("the watch broke: " + e.getMessage());
    }
  }
}
