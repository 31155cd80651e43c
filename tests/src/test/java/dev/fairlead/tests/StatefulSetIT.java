package dev.fairlead.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pods with names that stay, and pods on every node: stock kubectl, names and packets. */
final class StatefulSetIT {
  private static final String IMAGE = "gcr.io/kuar-demo/kuard-amd64:";
  @AutoClose private static LocalClusterFixture cluster;

  @BeforeAll
  static void up() throws IOException {
    cluster = LocalClusterFixture.create();
    cluster.up("--nodes", "3", "--store", "memory");
  }

  @Test
  void statefulSet_names_order_andRollout() {
    cluster.apply(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {clusterIP: None, selector: {app: web}, ports: [{port: 8080}]}
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: web}
        spec:
          replicas: 3
          serviceName: web
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              terminationGracePeriodSeconds: 1
              containers:
              - name: kuard
                image: %sblue
                ports: [{containerPort: 8080}]
                readinessProbe: {httpGet: {path: /ready, port: 8080}, periodSeconds: 1}
        """
            .formatted(IMAGE));
    rolledOut("statefulset/web");
    assertThat(pods("app=web", ".metadata.name")).containsExactly("web-0", "web-1", "web-2");
    assertThat(pods("app=web", ".metadata.creationTimestamp")).isSorted();
    namesLeadToTheirPods();
    assertThat(cluster.kubectl("exec", "web-1", "--", "hostname").text()).isEqualTo("web-1");

    String before = cluster.field("pod", "web-1", ".metadata.uid");
    cluster.kubectl("delete", "pod", "web-1").ok();
    await().until(() -> !cluster.field("pod", "web-1", ".metadata.uid").equals(before));
    rolledOut("statefulset/web");
    namesLeadToTheirPods();

    cluster.kubectl("set", "image", "statefulset/web", "kuard=" + IMAGE + "green").ok();
    rolledOut("statefulset/web");
    assertThat(pods("app=web", ".spec.containers[0].image")).containsOnly(IMAGE + "green");
    List<Instant> created =
        pods("app=web", ".metadata.creationTimestamp").stream().map(Instant::parse).toList();
    assertThat(created.reversed()).isSorted();
    namesLeadToTheirPods();
    cluster.kubectl("rollout", "undo", "statefulset/web").ok();
    rolledOut("statefulset/web");
    assertThat(pods("app=web", ".spec.containers[0].image")).containsOnly(IMAGE + "blue");

    cluster.kubectl("scale", "statefulset/web", "--replicas=1").ok();
    await()
        .untilAsserted(
            () -> assertThat(pods("app=web", ".metadata.name")).containsExactly("web-0"));
    await().untilAsserted(() -> assertThat(address("web-2.web")).isEmpty());
    cluster.kubectl("delete", "statefulset/web", "service/web").ok();
    await().until(() -> pods("app=web", ".metadata.name").isEmpty());
  }

  @Test
  void daemonSet_onEveryNode() {
    cluster.apply(
        """
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: agent}
        spec:
          selector: {matchLabels: {app: agent}}
          template:
            metadata: {labels: {app: agent}}
            spec:
              terminationGracePeriodSeconds: 1
              containers: [{name: kuard, image: %sblue}]
        """
            .formatted(IMAGE));
    rolledOut("daemonset/agent");
    assertThat(pods("app=agent", ".spec.nodeName"))
        .containsExactlyInAnyOrder("node-1", "node-2", "node-3");
    cluster.kubectl("set", "image", "daemonset/agent", "kuard=" + IMAGE + "green").ok();
    rolledOut("daemonset/agent");
    assertThat(pods("app=agent", ".spec.containers[0].image"))
        .hasSize(3)
        .containsOnly(IMAGE + "green");
    cluster
        .kubectl(
            "patch",
            "daemonset/agent",
            "-p",
            "{\"spec\":{\"template\":{\"spec\":{\"nodeSelector\":{\"kubernetes.io/hostname\":\"node-2\"}}}}}")
        .ok();
    await()
        .untilAsserted(
            () -> assertThat(pods("app=agent", ".spec.nodeName")).containsExactly("node-2"));
    cluster.kubectl("delete", "daemonset/agent").ok();
    await().until(() -> pods("app=agent", ".metadata.name").isEmpty());
  }

  private static void rolledOut(String what) {
    cluster.kubectl("rollout", "status", what, "--timeout=90s").ok();
  }

  /** Each pod's own name has its own address, and the Service's name has all of them. */
  private static void namesLeadToTheirPods() {
    await()
        .untilAsserted(() -> {
          List<String> addresses = pods("app=web", ".status.podIP");
          assertThat(address("web")).containsExactlyInAnyOrderElementsOf(addresses);
          for (int i = 0; i < addresses.size(); i++) {
            assertThat(address("web-" + i + ".web")).containsExactly(addresses.get(i));
          }
        });
  }

  private static List<String> address(String name) {
    return cluster
        .ssh("node-1", "dig", "+short", name + ".default.svc.cluster.local", "@10.115.240.10")
        .lines();
  }

  /** One field of each pod, by the pod's name. */
  private static List<String> pods(String label, String path) {
    return cluster
        .kubectl(
            "get",
            "pods",
            "-l",
            label,
            "--sort-by=.metadata.name",
            "-o",
            "jsonpath={range .items[*]}{" + path + "}{\"\\n\"}{end}")
        .lines();
  }
}
