package dev.fairlead.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Document;
import dev.fairlead.kubelet.cgroup.Cgroups;
import dev.fairlead.kubelet.cgroup.ContainerCgroup;
import dev.fairlead.kubelet.cgroup.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real processes may use, on a machine that lets us make control groups. */
class ProcessLimitsTest {
  private static final String POD =
      "{'restartPolicy':'Never','terminationGracePeriodSeconds':1,'containers':[{'name':'c','image':'host',"
          + "'command':%s,'resources':%s}]}";

  @TempDir Path state;
  private ProcessNode node;

  @BeforeEach
  void start() throws IOException {
    Root.assume();
    assumeThat(allowed()).as("control groups for memory and CPU").isTrue();
    node = new ProcessNode(state);
  }

  private boolean allowed() {
    Cgroups cgroups = Cgroups.of(state);
    ContainerCgroup probe = cgroups.create("probe", "c", new Limits(1 << 30, 2, 100_000));
    boolean allowed = probe != null;
    cgroups.removeAll();
    return allowed;
  }

  @AfterEach
  void stop() throws IOException {
    if (node != null) {
      node.close();
    }
  }

  @Test
  void whoTakesMoreMemoryThanAllowedIsKilled() {
    node.pod(
        "greedy",
        POD.formatted(
            "['python3','-c','x = bytearray(200 << 20)']", "{'limits':{'memory':'64Mi'}}"));
    Document pod =
        node.cluster.await("greedy", each -> each.status().path("phase").asText().equals("Failed"));
    assertThat(Cluster.container(pod).at("/state/terminated/reason").asText())
        .isEqualTo("OOMKilled");
    assertThat(Cluster.container(pod).at("/state/terminated/exitCode").asInt()).isEqualTo(137);
    assertThat(pod.status().path("qosClass").asText()).isEqualTo("Burstable");
  }

  @Test
  void theGroupsGoWithThePod() throws IOException {
    node.pod(
        "held",
        POD.formatted(
            "['sh','-c','cat /proc/self/cgroup; sleep 1000 & exec sleep 1000']",
            "{'limits':{'memory':'64Mi','cpu':'500m'}}"));
    node.cluster.awaitReady("held");
    node.awaitLog("held", "c", 0, "fairlead-");
    List<Path> groups = groups();
    assertThat(groups).isNotEmpty();
    assertThat(groups.stream().map(ProcessLimitsTest::quota).toList()).contains("50000");
    node.cluster.delete("held", 0);
    node.cluster.awaitGone("held");
    await().untilAsserted(() -> assertThat(groups()).isEmpty());
  }

  @Test
  void whoAsksForNothingHasNoGroupAndGoesFirst() throws IOException {
    node.pod("plain", POD.formatted("['cat','/proc/self/oom_score_adj']", "{}"));
    node.awaitLog("plain", "c", 0, " stdout F 1000\n");
    assertThat(groups()).isEmpty();
  }

  /** The groups of this node's pods, in any hierarchy. */
  private List<Path> groups() throws IOException {
    String uids = String.join("|", node.cluster.uids());
    try (var all = Files.find(Path.of("/sys/fs/cgroup"), 6, (path, is) -> is.isDirectory())) {
      return all.filter(each -> each.getFileName().toString().matches("(" + uids + ")_.*"))
          .toList();
    }
  }

  private static String quota(Path group) {
    for (String name : List.of("cpu.cfs_quota_us", "cpu.max")) {
      try {
        return Files.readString(group.resolve(name)).split("\\s")[0];
      } catch (IOException e) {
        continue;
      }
    }
    return "";
  }
}
