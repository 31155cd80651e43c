package dev.fairlead.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A cluster whose domain, range of cluster IPs and load balancers are other than the defaults. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class SettingsIT {
  private static final String[] OPTIONS = {
    "--nodes", "1",
    "--cluster-domain", "corp.example",
    "--service-cluster-ip-range", "10.120.0.0/24",
    "--load-balancer-hostnames", "lb.corp.example"
  };
  @AutoClose private static LocalClusterFixture cluster;

  @BeforeAll
  static void up() throws IOException {
    cluster = LocalClusterFixture.create();
    cluster.up(OPTIONS);
    cluster.kubectl("run", "web", "--image=gcr.io/kuar-demo/kuard-amd64:blue", "--port=8080").ok();
    cluster.kubectl("expose", "pod", "web", "--type=LoadBalancer").ok();
    cluster.kubectl("wait", "--for=condition=Ready", "pod/web", "--timeout=60s").ok();
  }

  @Test
  @Order(1)
  void clusterIps_areOfTheRange() {
    assertThat(cluster.field("service", "kubernetes", ".spec.clusterIP")).isEqualTo("10.120.0.1");
    assertThat(cluster.field("service", "web", ".spec.clusterIP")).startsWith("10.120.0.");
    assertThat(
            cluster
                .kubectl(
                    "create", "service", "clusterip", "x", "--clusterip=10.115.240.9", "--tcp=1")
                .refused())
        .contains("The range of valid IPs is 10.120.0.0/24");
  }

  @Test
  @Order(2)
  void names_areOfTheDomain_everywhere() {
    String address = cluster.field("service", "web", ".spec.clusterIP");
    assertThat(
            cluster
                .ssh("node-1", "dig", "+short", "web.default.svc.corp.example", "@10.120.0.10")
                .text())
        .isEqualTo(address);
    assertThat(cluster.ssh("web", "cat", "/etc/resolv.conf").ok())
        .contains(
            "nameserver 10.120.0.10",
            "search default.svc.corp.example svc.corp.example corp.example");
    assertThat(
            cluster
                .ssh(
                    "web",
                    "curl",
                    "-s",
                    "http://web:8080/dns/api",
                    "-d",
                    "{\"type\":\"A\",\"name\":\"web\"}")
                .ok())
        .contains("web.default.svc.corp.example.\\t30\\tIN\\tA\\t" + address);
  }

  @Test
  @Order(3)
  void aLoadBalancer_mayAnswerWithAHostName() {
    cluster.awaitKubectl(
        "lb-10-111-200-1.lb.corp.example"::equals,
        "get",
        "service",
        "web",
        "-o",
        "jsonpath={.status.loadBalancer.ingress[0].hostname}");
    assertThat(cluster.kubectl("get", "service", "web").ok())
        .containsPattern(
            "web +LoadBalancer +10\\.120\\.0\\.\\d+ +lb-10-111-200-1\\.lb\\.corp\\.example");
    assertThat(cluster.kubectl("describe", "service", "web").ok())
        .containsPattern("LoadBalancer Ingress: +lb-10-111-200-1\\.lb\\.corp\\.example");
  }

  @Test
  @Order(4)
  void anotherRange_isRefused_whileObjectsOfThisOneAreKept() {
    cluster.fairlead("down").ok();
    assertThat(cluster.fairlead("up", "--nodes", "1").refused())
        .contains("--service-cluster-ip-range 10.120.0.0/24");
    assertThat(cluster.fairlead("up", "--service-cluster-ip-range", "10.112.8.0/24").refused())
        .isEqualToIgnoringNewLines(
            "fairlead: --service-cluster-ip-range: the range of cluster IPs 10.112.8.0/24 overlaps the range of pods 10.112.0.0/16");
    cluster.up(OPTIONS);
    assertThat(cluster.field("service", "web", ".spec.clusterIP")).startsWith("10.120.0.");
  }
}
