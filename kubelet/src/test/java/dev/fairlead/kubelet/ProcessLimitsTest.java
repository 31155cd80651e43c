package dev.fairlead.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Document;
import dev.fairlead.kubelet.cgroup.Cgroups;
import dev.fairlead.kubelet.cgroup.ContainerCgroup;
import dev.fairlead.kubelet.cgroup.Limits;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real processes may use, on a machine that lets us make control groups. */
class ProcessLimitsTest {
  private static final String POD =
      "{'restartPolicy':'Never','terminationGracePeriodSeconds':1,'containers':[{'name':'c','image':'host',"
          + "'command':%s,'resources':%s}]}";

  @TempDir Path state;
  @AutoClose private ProcessNode node;

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
    List<String> uids = node.cluster.uids();
    List<Path> groups = groups(uids);
    assertThat(groups).isNotEmpty();
    assertThat(groups.stream().map(ProcessLimitsTest::quota).toList()).contains("50000");
    node.cluster.delete("held", 0);
    node.cluster.awaitGone("held");
    await().untilAsserted(() -> assertThat(groups(uids)).isEmpty());
  }

  /**
   * A process that runs is held to other limits, and has a group even where nothing was limited.
   */
  @Test
  void aPodIsResizedWhileItRuns() throws IOException {
    node.pod(
        "grows", POD.formatted("['sleep','1000']", "{'requests':{'cpu':'100m','memory':'1Mi'}}"));
    Document before = node.cluster.awaitReady("grows");
    assertThat(Cluster.container(before).at("/resources/requests/cpu").asText()).isEqualTo("100m");
    assertThat(groups(node.cluster.uids()).stream().map(ProcessLimitsTest::quota).toList())
        .doesNotContain("20000");
    node.cluster.resize("grows", "{'limits':{'cpu':'200m'}}");
    Document after =
        node.cluster.await(
            "grows",
            pod -> Cluster.container(pod).at("/resources/limits/cpu").asText().equals("200m"));
    assertThat(groups(node.cluster.uids()).stream().map(ProcessLimitsTest::quota).toList())
        .contains("20000");
    assertThat(Cluster.container(after).path("containerID"))
        .isEqualTo(Cluster.container(before).path("containerID"));
    assertThat(Cluster.condition(after, "PodResizeInProgress")).isEmpty();
  }

  @Test
  void whoAsksForNothingHasNoGroupAndGoesFirst() throws IOException {
    node.pod("plain", POD.formatted("['cat','/proc/self/oom_score_adj']", "{}"));
    node.awaitLog("plain", "c", 0, " stdout F 1000\n");
    assertThat(groups(node.cluster.uids())).isEmpty();
  }

  /** The groups of these pods, in any hierarchy. Those of others come and go meanwhile. */
  private static List<Path> groups(List<String> uids) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        Path.of("/sys/fs/cgroup"),
        Set.of(),
        6,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            if (uids.stream()
                .anyMatch(uid -> path.getFileName().toString().startsWith(uid + "_"))) {
              found.add(path);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path path, IOException gone) {
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path path, @Nullable IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
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
