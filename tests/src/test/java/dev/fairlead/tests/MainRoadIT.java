package dev.fairlead.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The README's road, step by step, on one cluster. The order of the steps is the story. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class MainRoadIT {
  private static final String DNS = "10.115.240.10";
  @AutoClose private static LocalClusterFixture cluster;

  @BeforeAll
  static void up() throws IOException {
    cluster = LocalClusterFixture.create();
    assertThat(cluster.up()).contains("Ready.");
  }

  @Test
  @Order(1)
  void up_again_saysThatItRuns() {
    assertThat(cluster.up()).contains("The cluster is running");
    assertThat(cluster.fairlead("status").ok()).startsWith("state: ready").contains("pid: ");
  }

  @Test
  @Order(2)
  void services_areMadeAsTheChapterSays() {
    cluster
        .kubectl(
            "create",
            "deployment",
            "alpaca-prod",
            "--image=gcr.io/kuar-demo/kuard-amd64:blue",
            "--port=8080")
        .ok();
    cluster.kubectl("scale", "deployment", "alpaca-prod", "--replicas", "3").ok();
    cluster.kubectl("expose", "deployment", "alpaca-prod").ok();
    cluster
        .kubectl(
            "create",
            "deployment",
            "bandicoot-prod",
            "--image=gcr.io/kuar-demo/kuard-amd64:green",
            "--port=8080")
        .ok();
    cluster.kubectl("scale", "deployment", "bandicoot-prod", "--replicas", "2").ok();
    cluster.kubectl("expose", "deployment", "bandicoot-prod").ok();
    cluster.awaitDeployment("alpaca-prod", 3);
    cluster.awaitDeployment("bandicoot-prod", 2);
    cluster.awaitKuards("alpaca-prod");
    cluster.awaitKuards("bandicoot-prod");
    List<String> services = cluster.kubectl("get", "services", "-o", "wide").lines();
    assertThat(services.getFirst())
        .matches("NAME +TYPE +CLUSTER-IP +EXTERNAL-IP +PORT\\(S\\) +AGE +SELECTOR");
    assertThat(services.get(1))
        .matches(
            "alpaca-prod +ClusterIP +10\\.115\\.2[45]\\d\\.\\d+ +<none> +8080/TCP +\\w+ +app=alpaca-prod");
    assertThat(services.get(2)).contains("app=bandicoot-prod");
    assertThat(services.get(3))
        .matches("kubernetes +ClusterIP +10\\.115\\.240\\.1 .*443/TCP.*<none>");
  }

  @Test
  @Order(3)
  void pods_runOnAllNodes_withAddressesOfTheirNode() {
    String pods =
        cluster
            .kubectl(
                "get",
                "pods",
                "-l",
                "app=alpaca-prod",
                "-o",
                "jsonpath={range .items[*]}{.spec.nodeName} {.status.podIP}{\"\\n\"}{end}")
            .text();
    assertThat(pods.lines())
        .hasSize(3)
        .allMatch(line -> line.matches("node-([1-3]) 10\\.112\\.\\1\\.\\d+"));
    assertThat(pods.lines().map(line -> line.split(" ")[0]).distinct()).hasSize(3);
    assertThat(cluster.kubectl("get", "nodes,deployments,replicasets,pods", "-o", "wide").ok())
        .contains("node/node-1", "deployment.apps/alpaca-prod", "replicaset.apps/alpaca-prod-");
    assertThat(cluster.kubectl("get", "endpoints,endpointslices").ok())
        .contains("endpoints/alpaca-prod", "endpointslice.discovery.k8s.io/alpaca-prod-");
    assertThat(cluster.kubectl("describe", "service", "alpaca-prod").ok())
        .containsPattern("Selector: +app=alpaca-prod")
        .containsPattern("Endpoints: +10\\.112\\.\\d\\.\\d+:8080,");
  }

  @Test
  @Order(4)
  void clusterIp_balances_fromNodesAndPods() {
    String address = cluster.field("service", "alpaca-prod", ".spec.clusterIP");
    String pod = podNames("alpaca-prod").getFirst();
    for (String from : List.of("node-1", "node-2", pod, podNames("bandicoot-prod").getFirst())) {
      String url = "http://" + address + ":8080/";
      Map<String, Integer> answers = answersByPod(from, url, 300);
      if (!balanced(answers)) {
        // The kernel throws dice: one round in a thousand misses by chance, and never two.
        answers = answersByPod(from, url, 300);
      }
      assertThat(answers).as("answers from %s", from).hasSize(3).matches(MainRoadIT::balanced);
    }
  }

  private static boolean balanced(Map<String, Integer> answers) {
    return answers.values().stream().allMatch(n -> n >= 70 && n <= 130);
  }

  @Test
  @Order(5)
  void dns_answers_onNodesAndInPods() {
    String address = cluster.field("service", "alpaca-prod", ".spec.clusterIP");
    String name = "alpaca-prod.default.svc.cluster.local";
    for (String node : List.of("node-1", "node-2", "node-3")) {
      String answer = cluster.ssh(node, "dig", name, "@" + DNS).ok();
      assertThat(answer)
          .contains("status: NOERROR", "flags: qr aa rd ra;")
          .containsPattern(
              "alpaca-prod\\.default\\.svc\\.cluster\\.local\\.\\s+30\\s+IN\\s+A\\s+" + address);
    }
    String pod = podNames("bandicoot-prod").getFirst();
    for (String form : List.of("alpaca-prod", "alpaca-prod.default", name)) {
      assertThat(cluster.ssh(pod, "dig", "+short", "+search", form).text()).isEqualTo(address);
      assertThat(
              cluster
                  .ssh(
                      pod,
                      "curl",
                      "-s",
                      "-o",
                      "/dev/null",
                      "-w",
                      "%{http_code}",
                      "http://" + form + ":8080/")
                  .text())
          .isEqualTo("200");
    }
    assertThat(cluster.ssh("node-1", "dig", "nobody.default.svc.cluster.local", "@" + DNS).ok())
        .contains("status: NXDOMAIN")
        .containsPattern("cluster\\.local\\.\\s+\\d+\\s+IN\\s+SOA");
    assertThat(cluster.ssh("node-1", "dig", name, "AAAA", "@" + DNS).ok())
        .contains("status: NOERROR", "ANSWER: 0")
        .containsPattern("\\sSOA\\s");
  }

  @Test
  @Order(6)
  void killedProcess_isRestarted_andCounted() {
    String pod = podNames("alpaca-prod").getFirst();
    String pid = processOf(pod);
    cluster.outer.run("kill", "-9", pid).ok();
    cluster.awaitKubectl(
        "1"::equals,
        "get",
        "pod",
        pod,
        "-o",
        "jsonpath={.status.containerStatuses[0].restartCount}");
    cluster.awaitDeployment("alpaca-prod", 3);
    cluster.awaitKuard(pod);
    assertThat(processOf(pod)).isNotEqualTo(pid);
  }

  @Test
  @Order(7)
  void deletedPod_isReplaced_andLeavesEveryKernel() {
    String pod = podNames("alpaca-prod").getFirst();
    String podAddress = cluster.field("pod", pod, ".status.podIP");
    cluster.kubectl("delete", "pod", pod).ok();
    cluster.awaitDeployment("alpaca-prod", 3);
    assertThat(podNames("alpaca-prod")).doesNotContain(pod);
    cluster.kubectl("scale", "deployment", "alpaca-prod", "--replicas=1").ok();
    cluster.awaitDeployment("alpaca-prod", 1);
    String left = cluster.field("pod", podNames("alpaca-prod").getFirst(), ".status.podIP");
    for (String node : List.of("node-1", "node-2", "node-3")) {
      await("the kernel of " + node)
          .untilAsserted(() -> {
            String table = cluster.ssh(node, "nft", "list", "table", "ip", "fairlead").ok();
            assertThat(table).contains(left);
            if (!left.equals(podAddress)) {
              assertThat(table).doesNotContain(podAddress + " ");
            }
          });
    }
  }

  @Test
  @Order(8)
  void noEndpoints_refusesAtOnce() {
    cluster.kubectl("scale", "deployment", "alpaca-prod", "--replicas=0").ok();
    cluster.awaitKubectl(
        String::isEmpty,
        "get",
        "endpoints",
        "alpaca-prod",
        "-o",
        "jsonpath={.subsets[*].addresses}");
    String url =
        "http://%s:8080/".formatted(cluster.field("service", "alpaca-prod", ".spec.clusterIP"));
    for (String from : List.of("node-1", podNames("bandicoot-prod").getFirst())) {
      await("refusal at " + from)
          .untilAsserted(() -> {
            CommandResult refused = cluster.ssh(from, "curl", "-sS", "-m", "10", url);
            assertThat(refused.exitCode()).as(refused.err()).isEqualTo(7);
            assertThat(refused.err()).doesNotContain("timed out");
          });
    }
    cluster.kubectl("scale", "deployment", "alpaca-prod", "--replicas=3").ok();
    cluster.awaitDeployment("alpaca-prod", 3);
  }

  @Test
  @Order(9)
  void logs_showWhatKuardPrints() {
    String pod = podNames("bandicoot-prod").getFirst();
    String url = "http://%s:8080/asked".formatted(cluster.field("pod", pod, ".status.podIP"));
    cluster.ssh("node-1", "curl", "-s", url).ok();
    cluster.awaitKubectl(log -> log.contains("GET /asked"), "logs", pod);
    assertThat(cluster.kubectl("logs", pod).ok()).contains("Starting kuard version: green");
    assertThat(cluster.kubectl("logs", "--tail=1", pod).lines()).hasSize(1);
  }

  @Test
  @Order(20)
  void delete_removesAll_andDownLeavesNothing() {
    cluster.kubectl("delete", "services,deployments", "-l", "app").ok();
    cluster.awaitKubectl(String::isEmpty, "get", "pods", "-o", "name");
    assertThat(cluster.kubectl("get", "services", "-o", "name").text())
        .isEqualTo("service/kubernetes");
    cluster.fairlead("down").ok();
    cluster.assertNothingLeft();
    assertThat(cluster.fairlead("status").exitCode()).isNotZero();
  }

  private static List<String> podNames(String app) {
    return List.of(
        cluster
            .kubectl("get", "pods", "-l", "app=" + app, "-o", "jsonpath={.items[*].metadata.name}")
            .text()
            .split(" "));
  }

  /** The process id of a pod's kuard, seen from outside. */
  private static String processOf(String pod) {
    return cluster
        .ssh(pod, "sh", "-c", "ss -Hltnp sport = :8080 | grep -o 'pid=[0-9]*'")
        .text()
        .substring(4);
  }

  /** Asks often in one go; each connection is new. kuard's page names its host, the pod. */
  private static Map<String, Integer> answersByPod(String from, String url, int times) {
    String script =
        "for i in $(seq %d); do curl -s -m 5 %s | grep -o 'alpaca-prod-[a-z0-9]*-[a-z0-9]*' | head -n 1; done"
            .formatted(times, url);
    Map<String, Integer> count = new TreeMap<>();
    cluster.ssh(from, "sh", "-c", script).lines().forEach(pod -> count.merge(pod, 1, Integer::sum));
    assertThat(IntStream.of(count.values().stream().mapToInt(Integer::intValue).toArray()).sum())
        .isEqualTo(times);
    return count;
  }
}
