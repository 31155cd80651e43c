package dev.fairlead.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pods that say where they want to be, and one that is more important, on three real nodes. */
final class SchedulingIT {
  private static final String MANY =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: %1$s}
      spec:
        replicas: 4
        selector: {matchLabels: {app: %1$s}}
        template:
          metadata: {labels: {app: %1$s}}
          spec:
            %2$s
            containers: [{name: web, image: host, command: [sleep, infinity]}]
      """;
  private static final String FAR =
      "affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: far}}}]}}";
  private static final String EVEN =
      "topologySpreadConstraints: [{maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: even}}}]";
  private static final String GREEDY =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: %s}
      spec:
        priorityClassName: %s
        terminationGracePeriodSeconds: 600
        nodeSelector: {kubernetes.io/hostname: node-1}
        containers:
        - {name: c, image: host, command: [sh, -c, "trap '' TERM; echo deaf; while :; do sleep 1; done"], resources: {requests: {cpu: "%s"}}}
      """;
  @AutoClose private static LocalClusterFixture cluster;

  @BeforeAll
  static void up() throws IOException {
    cluster = LocalClusterFixture.create();
    cluster.up("--nodes", "3", "--store", "memory");
  }

  @AfterAll
  static void down() {
    cluster.downLeavingNothing();
  }

  @Test
  void podsThatKeepTheirDistanceHaveANodeEach_andOneWaitsItsTurn() {
    cluster.apply(MANY.formatted("far", FAR));
    awaitNodes("far", "node-1", "node-2", "node-3");
    awaitRefused(
        "",
        "0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.");
    cluster
        .kubectl(
            "delete",
            "pod",
            "--grace-period=1",
            "-l",
            "app=far",
            "--field-selector=spec.nodeName=node-2")
        .ok();
    awaitNodes("far", "node-1", "node-2", "node-3");
    cluster.kubectl("delete", "deployment", "far").ok();
  }

  /** Two zones, one with two nodes and one with one, have two pods each. */
  @Test
  void podsAreSpreadOverZones_whichAreTheUsersToName() {
    String zone = "topology.kubernetes.io/zone=";
    cluster.kubectl("label", "node", "node-1", "node-2", zone + "left", "--overwrite").ok();
    cluster.kubectl("label", "node", "node-3", zone + "right", "--overwrite").ok();
    cluster.apply(MANY.formatted("even", EVEN));
    awaitNodes("even", "node-1", "node-2", "node-3", "node-3");
    cluster.kubectl("delete", "deployment", "even").ok();
  }

  @Test
  void aMoreImportantPodIsPromisedRoom_andGetsIt() {
    cluster.kubectl("create", "priorityclass", "high", "--value=1000").ok();
    cluster.kubectl("create", "priorityclass", "low", "--value=1").ok();
    String cpus = cluster.field("node", "node-1", ".status.allocatable.cpu");
    cluster.apply(GREEDY.formatted("low", "low", cpus));
    cluster.awaitKubectl("deaf"::equals, "logs", "low");
    cluster.apply(GREEDY.formatted("high", "high", cpus));
    List<String> row =
        List.of(
            cluster
                .awaitKubectl(
                    text -> text.contains("node-1"),
                    "get",
                    "pod",
                    "high",
                    "-o",
                    "wide",
                    "--no-headers")
                .split(" +"));
    assertThat(row).startsWith("high", "0/1", "Pending").endsWith("<none>", "node-1", "<none>");
    awaitRefused(
        "high",
        "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) didn't match Pod's node affinity/selector.");
    String condition = ".status.conditions[?(@.type==\"DisruptionTarget\")]";
    assertThat(cluster.field("pod", "low", condition + ".reason"))
        .isEqualTo("PreemptionByScheduler");
    assertThat(cluster.field("pod", "low", condition + ".message"))
        .isEqualTo("default-scheduler: preempting to accommodate a higher priority pod");
    String uid = cluster.field("pod", "high", ".metadata.uid");
    cluster.awaitKubectl(
        text -> text.equals("Preempted by pod %s on node node-1".formatted(uid)),
        "get",
        "events",
        "--field-selector=reason=Preempted,involvedObject.name=low",
        "-o",
        "jsonpath={.items[*].message}");
    cluster.kubectl("delete", "pod", "low", "--force", "--grace-period=0").ok();
    cluster.awaitKubectl(
        "Running node-1"::equals,
        "get",
        "pod",
        "high",
        "-o",
        "jsonpath={.status.phase} {.spec.nodeName}");
    cluster.kubectl("delete", "pod", "high", "--force", "--grace-period=0").ok();
  }

  /** Where a Deployment's pods are that run and are to stay. */
  private static void awaitNodes(String app, String... nodes) {
    cluster.awaitKubectl(
        text ->
            Stream.of(text.split("\\s+"))
                .filter(each -> each.startsWith("Running,node") && each.endsWith(","))
                .map(each -> each.substring("Running,".length(), each.length() - 1))
                .sorted()
                .toList()
                .equals(List.of(nodes)),
        "get",
        "pods",
        "-l",
        "app=" + app,
        "-o",
        "jsonpath={range .items[*]}{.status.phase},{.spec.nodeName},{.metadata.deletionTimestamp}{\"\\n\"}{end}");
  }

  /** An event of a pod, or of any when the name is empty. */
  private static void awaitRefused(String name, String message) {
    cluster.awaitKubectl(
        text -> text.lines().anyMatch(message::equals),
        "get",
        "events",
        "--field-selector=reason=FailedScheduling"
            + (name.isEmpty() ? "" : ",involvedObject.name=" + name),
        "-o",
        "jsonpath={range .items[*]}{.message}{\"\\n\"}{end}");
  }
}
