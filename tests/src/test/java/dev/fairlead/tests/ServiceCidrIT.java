package dev.fairlead.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A range of cluster IPs that is added while the cluster runs, used, and taken away again. */
final class ServiceCidrIT {
  private static final String RANGE =
      """
      apiVersion: networking.k8s.io/v1
      kind: ServiceCIDR
      metadata: {name: %s}
      spec: {cidrs: [%s]}
      """;
  @AutoClose private static LocalClusterFixture cluster;

  @BeforeAll
  static void up() throws IOException {
    cluster = LocalClusterFixture.create();
    cluster.up("--nodes", "2", "--store", "memory");
    cluster.deploy("web", 2);
  }

  @Test
  void anAddedRangeServes_fromEverywhere_andGoesWhenItIsFree() {
    create("more", "10.116.0.0/24");
    cluster.awaitKubectl(
        "True"::equals,
        "get",
        "servicecidr",
        "more",
        "-o",
        "jsonpath={.status.conditions[?(@.type=='Ready')].status}");
    cluster.kubectl("expose", "deployment", "web", "--name=new", "--cluster-ip=10.116.0.7").ok();
    String pod = cluster.kubectl("get", "pods", "-o", "jsonpath={.items[0].metadata.name}").text();
    String url = "http://10.116.0.7:8080/healthy";
    awaitOk(cluster.outer, url);
    for (String from : List.of("node-1", "node-2", pod)) {
      cluster.awaitPrinted(from, "ok", "curl", "-s", "-m", "5", url);
    }
    cluster.awaitPrinted(
        "node-1",
        "new.default.svc.cluster.local.",
        "dig",
        "+short",
        "-x",
        "10.116.0.7",
        "@10.115.240.10");
    assertThat(cluster.kubectl("get", "ipaddresses").text())
        .containsPattern("10.116.0.7 +services/default/new");
    // An address that nobody has is dropped, it does not go round in circles.
    await().untilAsserted(() -> assertThat(rules("node-1")).contains("10.116.0.0/24"));

    cluster.kubectl("delete", "servicecidr", "more", "--wait=false").ok();
    cluster.awaitKubectl(
        "Terminating"::equals,
        "get",
        "servicecidr",
        "more",
        "-o",
        "jsonpath={.status.conditions[?(@.type=='Ready')].reason}");
    assertThat(cluster.outer.run("curl", "-s", "-m", "5", url).text()).isEqualTo("ok");
    cluster.kubectl("delete", "service", "new").ok();
    cluster.awaitKubectl(String::isEmpty, "get", "servicecidr", "more", "--ignore-not-found");
    await()
        .untilAsserted(() -> {
          assertThat(cluster.outer.run("ip", "route").out()).doesNotContain("10.116.0.0/24");
          assertThat(rules("node-2")).doesNotContain("10.116.0.0/24");
        });
  }

  @Test
  void aRangeOfTheInternetGetsNoRoute() {
    String before = cluster.outer.run("ip", "route").out();
    create("internet", "203.0.113.0/24");
    await().until(() -> rules("node-1").contains("203.0.113.0/24"));
    assertThat(cluster.outer.run("ip", "route").out()).isEqualTo(before);
    cluster.kubectl("delete", "servicecidr", "internet").ok();
  }

  private static void create(String name, String range) {
    cluster.kubectlWithInput(RANGE.formatted(name, range), "create", "-f", "-").ok();
  }

  private static String rules(String node) {
    return cluster.ssh(node, "nft", "list", "set", "ip", "fairlead", "service-networks").out();
  }

  private static void awaitOk(Outer from, String url) {
    await()
        .untilAsserted(
            () -> assertThat(from.run("curl", "-s", "-m", "2", url).text()).isEqualTo("ok"));
  }
}
