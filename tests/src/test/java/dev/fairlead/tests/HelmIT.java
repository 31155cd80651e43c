package dev.fairlead.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Helm 3: three-way merges, waiting, hooks, rollback, and what it keeps in Secrets. */
final class HelmIT {
  private static final String CHART =
      Path.of("src/test/resources/charts/web").toAbsolutePath().toString();
  @AutoClose private LocalClusterFixture cluster;

  @BeforeEach
  void up() throws IOException {
    cluster = LocalClusterFixture.create();
    cluster.up("--nodes", "1", "--store", "memory");
  }

  @Test
  void aRelease_fromItsInstallationToItsEnd() throws IOException {
    assertThat(helm("install", "web", CHART).text()).isEqualTo("1 deployed");
    assertThat(deployment(".status.readyReplicas")).isEqualTo("2");
    assertThat(deployment(".metadata.labels['app\\.kubernetes\\.io/managed-by']"))
        .isEqualTo("Helm");
    assertThat(deployment(".metadata.annotations['meta\\.helm\\.sh/release-name']"))
        .isEqualTo("web");
    assertThat(cluster.kubectl("logs", "web-before").text()).isEqualTo("1");
    assertThat(helm("test", "web").text()).isEqualTo("1 deployed");
    assertThat(cluster.kubectl("get", "pod", "web-test").refused()).contains("NotFound");

    cluster.kubectl("label", "deployment", "web", "team=a").ok();
    cluster.kubectl("set", "env", "deployment/web", "-c", "kuard", "BY_HAND=1", "COLOR=red").ok();
    cluster.kubectl("scale", "deployment", "web", "--replicas=3").ok();
    assertThat(helm("upgrade", "web", CHART, "sidecar=no", "config=no").text())
        .isEqualTo("2 deployed");
    assertUpgraded();

    assertThat(helm("upgrade-atomic", "web", CHART, "color=no-such-color", "config=no").refused())
        .contains("release web failed, and has been rolled back due to atomic being set");
    assertUpgraded();
    assertThat(helm("history", "web").lines())
        .hasSize(4)
        .satisfies(lines -> {
          assertThat(lines.get(0)).isEqualTo("1 superseded: Install complete");
          assertThat(lines.get(1)).isEqualTo("2 superseded: Upgrade complete");
          assertThat(lines.get(2)).startsWith("3 failed: Upgrade \"web\" failed: ");
          assertThat(lines.get(3)).isEqualTo("4 deployed: Rollback to 2");
        });
    assertReleases();

    helm("uninstall", "web").ok();
    cluster.awaitKubectl(
        String::isEmpty,
        "get",
        "deployments,replicasets,pods,configmaps,services,endpointslices,secrets",
        "-l",
        "app=web",
        "-o",
        "name");
    assertThat(cluster.kubectl("get", "secrets", "-l", "owner=helm", "-o", "name").text())
        .isEmpty();
    assertThat(cluster.kubectl("get", "service", "web").refused()).contains("NotFound");
  }

  /** What Helm manages is as in the chart, what it does not is as the hand has left it. */
  private void assertUpgraded() {
    cluster.awaitDeployment("web", 2);
    assertThat(deployment(".spec.replicas")).isEqualTo("2");
    assertThat(deployment(".metadata.labels.team")).isEqualTo("a");
    assertThat(deployment(".spec.template.spec.containers[*].name")).isEqualTo("kuard");
    assertThat(deployment(".spec.template.spec.containers[0].image")).endsWith(":blue");
    assertThat(deployment(".spec.template.spec.containers[0].env[*].name"))
        .isEqualTo("COLOR BY_HAND");
    assertThat(deployment(".spec.template.spec.containers[0].env[*].value")).isEqualTo("blue 1");
    assertThat(cluster.kubectl("get", "configmap", "web").refused()).contains("NotFound");
  }

  private void assertReleases() throws IOException {
    assertThat(
            cluster
                .kubectl(
                    "get",
                    "secrets",
                    "-l",
                    "owner=helm,name=web",
                    "--sort-by=.metadata.labels.version",
                    "-o",
                    "jsonpath={range .items[*]}{.metadata.name} {.type} {.metadata.labels.status}{\"\\n\"}{end}")
                .lines())
        .containsExactly(
            "sh.helm.release.v1.web.v1 helm.sh/release.v1 superseded",
            "sh.helm.release.v1.web.v2 helm.sh/release.v1 superseded",
            "sh.helm.release.v1.web.v3 helm.sh/release.v1 failed",
            "sh.helm.release.v1.web.v4 helm.sh/release.v1 deployed");
    byte[] once =
        Base64.getDecoder()
            .decode(cluster.field("secret", "sh.helm.release.v1.web.v4", ".data.release"));
    try (GZIPInputStream release =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(once)))) {
      assertThat(new String(release.readAllBytes(), StandardCharsets.UTF_8))
          .contains("\"description\":\"Rollback to 2\"");
    }
  }

  @Test
  void anObjectOfSomebodyElse_isNotTakenOver() throws IOException {
    cluster.kubectl("create", "service", "clusterip", "web", "--tcp=80").ok();
    assertThat(helm("install", "web", CHART).refused())
        .contains(
            "Service \"web\" in namespace \"default\" exists and cannot be imported into the current release",
            "missing key \"app.kubernetes.io/managed-by\": must be set to \"Helm\"");
    assertThat(cluster.kubectl("get", "deployments", "-o", "name").text()).isEmpty();
  }

  private String deployment(String path) {
    return cluster.field("deployment", "web", path);
  }

  private CommandResult helm(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(StrangerPrograms.helm());
    command.addAll(List.of(arguments));
    return cluster.outer.run(command.toArray(String[]::new));
  }
}
