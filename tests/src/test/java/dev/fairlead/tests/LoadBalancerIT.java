package dev.fairlead.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Services of type LoadBalancer, and hand-made Endpoints, on one cluster, step by step. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class LoadBalancerIT {
  private static final String FIRST = "10.111.200.1";
  private static final String INGRESS = "jsonpath={.status.loadBalancer.ingress[0].ip}";
  @AutoClose private static LocalClusterFixture cluster;

  @BeforeAll
  static void up() throws IOException {
    cluster = LocalClusterFixture.create();
    cluster.up();
    cluster.deploy("web", 2);
  }

  @Test
  @Order(1)
  void aTypeChange_getsAnAddress_andTellsOfIt() {
    cluster.kubectl("expose", "deployment", "web").ok();
    retype("web", "LoadBalancer");
    awaitAddress("web", FIRST);
    assertThat(cluster.kubectl("get", "service", "web").ok())
        .containsPattern("web +LoadBalancer +10\\.115\\.\\S+ +10\\.111\\.200\\.1 +8080:3\\d+/TCP");
    await()
        .untilAsserted(() ->
            assertThat(cluster.kubectl("describe", "service", "web").ok())
                .containsPattern("LoadBalancer Ingress: +10\\.111\\.200\\.1")
                .containsPattern("Normal +Type .* ClusterIP -> LoadBalancer")
                .containsPattern("Normal +EnsuringLoadBalancer .* Ensuring load balancer")
                .containsPattern("Normal +EnsuredLoadBalancer .* Ensured load balancer"));
  }

  @Test
  @Order(2)
  void theAddress_answers_onHostNodesAndPods() {
    awaitAnswer(() -> cluster.outer.run(curl(FIRST)));
    for (String node : new String[] {"node-1", "node-2", "node-3"}) {
      awaitAnswer(() -> cluster.ssh(node, curl(FIRST)));
    }
    String pod = cluster.kubectl("get", "pods", "-o", "jsonpath={.items[0].metadata.name}").text();
    awaitAnswer(() -> cluster.ssh(pod, curl(FIRST)));
  }

  @Test
  @Order(3)
  void anInternalOne_andAFixedAddress() {
    expose("inner");
    cluster
        .kubectl("annotate", "service", "inner", "networking.gke.io/load-balancer-type=Internal")
        .ok();
    retype("inner", "LoadBalancer");
    awaitAddress("inner", "10.111.201.1");
    awaitAnswer(() -> cluster.outer.run(curl("10.111.201.1")));
    expose("fixed");
    cluster
        .kubectl(
            "patch",
            "service",
            "fixed",
            "-p",
            "{\"spec\":{\"type\":\"LoadBalancer\",\"loadBalancerIP\":\"10.111.200.77\"}}")
        .ok();
    awaitAddress("fixed", "10.111.200.77");
    awaitAnswer(() -> cluster.outer.run(curl("10.111.200.77")));
  }

  @Test
  @Order(4)
  void anAddressThatIsTaken_leavesPending_untilItIsFreed() {
    expose("second");
    cluster
        .kubectl(
            "patch",
            "service",
            "second",
            "-p",
            "{\"spec\":{\"type\":\"LoadBalancer\",\"loadBalancerIP\":\"10.111.200.77\"}}")
        .ok();
    await()
        .untilAsserted(() ->
            assertThat(cluster.kubectl("describe", "service", "second").ok())
                .contains("SyncLoadBalancerFailed")
                .contains("address 10.111.200.77 is in use by service default/fixed"));
    assertThat(cluster.kubectl("get", "service", "second").ok()).contains("<pending>");
    cluster.kubectl("delete", "service", "fixed").ok();
    awaitAddress("second", "10.111.200.77");
  }

  @Test
  @Order(5)
  void backToClusterIp_releasesEverything() {
    retype("web", "ClusterIP");
    await()
        .untilAsserted(
            () -> assertThat(cluster.field("service", "web", ".metadata.finalizers")).isEmpty());
    assertThat(cluster.kubectl("get", "service", "web").ok()).contains("<none>");
    await().untilAsserted(() -> assertThat(cluster.outer.run(curl(FIRST)).out()).isEmpty());
    expose("next");
    retype("next", "LoadBalancer");
    awaitAddress("next", FIRST);
  }

  @Test
  @Order(6)
  void handMadeEndpoints_areMirrored_andServe() {
    String address =
        cluster.kubectl("get", "pods", "-o", "jsonpath={.items[0].status.podIP}").text().strip();
    cluster.apply(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: database}
        spec: {ports: [{port: 1433, targetPort: 8080}]}
        ---
        apiVersion: v1
        kind: Endpoints
        metadata: {name: database}
        subsets: [{addresses: [{ip: %s}], ports: [{port: 8080}]}]
        """
            .formatted(address));
    cluster.awaitKubectl(
        address::equals,
        "get",
        "endpointslices",
        "-l",
        "kubernetes.io/service-name=database",
        "-o",
        "jsonpath={.items[*].endpoints[*].addresses[0]}");
    String clusterIp = cluster.field("service", "database", ".spec.clusterIP");
    awaitAnswer(() ->
        cluster.ssh("node-1", "curl", "-sf", "-m", "2", "http://" + clusterIp + ":1433/healthy"));
  }

  private static void expose(String name) {
    cluster.kubectl("expose", "deployment", "web", "--name=" + name).ok();
  }

  private static void retype(String service, String type) {
    cluster
        .kubectl("patch", "service", service, "-p", "{\"spec\":{\"type\":\"" + type + "\"}}")
        .ok();
  }

  private static void awaitAddress(String service, String address) {
    cluster.awaitKubectl(address::equals, "get", "service", service, "-o", INGRESS);
  }

  private static String[] curl(String address) {
    return new String[] {"curl", "-sf", "-m", "2", "http://" + address + ":8080/healthy"};
  }

  private static void awaitAnswer(java.util.function.Supplier<CommandResult> request) {
    await().untilAsserted(() -> assertThat(request.get().out()).containsIgnoringCase("ok"));
  }
}
