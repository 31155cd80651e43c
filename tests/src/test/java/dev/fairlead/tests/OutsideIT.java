package dev.fairlead.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * From outside in: the host, and a machine behind it that is no node, which runs {@code fairlead
 * proxy} and {@code fairlead dns} with a kubeconfig of its own.
 */
final class OutsideIT {
  private static final String NAME = "web.default.svc.cluster.local";
  private static final String CLUSTER_IPS = "10.115.240.0/20";
  private static LocalClusterFixture cluster;
  private static Outer machine;

  @BeforeAll
  static void up() throws IOException {
    cluster = LocalClusterFixture.create();
    cluster.up("--store", "memory");
    cluster.deploy("web", 2);
    cluster.kubectl("expose", "deployment", "web", "--type=NodePort").ok();
    machine = Outer.create();
    connect();
  }

  @AfterAll
  static void down() throws IOException {
    machine.close();
    cluster.close();
  }

  /** The machine's way to the cluster's network leads through the host. */
  private static void connect() {
    String script =
        """
        set -e
        ip link add machine type veth peer name uplink netns %1$d
        ip address add 10.120.0.1/24 dev machine
        ip link set machine up
        echo 1 >/proc/sys/net/ipv4/ip_forward
        nft 'table ip machine { chain post { type nat hook postrouting priority 100; ip saddr 10.120.0.0/24 masquerade; }; }'
        """;
    cluster.outer.run("sh", "-c", script.formatted(machine.holderPid())).ok();
    machine
        .run(
            "sh",
            "-c",
            "ip address add 10.120.0.2/24 dev uplink && ip link set uplink up"
                + " && ip route add default via 10.120.0.1")
        .ok();
  }

  @Test
  void theHost_usesNodePorts_andClusterIps() {
    String port = cluster.field("service", "web", ".spec.ports[0].nodePort");
    for (String node : new String[] {"10.111.0.11", "10.111.0.12", "10.111.0.13"}) {
      awaitHealthy(cluster.outer, node + ":" + port);
    }
    awaitHealthy(cluster.outer, clusterIp() + ":8080");
  }

  @Test
  void aMachineOutside_usesNodePorts_andAnInternalLoadBalancer() {
    String port = cluster.field("service", "web", ".spec.ports[0].nodePort");
    awaitHealthy(machine, "10.111.0.12:" + port);
    cluster.apply(
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: inner
          annotations: {service.beta.kubernetes.io/azure-load-balancer-internal: "true"}
        spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 8080}]}
        """);
    String address =
        cluster.awaitKubectl(
            found -> found.startsWith("10.111.201."),
            "get",
            "service",
            "inner",
            "-o",
            "jsonpath={.status.loadBalancer.ingress[0].ip}");
    awaitHealthy(machine, address + ":8080");
  }

  @Test
  void aMachineOutside_runsItsOwnProxyAndDns() throws IOException {
    Path kubeconfig = Files.createTempFile("fairlead-test", ".kubeconfig");
    String access = cluster.fairlead("kubeconfig").ok().replace("127.0.0.1", "10.111.0.1");
    Files.writeString(kubeconfig, access);
    // Only its own proxy can help the machine: the host knows no way to cluster IPs any more.
    cluster.outer.run("ip", "route", "del", CLUSTER_IPS).ok();
    Process proxy =
        machine.start(cluster.launcher(), "proxy", "--kubeconfig", kubeconfig.toString());
    Process dns = machine.start(cluster.launcher(), "dns", "--kubeconfig", kubeconfig.toString());
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() ->
              assertThat(machine.run("dig", "+short", "+tries=1", NAME, "@127.0.0.1").text())
                  .isEqualTo(clusterIp()));
      awaitHealthy(machine, clusterIp() + ":8080");
    } finally {
      dns.destroy();
      proxy.destroy();
      cluster.outer.run("ip", "route", "add", CLUSTER_IPS, "via", "10.111.0.1").ok();
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(machine.run("nft", "list", "tables").text()).isEmpty());
    Files.delete(kubeconfig);
  }

  private static String clusterIp() {
    return cluster.field("service", "web", ".spec.clusterIP");
  }

  private static void awaitHealthy(Outer from, String address) {
    String[] curl = {"curl", "-s", "-m", "5", "http://" + address + "/healthy"};
    await(address).untilAsserted(() -> assertThat(from.run(curl).out().strip()).isEqualTo("ok"));
  }
}
