package dev.fairlead.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Ports of the nodes that lead to pods: a DaemonSet's on every node, and one too many. */
final class HostPortIT {
  private static final String WEB =
      """
      apiVersion: apps/v1
      kind: %s
      metadata: {name: %s}
      spec:
        selector: {matchLabels: {app: %s}}
        template:
          metadata: {labels: {app: %s}}
          spec:
            containers:
            - name: web
              image: gcr.io/kuar-demo/kuard-amd64:blue
              ports: [{containerPort: 8080, hostPort: %d}]
              readinessProbe: {httpGet: {path: /healthy, port: 8080}, periodSeconds: 1}
      """;
  @AutoClose private static LocalClusterFixture cluster;

  @BeforeAll
  static void up() throws IOException {
    cluster = LocalClusterFixture.create();
    cluster.up("--nodes", "2", "--store", "memory");
  }

  @AfterAll
  static void down() {
    cluster.downLeavingNothing();
  }

  @Test
  void aDaemonSetAnswersOnEveryNode_forEverybody_untilItGoes() {
    apply("DaemonSet", "edge", 8088);
    cluster.awaitKubectl(
        "2"::equals, "get", "daemonset", "edge", "-o", "jsonpath={.status.numberReady}");
    String pod =
        cluster
            .kubectl("get", "pods", "-l", "app=edge", "-o", "jsonpath={.items[0].metadata.name}")
            .text();
    for (String node : List.of("10.111.0.11", "10.111.0.12")) {
      assertThat(cluster.outer.run(curl(node)).out()).as("host to " + node).isEqualTo("ok");
      for (String from : List.of("node-1", "node-2", pod)) {
        assertThat(cluster.ssh(from, curl(node)).text()).as(from + " to " + node).isEqualTo("ok");
      }
    }
    assertThat(cluster.ssh("node-1", curl("127.0.0.1")).text()).isEqualTo("ok");
    assertThat(cluster.field("pod", pod, ".status.hostIPs[0].ip")).startsWith("10.111.0.1");
    cluster.kubectl("delete", "daemonset", "edge").ok();
    await().until(() -> cluster.outer.run(curl("10.111.0.11")).exitCode() == 7);
  }

  @Test
  void oneMoreThanThereAreNodesWaits() {
    apply("Deployment", "wide", 8089);
    cluster.kubectl("scale", "deployment", "wide", "--replicas=3").ok();
    cluster.awaitKubectl(
        "2"::equals, "get", "deployment", "wide", "-o", "jsonpath={.status.readyReplicas}");
    cluster.awaitKubectl(
        text ->
            text.startsWith(
                "0/2 nodes are available: 2 node(s) didn't have free ports for the requested pod ports."),
        "get",
        "events",
        "--field-selector=reason=FailedScheduling",
        "-o",
        "jsonpath={.items[-1].message}");
  }

  private static void apply(String kind, String name, int port) {
    cluster.apply(WEB.formatted(kind, name, name, name, port));
  }

  private static String[] curl(String node) {
    return new String[] {"curl", "-s", "-m", "5", "http://" + node + ":8088/healthy"};
  }
}
