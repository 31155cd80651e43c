package dev.fairlead.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Readiness, from the probe to the kernel of every node, and rolling updates that rest on it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ReadinessIT {
  private static final List<String> NODES = List.of("node-1", "node-2", "node-3");
  private static final String OBJECTS =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, labels: {app: web}}
      spec:
        replicas: 3
        progressDeadlineSeconds: 600
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers:
            - name: kuard
              image: gcr.io/kuar-demo/kuard-amd64:blue
              ports: [{containerPort: 8080, name: http}]
              readinessProbe: {httpGet: {path: /ready, port: http}, periodSeconds: 1, timeoutSeconds: 10}
              lifecycle: {preStop: {exec: {command: [sleep, "5"]}}}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: headless}
      spec: {clusterIP: None, selector: {app: web}, ports: [{port: 8080}]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: everybody}
      spec:
        clusterIP: None
        publishNotReadyAddresses: true
        selector: {app: web}
        ports: [{port: 8080}]
      """;

  @AutoClose private static LocalClusterFixture cluster;

  @BeforeAll
  static void up() throws IOException {
    cluster = LocalClusterFixture.create();
    cluster.up("--store", "memory");
    cluster.apply(OBJECTS);
    cluster.awaitDeployment("web", 3);
    awaitEndpoints(3);
  }

  @Test
  @Order(1)
  void twoFailures_changeNothing() {
    String pod = pods().getFirst();
    String before = cluster.field("endpoints", "web", ".metadata.resourceVersion");
    fail(pod, 2);
    cluster.awaitKubectl(
        events -> events.contains("statuscode: 500"),
        "get",
        "events",
        "--field-selector",
        "involvedObject.name=" + pod + ",reason=Unhealthy",
        "-o",
        "jsonpath={.items[*].message}");
    await()
        .until(() ->
            kuard(pod, "/ready/api").matches("(?s).*\"code\":200.*\"code\":500.*\"code\":500.*"));
    assertThat(cluster.field("endpoints", "web", ".metadata.resourceVersion")).isEqualTo(before);
  }

  @Test
  @Order(2)
  void threeFailures_takeThePodOutEverywhere_oneSuccessBringsItBack() {
    String pod = pods().getFirst();
    String address = cluster.field("pod", pod, ".status.podIP");
    fail(pod, -1);
    awaitEndpoints(2);
    assertThat(cluster.kubectl("describe", "endpoints", "web").ok())
        .containsPattern("NotReadyAddresses: +" + address + "\n");
    assertThat(cluster.field("pod", pod, ".status.conditions[?(@.type==\"Ready\")].reason"))
        .isEqualTo("ContainersNotReady");
    for (String node : NODES) {
      awaitKernel(node, address, false);
      awaitName(node, "headless", address, false);
      assertThat(names(node, "headless")).hasSize(2);
      assertThat(names(node, "everybody")).hasSize(3).contains(address);
    }
    String service = "http://" + cluster.field("service", "web", ".spec.clusterIP") + "/";
    assertThat(
            cluster
                .ssh(
                    "node-2",
                    "sh",
                    "-c",
                    "for i in $(seq 60); do curl -s -m 5 %s | grep -o 'web-[a-z0-9]*-[a-z0-9]*' | head -n 1; done"
                        .formatted(service))
                .lines())
        .hasSize(60)
        .doesNotContain(pod);

    fail(pod, 0);
    awaitEndpoints(3);
    for (String node : NODES) {
      awaitKernel(node, address, true);
      awaitName(node, "headless", address, true);
    }
  }

  @Test
  @Order(3)
  void rollingUpdate_keepsTheServiceAnswering() throws Exception {
    Path stop = cluster.home.resolveSibling("stop");
    String url = "http://" + cluster.field("service", "web", ".spec.clusterIP") + "/healthy";
    String loop =
        "while [ ! -e %s ]; do curl -s -o /dev/null -m 5 -w '%%{http_code}\\n' %s; done"
            .formatted(stop, url);
    Process client = cluster.start("ssh", "node-1", "--", "sh", "-c", loop);
    BufferedReader output = client.inputReader();
    List<String> answers = new ArrayList<>();
    try {
      answers.add(output.readLine()); // The client is at work before anything changes.
      cluster
          .kubectl("set", "image", "deployment/web", "kuard=gcr.io/kuar-demo/kuard-amd64:green")
          .ok();
      assertThat(cluster.kubectl("rollout", "status", "deployment/web", "--timeout=120s").ok())
          .contains("out of 3 new replicas have been updated", "successfully rolled out");
    } finally {
      Files.createFile(stop);
    }
    output.lines().forEach(answers::add);
    client.waitFor();
    Files.delete(stop);
    assertThat(answers).hasSizeGreaterThan(1).containsOnly("200");
    assertThat(images()).containsOnly("gcr.io/kuar-demo/kuard-amd64:green");
  }

  @Test
  @Order(4)
  void history_andUndo() {
    assertThat(cluster.kubectl("rollout", "history", "deployment/web").lines())
        .hasSize(4)
        .last()
        .asString()
        .matches("2 +<none>");
    assertThat(cluster.kubectl("rollout", "history", "deployment/web", "--revision=1").ok())
        .contains("kuard-amd64:blue");
    assertThat(cluster.kubectl("rollout", "undo", "deployment/web").text())
        .isEqualTo("deployment.apps/web rolled back");
    rolledOut();
    assertThat(images()).containsOnly("gcr.io/kuar-demo/kuard-amd64:blue");
    assertThat(cluster.kubectl("rollout", "history", "deployment/web").ok())
        .containsPattern("\n2 +<none>\n3 +<none>\n")
        .doesNotContainPattern("\n1 ");
  }

  @Test
  @Order(5)
  void pause_resume_andRestart() {
    cluster.kubectl("rollout", "pause", "deployment/web").ok();
    cluster
        .kubectl("set", "image", "deployment/web", "kuard=gcr.io/kuar-demo/kuard-amd64:purple")
        .ok();
    cluster.awaitKubectl(
        "DeploymentPaused"::equals,
        "get",
        "deployment",
        "web",
        "-o",
        "jsonpath={.status.conditions[?(@.type==\"Progressing\")].reason}");
    assertThat(images()).containsOnly("gcr.io/kuar-demo/kuard-amd64:blue");
    assertThat(cluster.kubectl("rollout", "restart", "deployment/web").refused())
        .contains("can't restart paused deployment (run rollout resume first)");
    cluster.kubectl("rollout", "resume", "deployment/web").ok();
    rolledOut();
    assertThat(images()).containsOnly("gcr.io/kuar-demo/kuard-amd64:purple");

    List<String> before = pods();
    assertThat(cluster.kubectl("rollout", "restart", "deployment/web").text())
        .isEqualTo("deployment.apps/web restarted");
    rolledOut();
    cluster.awaitDeployment("web", 3);
    assertThat(pods()).doesNotContainAnyElementsOf(before);
  }

  @Test
  @Order(6)
  void aProbeThatNobodyAnswers_stopsTheRolloutInTime_andTheOldPodsServeOn() {
    cluster
        .kubectl(
            "patch",
            "deployment",
            "web",
            "-p",
            """
            {"spec": {"progressDeadlineSeconds": 5, "template": {"spec": {"containers": [
              {"name": "kuard", "readinessProbe": {"httpGet": {"port": 9999}}}]}}}}
            """)
        .ok();
    assertThat(cluster.kubectl("rollout", "status", "deployment/web", "--timeout=60s").refused())
        .contains("deployment \"web\" exceeded its progress deadline");
    cluster.awaitKubectl(
        events -> events.contains("connection refused"),
        "get",
        "events",
        "--field-selector",
        "reason=Unhealthy",
        "-o",
        "jsonpath={.items[*].message}");
    awaitEndpoints(3);
    cluster.kubectl("rollout", "undo", "deployment/web").ok();
    rolledOut();
  }

  @Test
  @Order(7)
  void otherProbes_andGates() {
    cluster.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: gated}
        spec:
          readinessGates: [{conditionType: example.com/harbour}]
          containers:
          - name: kuard
            image: gcr.io/kuar-demo/kuard-amd64:blue
            startupProbe: {tcpSocket: {port: 8080}, periodSeconds: 1, failureThreshold: 60}
            livenessProbe: {httpGet: {path: /healthy, port: 8080}, periodSeconds: 1, timeoutSeconds: 10, failureThreshold: 1}
            readinessProbe: {exec: {command: ["true"]}, periodSeconds: 1, timeoutSeconds: 10}
        """);
    awaitPod("gated", ".status.containerStatuses[0].ready", "true");
    awaitPod("gated", ".status.conditions[?(@.type==\"Ready\")].reason", "ReadinessGatesNotReady");
    cluster
        .kubectl(
            "patch",
            "pod",
            "gated",
            "--subresource=status",
            "-p",
            "{\"status\":{\"conditions\":[{\"type\":\"example.com/harbour\",\"status\":\"True\"}]}}")
        .ok();
    awaitPod("gated", ".status.conditions[?(@.type==\"Ready\")].status", "True");

    cluster
        .ssh(
            "gated",
            "curl",
            "-s",
            "-X",
            "PUT",
            "-d",
            "{\"failNext\": 1}",
            "http://localhost:8080/healthy/api")
        .ok();
    awaitPod("gated", ".status.containerStatuses[0].restartCount", "1");
    awaitPod("gated", ".status.conditions[?(@.type==\"Ready\")].status", "True");
    cluster.kubectl("delete", "pod", "gated").ok();
  }

  private static void awaitPod(String pod, String path, String value) {
    cluster.awaitKubectl(value::equals, "get", "pod", pod, "-o", "jsonpath={" + path + "}");
  }

  private static void rolledOut() {
    assertThat(cluster.kubectl("rollout", "status", "deployment/web", "--timeout=120s").ok())
        .contains("successfully rolled out");
  }

  private static void awaitEndpoints(int number) {
    cluster.awaitKubectl(
        addresses -> addresses.split(" ").length == number,
        "get",
        "endpoints",
        "web",
        "-o",
        "jsonpath={.subsets[*].addresses[*].ip}");
  }

  private static void awaitKernel(String node, String address, boolean there) {
    await(address + " in the kernel of " + node)
        .until(() ->
            cluster
                    .ssh(node, "nft", "list", "map", "ip", "fairlead", "endpoints")
                    .ok()
                    .contains(": " + address + " . 8080")
                == there);
  }

  private static void awaitName(String node, String service, String address, boolean there) {
    await(address + " in the DNS of " + node)
        .until(() -> names(node, service).contains(address) == there);
  }

  private static List<String> names(String node, String service) {
    return cluster
        .ssh(node, "dig", "+short", service + ".default.svc.cluster.local", "@10.115.240.10")
        .lines();
  }

  /** Lets the next readiness checks of a kuard fail; -1: all. */
  private static void fail(String pod, int times) {
    String body = "{\"failNext\": " + times + "}";
    cluster.ssh(pod, "curl", "-s", "-X", "PUT", "-d", body, "http://localhost:8080/ready/api").ok();
  }

  private static String kuard(String pod, String path) {
    return cluster.ssh(pod, "curl", "-s", "http://localhost:8080" + path).ok();
  }

  private static List<String> pods() {
    return List.of(
        cluster
            .kubectl("get", "pods", "-l", "app=web", "-o", "jsonpath={.items[*].metadata.name}")
            .text()
            .split(" "));
  }

  private static List<String> images() {
    cluster.awaitDeployment("web", 3);
    return List.of(
        cluster
            .kubectl(
                "get",
                "pods",
                "-l",
                "app=web",
                "-o",
                "jsonpath={.items[*].spec.containers[*].image}")
            .text()
            .split(" "));
  }
}
