package dev.fairlead.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code kubectl run} and what {@code kubectl expose} makes of pods, replica sets and services. */
final class ExposeIT {
  @AutoClose private static LocalClusterFixture cluster;

  @BeforeAll
  static void up() throws IOException {
    cluster = LocalClusterFixture.create();
    cluster.up("--nodes", "1", "--store", "memory");
    cluster
        .kubectl(
            "run",
            "web",
            "--image=gcr.io/kuar-demo/kuard-amd64:blue",
            "--port=8080",
            "--labels=app=web")
        .ok();
    cluster
        .kubectl("create", "deployment", "many", "--image=gcr.io/kuar-demo/kuard-amd64:green")
        .ok();
    cluster.awaitDeployment("many", 1);
    cluster.kubectl("wait", "--for=condition=Ready", "pod/web", "--timeout=60s").ok();
  }

  @Test
  void aPod_underAnotherPort() {
    cluster
        .kubectl("expose", "pod", "web", "--name=web-80", "--port=80", "--target-port=8080")
        .ok();
    answers("web-80", 80);
  }

  @Test
  void aReplicaSet_asNodePort() {
    String set = cluster.field("replicasets", "-lapp=many", ".items[0].metadata.name");
    cluster
        .kubectl(
            "expose",
            "replicaset",
            set,
            "--name=many-set",
            "--port=81",
            "--target-port=8080",
            "--type=NodePort")
        .ok();
    answers("many-set", 81);
    assertThat(cluster.kubectl("get", "service", "many-set").ok())
        .containsPattern("many-set +NodePort +\\S+ +<none> +81:3\\d{4}/TCP");
  }

  @Test
  void aService_onceMore_withAnotherSelectorAndProtocol() {
    cluster.kubectl("expose", "pod", "web", "--name=first").ok();
    cluster
        .kubectl(
            "expose",
            "service",
            "first",
            "--name=second",
            "--port=90",
            "--protocol=UDP",
            "--selector=app=many")
        .ok();
    assertThat(cluster.kubectl("get", "service", "second", "-o", "wide", "--no-headers").ok())
        .containsPattern("second +ClusterIP +\\S+ +<none> +90/UDP +\\S+ +app=many");
  }

  @Test
  void namedPorts_andNamedTargetPorts() {
    cluster.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: named, labels: {app: named}}
        spec:
          containers:
          - name: kuard
            image: gcr.io/kuar-demo/kuard-amd64:blue
            ports: [{name: web-ui, containerPort: 8080}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: named}
        spec:
          selector: {app: named}
          ports:
          - {name: http, port: 80, targetPort: web-ui}
          - {name: direct, port: 8081, targetPort: 8080}
        """);
    cluster.kubectl("wait", "--for=condition=Ready", "pod/named", "--timeout=60s").ok();
    answers("named", 80);
    answers("named", 8081);
    assertThat(
            cluster
                .ssh(
                    "web",
                    "dig",
                    "+short",
                    "SRV",
                    "_http._tcp.named.default.svc.cluster.local.",
                    "@10.115.240.10")
                .text())
        .isEqualTo("0 100 80 named.default.svc.cluster.local.");
  }

  @Test
  void whatHasNoPort_orDoesNotExist_isToldSo() {
    assertThat(cluster.kubectl("expose", "deployment", "many").refused())
        .contains("couldn't find port via --port flag or introspection");
    assertThat(cluster.kubectl("expose", "deployment", "nobody", "--port=80").refused())
        .contains("deployments.apps \"nobody\" not found");
    assertThat(
            cluster
                .kubectl("expose", "pod", "web", "--name=bad", "--port=80", "--type=Sideways")
                .refused())
        .contains("Unsupported value: \"Sideways\"");
  }

  private static void answers(String service, int port) {
    assertThat(
            cluster
                .ssh(
                    "web",
                    "curl",
                    "-s",
                    "-m",
                    "5",
                    "--retry",
                    "30",
                    "--retry-delay",
                    "1",
                    "--retry-connrefused",
                    "http://%s:%d/healthy".formatted(service, port))
                .text())
        .isEqualTo("ok");
  }
}
