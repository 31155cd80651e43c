package dev.fairlead.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which processes a container sees, and what ends with it. */
class ProcessPidsTest {
  private static final String POD =
      "{'terminationGracePeriodSeconds':1,'restartPolicy':'Never'%s,'containers':["
          + "{'name':'c','image':'host','command':['sh','-c','%s']%s},"
          + "{'name':'d','image':'host','command':['sh','-c','%s']}]}";

  @TempDir Path state;
  @AutoClose private ProcessNode node;

  @BeforeEach
  void start() throws IOException {
    Root.assume();
    node = new ProcessNode(state);
  }

  @Test
  void aContainerSeesItsOwnAlone_andSoDoCommandsBesideIt() throws IOException {
    String probe =
        ",'readinessProbe':{'periodSeconds':1,'exec':{'command':['sh','-c',"
            + "'pgrep -f [s]leep.54321 && ! pgrep -f [s]leep.54322']}}";
    node.pod(
        "own",
        POD.formatted("", "ps -e -o pid= -o args=; exec sleep 54321", probe, "exec sleep 54322"));
    node.cluster.awaitReady("own");
    node.awaitLog("own", "c", 0, "ps -e -o pid=");
    assertThat(node.log("own", "c", 0))
        .containsPattern("stdout F +1 /bin/sh -c ")
        .doesNotContain("sleep infinity", "java");
  }

  @Test
  void whatAContainerLeavesBehindEndsWithIt() throws IOException {
    node.pod(
        "daemon",
        POD.formatted("", "setsid sleep 54323 & sleep 0.1; exit 7", "", "exec sleep 1000"));
    node.cluster.await(
        "daemon", pod -> Cluster.container(pod).at("/state/terminated/exitCode").asInt() == 7);
    assertThat(node.onNode("pgrep", "-f", "[s]leep 54323")).isEmpty();
  }

  @Test
  void thePodsContainersMayShareTheirs() throws IOException {
    Path bye = state.resolve("bye");
    node.pod(
        "shared",
        POD.formatted(
            ",'shareProcessNamespace':true",
            "trap \\\"echo bye > %s; exit 0\\\" TERM; echo trapped; while :; do sleep 0.1; done"
                .formatted(bye),
            "",
            "until pgrep -f [w]hile; do sleep 0.1; done; pgrep -c java; exec sleep 1000"));
    node.awaitLog("shared", "d", 0, " stdout F 0\n");
    node.awaitLog("shared", "c", 0, "trapped");
    node.cluster.delete("shared", 5);
    node.cluster.awaitGone("shared");
    assertThat(bye).as("SIGTERM reached the command").hasContent("bye");
  }

  @Test
  void theMachinesAreSeenOnRequest() {
    String here = Long.toString(ProcessHandle.current().pid());
    node.pod(
        "host",
        POD.formatted(",'hostPID':true", "cat /proc/" + here + "/cmdline", "", "exec sleep 1000"));
    node.awaitLog("host", "c", 0, "java");
  }
}
