package dev.fairlead.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Node ports: given, asked for, refused, and answered at every address of every node. */
final class NodePortIT {
  @AutoClose private static LocalClusterFixture cluster;

  @BeforeAll
  static void up() throws IOException {
    cluster = LocalClusterFixture.create();
    cluster.up("--nodes", "2", "--store", "memory");
    cluster.deploy("web", 2);
  }

  @Test
  void everyAddressOfEveryNodeAnswers_andRequestsSpread() {
    cluster.kubectl("expose", "deployment", "web", "--name=spread", "--type=NodePort").ok();
    String port = nodePort("spread");
    assertThat(Integer.parseInt(port)).isBetween(30000, 32767);
    String pod = cluster.kubectl("get", "pods", "-o", "jsonpath={.items[0].metadata.name}").text();
    for (String node : List.of("10.111.0.11", "10.111.0.12")) {
      awaitOk(cluster.outer, "curl", "-s", "-m", "2", url(node, port));
      for (String from : List.of("node-1", "node-2", pod)) {
        assertThat(cluster.ssh(from, "curl", "-s", "-m", "5", url(node, port)).text())
            .as("%s from %s", node, from)
            .isEqualTo("ok");
      }
    }
    for (String node : List.of("node-1", "node-2")) {
      for (String local : List.of("127.0.0.1", "localhost")) {
        assertThat(cluster.ssh(node, "curl", "-s", "-m", "5", url(local, port)).text())
            .isEqualTo("ok");
      }
    }
    assertThat(answers("http://10.111.0.12:" + port + "/")).hasSize(2);
  }

  @Test
  void describe_hasTheChaptersFields() {
    cluster.kubectl("expose", "deployment", "web", "--name=told", "--type=NodePort").ok();
    cluster.awaitKubectl(
        text -> text.matches("(?s).*Endpoints: +10\\.112\\.\\d\\.\\d+:8080,10\\.112.*"),
        "describe",
        "service",
        "told");
    assertThat(cluster.kubectl("describe", "service", "told").ok())
        .containsPattern("Name: +told\n")
        .containsPattern("Namespace: +default\n")
        .containsPattern("Labels: +app=web\n")
        .containsPattern("Annotations: +<none>\n")
        .containsPattern("Selector: +app=web\n")
        .containsPattern("Type: +NodePort\n")
        .containsPattern("IP: +10\\.115\\.2\\d\\d\\.\\d+\n")
        .containsPattern("Port: +<unset> +8080/TCP\n")
        .containsPattern("TargetPort: +8080/TCP\n")
        .containsPattern("NodePort: +<unset> +" + nodePort("told") + "/TCP\n")
        .containsPattern("Session Affinity: +None\n")
        .containsPattern("External Traffic Policy: +Cluster\n");
  }

  @Test
  void aPortMayBeAskedFor_ifFree_andInRange() {
    create("asked", "--node-port=30808").ok();
    assertThat(nodePort("asked")).isEqualTo("30808");
    assertThat(create("late", "--node-port=30808").refused())
        .contains(
            "Service \"late\" is invalid: spec.ports[0].nodePort: Invalid value: 30808:"
                + " provided port is already allocated");
    for (String wrong : List.of("29999", "32768", "80")) {
      assertThat(create("late", "--node-port=" + wrong).refused())
          .contains(
              "spec.ports[0].nodePort: Invalid value: "
                  + wrong
                  + ": provided port is not in the"
                  + " valid range. The range of valid ports is 30000-32767");
    }
    cluster.kubectl("delete", "service", "asked").ok();
    create("late", "--node-port=30808").ok();
    assertThat(nodePort("late")).isEqualTo("30808");
  }

  @Test
  void severalNamedPorts_eachHasItsOwn_andTheSameForTcpAndUdpIsFine() {
    cluster.apply(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: many}
        spec:
          type: NodePort
          selector: {app: web}
          ports:
          - {name: http, port: 80, targetPort: 8080, nodePort: 31001}
          - {name: again, port: 81, targetPort: 8080}
          - {name: dgram, port: 80, targetPort: 8080, protocol: UDP, nodePort: 31001}
        """);
    String second = cluster.field("service", "many", ".spec.ports[1].nodePort");
    assertThat(second).isNotEqualTo("31001");
    awaitOk(cluster.outer, "curl", "-s", "-m", "2", url("10.111.0.11", "31001"));
    awaitOk(cluster.outer, "curl", "-s", "-m", "2", url("10.111.0.11", second));
  }

  @Test
  void backToClusterIp_frees_andTheNodesRefuse() {
    cluster.kubectl("expose", "deployment", "web", "--name=back", "--type=NodePort").ok();
    String port = nodePort("back");
    awaitOk(cluster.outer, "curl", "-s", "-m", "2", url("10.111.0.11", port));
    retype("back", "ClusterIP");
    await()
        .until(() ->
            cluster.outer.run("curl", "-s", "-m", "5", url("10.111.0.11", port)).exitCode() == 7);
    assertThat(cluster.kubectl("get", "service", "back").ok()).contains(" 8080/TCP ");
    create("heir", "--node-port=" + port).ok();
  }

  @Test
  void aTypeThatDoesNotExist_isRefused() {
    cluster.kubectl("expose", "deployment", "web", "--name=odd").ok();
    assertThat(
            cluster
                .kubectl("patch", "service", "odd", "-p", "{\"spec\":{\"type\":\"HarbourPort\"}}")
                .refused())
        .contains(
            "spec.type: Unsupported value: \"HarbourPort\": supported values: \"ClusterIP\","
                + " \"ExternalName\", \"LoadBalancer\", \"NodePort\"");
  }

  @Test
  void noPodHasTheTargetPortsName_orTheSelector_soNobodyAnswers() {
    cluster
        .kubectl(
            "expose", "deployment", "web", "--name=nameless", "--port=80", "--target-port=nobody")
        .ok();
    cluster.kubectl("create", "service", "clusterip", "empty", "--tcp=80").ok();
    for (String service : List.of("nameless", "empty")) {
      cluster.awaitKubectl(
          text -> text.matches("(?s).*" + service + " +<none> .*"), "get", "endpoints", service);
      String url = url(cluster.field("service", service, ".spec.clusterIP"), "80");
      await().until(() -> cluster.ssh("node-1", "curl", "-s", "-m", "5", url).exitCode() == 7);
    }
  }

  private static CommandResult create(String name, String option) {
    return cluster.kubectl("create", "service", "nodeport", name, "--tcp=8080", option);
  }

  private static void retype(String service, String type) {
    cluster
        .kubectl("patch", "service", service, "-p", "{\"spec\":{\"type\":\"" + type + "\"}}")
        .ok();
  }

  private static String nodePort(String service) {
    return cluster.field("service", service, ".spec.ports[0].nodePort");
  }

  private static String url(String address, String port) {
    return "http://" + address + ":" + port + "/healthy";
  }

  private static void awaitOk(Outer from, String... command) {
    await().untilAsserted(() -> assertThat(from.run(command).out().strip()).isEqualTo("ok"));
  }

  /** The pods that answered a number of requests from the host. */
  private static Set<String> answers(String url) {
    String script =
        "for i in $(seq 40); do curl -s -m 5 %s | grep -o 'web-[a-z0-9]*-[a-z0-9]*' | head -n 1; done";
    return cluster.outer.run("sh", "-c", script.formatted(url)).lines().stream()
        .collect(Collectors.toSet());
  }
}
