package dev.fairlead.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cluster's process is killed; nothing that was acknowledged is lost. */
final class CrashIT {
  @AutoClose private LocalClusterFixture cluster;

  @BeforeEach
  void create() throws IOException {
    cluster = LocalClusterFixture.create();
  }

  @Test
  void kill9OfEverything_thenUp_hasAllObjectsAndTraffic() {
    cluster.up();
    cluster.deploy("alpaca-prod", 2);
    cluster.kubectl("expose", "deployment", "alpaca-prod").ok();
    String uid = cluster.field("deployment", "alpaca-prod", ".metadata.uid");
    String address = cluster.field("service", "alpaca-prod", ".spec.clusterIP");

    cluster.processes().forEach(ProcessHandle::destroyForcibly);
    awaitSilence();
    cluster.up();

    assertThat(cluster.field("deployment", "alpaca-prod", ".metadata.uid")).isEqualTo(uid);
    assertThat(cluster.field("service", "alpaca-prod", ".spec.clusterIP")).isEqualTo(address);
    cluster.awaitDeployment("alpaca-prod", 2);
    assertThat(
            cluster
                .ssh(
                    "node-2",
                    "curl",
                    "-s",
                    "--retry",
                    "5",
                    "--retry-connrefused",
                    "http://" + address + ":8080/healthy")
                .text())
        .isEqualTo("ok");
  }

  /** What is killed may take a moment to go, and answers until then. */
  private void awaitSilence() {
    await().until(() -> cluster.fairlead("status").exitCode() != 0);
    await().until(() -> cluster.outer.run("ss", "-Hltn", "sport = :6443").text().isEmpty());
  }

  @Test
  void kill9OfTheCluster_thenDown_leavesNothing() {
    cluster.up();
    cluster
        .kubectl("create", "deployment", "alpaca-prod", "--image=gcr.io/kuar-demo/kuard-amd64:blue")
        .ok();
    cluster.awaitDeployment("alpaca-prod", 1);
    long pid =
        Long.parseLong(
            cluster.fairlead("status").lines().stream()
                .filter(line -> line.startsWith("pid: "))
                .findFirst()
                .orElseThrow()
                .substring(5));
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    awaitSilence();
    assertThat(cluster.fairlead("down").ok()).contains("cleaned up");
    cluster.assertNothingLeft();
  }
}
