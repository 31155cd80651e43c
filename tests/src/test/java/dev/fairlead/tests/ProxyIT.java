package dev.fairlead.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The subresource {@code proxy} with stock kubectl: pods, Services and nodes of a real cluster. */
final class ProxyIT {
  private static final String NAMESPACE = "/api/v1/namespaces/default/";
  @AutoClose private static LocalClusterFixture cluster;
  private static String pod;

  @BeforeAll
  static void up() throws IOException {
    cluster = LocalClusterFixture.create();
    cluster.up("--nodes", "2", "--store", "memory");
    cluster.deploy("alpaca-prod", 1);
    cluster.kubectl("expose", "deployment", "alpaca-prod").ok();
    pod = cluster.field("pods", "-lapp=alpaca-prod", ".items[0].metadata.name");
  }

  private static CommandResult raw(String path) {
    return cluster.kubectl("get", "--raw", path);
  }

  @Test
  void aServiceAnswersByPortNumberWithLinksThroughTheProxy() {
    String page = raw(NAMESPACE + "services/alpaca-prod:8080/proxy/").ok();
    assertThat(page)
        .contains("<title>")
        .contains("\"" + NAMESPACE + "services/alpaca-prod:8080/proxy/");
    assertThat(raw(NAMESPACE + "services/http:alpaca-prod:8080/proxy/healthy").text())
        .isEqualTo("ok");
  }

  @Test
  void aPodAnswersWithAndWithoutItsPort() {
    assertThat(raw(NAMESPACE + "pods/" + pod + "/proxy/healthy").text()).isEqualTo("ok");
    assertThat(raw(NAMESPACE + "pods/" + pod + ":8080/proxy/healthy").text()).isEqualTo("ok");
    assertThat(raw(NAMESPACE + "pods/" + pod + ":1/proxy/").refused())
        .contains("error trying to reach service: dial tcp", "connect: connection refused");
  }

  @Test
  void aNodeAnswersWithItsKubelet() {
    assertThat(raw("/api/v1/nodes/node-1/proxy/healthz").text()).isEqualTo("ok");
    assertThat(raw("/api/v1/nodes/node-1/proxy/pods").ok()).contains("PodList");
  }

  @Test
  void aServiceWithoutEndpointsIsUnavailable() {
    cluster.kubectl("create", "service", "clusterip", "lonely", "--tcp=80:80").ok();
    await()
        .until(() ->
            raw(NAMESPACE + "services/lonely:80/proxy/")
                .refused()
                .contains("no endpoints available for service \"lonely"));
  }

  @Test
  void kubectlProxyServesABrowser() throws IOException {
    Process proxy = cluster.outer.start("kubectl", "proxy", "--port=18001");
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(proxy.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).startsWith("Starting to serve on 127.0.0.1:18001");
      String at = "http://127.0.0.1:18001" + NAMESPACE + "services/alpaca-prod:8080/proxy";
      assertThat(cluster.outer.run("curl", "-s", "-m", "20", at + "/healthy").text())
          .isEqualTo("ok");
      assertThat(
              cluster
                  .outer
                  .run("curl", "-s", "-m", "20", "-o", "/dev/null", "-w", "%{redirect_url}", at)
                  .text())
          .isEqualTo(at + "/");
    } finally {
      proxy.destroy();
    }
  }

  @Test
  void clusterInfoNamesTheControlPlane() {
    assertThat(cluster.kubectl("cluster-info").ok())
        .contains("Kubernetes control plane")
        .contains("https://127.0.0.1:");
  }
}
