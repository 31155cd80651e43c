package dev.fairlead.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Other ways to find a Service: the environment, watched endpoints, Services without selector. */
final class DiscoveryIT {
  @AutoClose private static LocalClusterFixture cluster;

  @BeforeAll
  static void up() throws IOException {
    cluster = LocalClusterFixture.create();
    cluster.up("--nodes", "2", "--store", "memory");
  }

  @Test
  void environment_ofServicesOlderThanThePod() {
    cluster.kubectl("create", "namespace", "env").ok();
    cluster.apply(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: alpaca-prod, namespace: env}
        spec: {selector: {app: alpaca-prod}, clusterIP: 10.115.241.7, ports: [{port: 8080}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: two-ports, namespace: env}
        spec:
          selector: {app: two}
          clusterIP: 10.115.241.8
          ports: [{name: web-ui, port: 80}, {name: dgram, port: 53, protocol: UDP}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: headless, namespace: env}
        spec: {clusterIP: None, selector: {app: two}, ports: [{port: 80}]}
        """);
    startPod("linked", "");
    List<String> variables = environment("linked");
    assertThat(variables.stream().filter(line -> line.startsWith("ALPACA_PROD_")))
        .containsExactlyInAnyOrder(
            "ALPACA_PROD_PORT=tcp://10.115.241.7:8080",
            "ALPACA_PROD_PORT_8080_TCP=tcp://10.115.241.7:8080",
            "ALPACA_PROD_PORT_8080_TCP_ADDR=10.115.241.7",
            "ALPACA_PROD_PORT_8080_TCP_PORT=8080",
            "ALPACA_PROD_PORT_8080_TCP_PROTO=tcp",
            "ALPACA_PROD_SERVICE_HOST=10.115.241.7",
            "ALPACA_PROD_SERVICE_PORT=8080");
    assertThat(variables)
        .contains(
            "TWO_PORTS_SERVICE_HOST=10.115.241.8",
            "TWO_PORTS_SERVICE_PORT=80",
            "TWO_PORTS_SERVICE_PORT_WEB_UI=80",
            "TWO_PORTS_SERVICE_PORT_DGRAM=53",
            "TWO_PORTS_PORT=tcp://10.115.241.8:80",
            "TWO_PORTS_PORT_80_TCP_PROTO=tcp",
            "TWO_PORTS_PORT_53_UDP=udp://10.115.241.8:53",
            "TWO_PORTS_PORT_53_UDP_PROTO=udp",
            "KUBERNETES_SERVICE_HOST=10.115.240.1",
            "KUBERNETES_SERVICE_PORT=443",
            "KUBERNETES_SERVICE_PORT_HTTPS=443");
    assertThat(variables).noneMatch(line -> line.startsWith("HEADLESS_"));

    startPod("unlinked", "enableServiceLinks: false, ");
    assertThat(environment("unlinked"))
        .contains("KUBERNETES_SERVICE_HOST=10.115.240.1")
        .noneMatch(line -> line.startsWith("ALPACA_PROD_") || line.startsWith("TWO_PORTS_"));

    cluster.kubectl("create", "service", "clusterip", "younger", "--tcp=80", "-n", "env").ok();
    assertThat(environment("linked")).noneMatch(line -> line.startsWith("YOUNGER_"));
    startPod("later", "");
    assertThat(environment("later")).anyMatch(line -> line.startsWith("YOUNGER_SERVICE_HOST="));
    cluster.kubectl("delete", "namespace", "env").ok();
  }

  @Test
  void watchedEndpoints_shrink_areNone_andGrow() throws IOException {
    cluster.kubectl("create", "namespace", "watch").ok();
    deploy();
    scale();
    cluster.kubectl("expose", "deployment", "alpaca-prod", "-n", "watch").ok();
    String three = "10\\.112\\.\\S+,10\\.112\\.\\S+,10\\.112\\.\\S+";
    cluster.awaitKubectl(
        text -> text.matches("(?s).*alpaca-prod +" + three + ".*"),
        "get",
        "endpoints",
        "-n",
        "watch");
    Process watch =
        cluster.outer.start("kubectl", "get", "endpoints", "alpaca-prod", "-n", "watch", "--watch");
    List<String> lines = new CopyOnWriteArrayList<>();
    Thread.ofVirtual().start(() -> readAll(watch.inputReader(), lines));
    await().until(() -> lines.size() >= 2);

    cluster.kubectl("delete", "deployment", "alpaca-prod", "-n", "watch").ok();
    awaitLine(lines, "alpaca-prod +<none> .*");
    deploy();
    awaitLine(lines, "alpaca-prod +10\\.112[^,]* .*"); // one, before there are three
    scale();
    Pattern story =
        Pattern.compile(
            "NAME +ENDPOINTS +AGE\nalpaca-prod +%1$s .*\nalpaca-prod +<none> .*\nalpaca-prod +10\\.112[^,\\n]* .*\nalpaca-prod +%1$s .*"
                .formatted(three),
            Pattern.DOTALL);
    await().until(() -> story.matcher(String.join("\n", lines)).find());
    watch.destroy();
    cluster.kubectl("delete", "namespace", "watch").ok();
  }

  @Test
  void manualDiscovery_bySelectors() {
    for (String name : List.of("huey", "dewey", "louie")) {
      cluster
          .kubectl(
              "run",
              name,
              "--image=gcr.io/kuar-demo/kuard-amd64:blue",
              "--labels=app=ducks,who=" + name)
          .ok();
    }
    assertThat(found("app=ducks")).hasSize(3);
    assertThat(found("app=ducks,who!=huey")).containsExactly("pod/dewey", "pod/louie");
    assertThat(found("who in (huey, louie)")).containsExactly("pod/huey", "pod/louie");
    assertThat(found("app=ducks,who notin (huey, louie)")).containsExactly("pod/dewey");
    assertThat(found("app=ducks,!who")).isEmpty();
    cluster.kubectl("delete", "pods", "-l", "app=ducks").ok();
  }

  @Test
  void servicesWithoutSelector_leadWhereOneSays() throws IOException {
    Process server = database();
    try {
      cluster.apply(
          """
          apiVersion: v1
          kind: Service
          metadata: {name: my-database-server}
          spec: {ports: [{port: 1433}]}
          ---
          apiVersion: v1
          kind: Endpoints
          metadata: {name: my-database-server}
          subsets: [{addresses: [{ip: 10.111.0.2}], ports: [{port: 1433}]}]
          ---
          apiVersion: v1
          kind: Service
          metadata: {name: sliced}
          spec: {ports: [{port: 1433}]}
          ---
          apiVersion: discovery.k8s.io/v1
          kind: EndpointSlice
          metadata: {name: sliced-1, labels: {kubernetes.io/service-name: sliced}}
          addressType: IPv4
          endpoints: [{addresses: [10.111.0.2]}]
          ports: [{port: 1433}]
          ---
          apiVersion: v1
          kind: Service
          metadata: {name: elsewhere}
          spec: {type: ExternalName, externalName: my-database-server.default.svc.cluster.local}
          """);
      cluster.awaitKubectl(
          "10.111.0.2"::equals,
          "get",
          "endpointslices",
          "-l",
          "endpointslice.kubernetes.io/managed-by=endpointslicemirroring-controller.k8s.io",
          "-o",
          "jsonpath={.items[*].endpoints[*].addresses[*]}");
      cluster.kubectl("run", "client", "--image=gcr.io/kuar-demo/kuard-amd64:blue").ok();
      awaitReady("client", "default");
      for (String name : List.of("my-database-server", "sliced", "elsewhere")) {
        await(name)
            .untilAsserted(() ->
                assertThat(
                        cluster
                            .ssh("client", "curl", "-s", "-m", "5", "http://" + name + ":1433/row")
                            .out())
                    .isEqualTo("a row\n"));
      }
      assertThat(cluster.ssh("client", "dig", "+short", "+search", "elsewhere", "CNAME").text())
          .isEqualTo("my-database-server.default.svc.cluster.local.");
    } finally {
      server.destroy();
    }
    for (String wrong : List.of("127.0.0.1", "169.254.1.1", "224.0.0.1")) {
      assertThat(
              cluster
                  .kubectl(
                      "patch",
                      "endpoints",
                      "my-database-server",
                      "-p",
                      "{\"subsets\":[{\"addresses\":[{\"ip\":\"%s\"}],\"ports\":[{\"port\":1433}]}]}"
                          .formatted(wrong))
                  .refused())
          .contains("subsets[0].addresses[0].ip: Invalid value: \"" + wrong + "\": may not be in");
    }
  }

  /** The old database server: a web server on the host of the cluster, outside of it. */
  private static Process database() throws IOException {
    Path folder = Files.createDirectories(cluster.home.resolveSibling("rows"));
    Files.writeString(folder.resolve("row"), "a row\n");
    return cluster.outer.start(
        "python3",
        "-m",
        "http.server",
        "1433",
        "--bind",
        "10.111.0.2",
        "--directory",
        folder.toString());
  }

  private static void deploy() {
    cluster
        .kubectl(
            "create",
            "deployment",
            "alpaca-prod",
            "--image=gcr.io/kuar-demo/kuard-amd64:blue",
            "--port=8080",
            "-n",
            "watch")
        .ok();
  }

  private static void scale() {
    cluster.kubectl("scale", "deployment", "alpaca-prod", "--replicas=3", "-n", "watch").ok();
  }

  private static void awaitLine(List<String> lines, String pattern) {
    await(pattern).until(() -> lines.getLast().matches(pattern));
  }

  private static void startPod(String name, String more) {
    cluster.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, namespace: env}
        spec: {%scontainers: [{name: kuard, image: gcr.io/kuar-demo/kuard-amd64:blue}]}
        """
            .formatted(name, more));
    awaitReady(name, "env");
  }

  private static void awaitReady(String pod, String namespace) {
    cluster
        .kubectl("wait", "--for=condition=Ready", "pod/" + pod, "-n", namespace, "--timeout=60s")
        .ok();
  }

  /** A pod's variables, as {@code NAME=value}. */
  private static List<String> environment(String pod) {
    String address =
        cluster.kubectl("get", "pod", pod, "-n", "env", "-o", "jsonpath={.status.podIP}").text();
    String json =
        cluster
            .ssh(
                "node-1",
                "curl",
                "-s",
                "--retry",
                "9",
                "--retry-connrefused",
                "http://" + address + ":8080/env/api")
            .text();
    return Pattern.compile("\"([A-Z0-9_]+)\":\"([^\"]*)\"")
        .matcher(json)
        .results()
        .map(entry -> entry.group(1) + "=" + entry.group(2))
        .toList();
  }

  private static TreeSet<String> found(String selector) {
    return new TreeSet<>(
        cluster.kubectl("get", "pods", "-l", selector, "-o", "name").out().lines().toList());
  }

  private static void readAll(BufferedReader reader, List<String> lines) {
    reader.lines().forEach(lines::add);
  }
}
