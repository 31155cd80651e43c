package dev.fairlead.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.client.SharedInformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why containers wait, in upstream's words; and what a pod shares with its machine. */
class ProcessReasonsTest {
  private static final String POD =
      "{'terminationGracePeriodSeconds':1%s,'containers':[{'name':'c','image':'%s'%s}]}";

  @TempDir Path state;
  private final List<Waiting> told = new CopyOnWriteArrayList<>();
  private ProcessNode node;
  private SharedInformer pods;

  private record Waiting(String pod, String reason, String message) {}

  @BeforeEach
  void start() throws IOException {
    Root.assume();
    node = new ProcessNode(state);
    pods = SharedInformer.builder(node.cluster.api(), Kinds.POD).start();
    pods.addListener(this::told);
  }

  @AfterEach
  void stop() throws IOException {
    if (node != null) {
      pods.close();
      node.close();
    }
  }

  /** A state may pass quickly: all that were ever written count. */
  private void told(@Nullable Document before, @Nullable Document after) {
    if (after != null) {
      JsonNode waiting = Cluster.container(after).at("/state/waiting");
      told.add(
          new Waiting(
              after.name(), waiting.path("reason").asText(), waiting.path("message").asText()));
    }
  }

  /** Waits until a container has waited for this reason; returns the message. */
  private String awaitWaiting(String pod, String reason) {
    await()
        .until(() ->
            told.stream().anyMatch(each -> each.pod.equals(pod) && each.reason.equals(reason)));
    return told.stream()
        .filter(each -> each.pod.equals(pod) && each.reason.equals(reason))
        .findFirst()
        .orElseThrow()
        .message;
  }

  @Test
  void aHookThatFailsAfterTheStart() {
    node.pod(
        "hooked",
        POD.formatted(
            "",
            "host",
            ",'command':['sleep','1000'],"
                + "'lifecycle':{'postStart':{'exec':{'command':['sh','-c','echo no; exit 3']}}}"));
    assertThat(awaitWaiting("hooked", "PostStartHookError"))
        .isEqualTo(
            "Exec lifecycle hook ([sh -c echo no; exit 3]) for Container \"c\" in Pod \"hooked_default(%s)\" failed - error: command 'sh -c echo no; exit 3' exited with 3: no\n, message: \"no\\n\""
                .formatted(node.cluster.get("hooked").meta().uid()));
    String _ = awaitWaiting("hooked", "CrashLoopBackOff");
    node.awaitEvent("FailedPostStartHook: PostStartHook failed");
  }

  @Test
  void aHookThatFailsBeforeTheEnd() {
    node.pod(
        "leaving",
        POD.formatted(
            "",
            "host",
            ",'command':['sleep','1000'],'lifecycle':{'preStop':{'exec':{'command':['false']}}}"));
    node.cluster.awaitReady("leaving");
    node.cluster.delete("leaving", 1);
    node.awaitEvent("FailedPreStopHook: PreStopHook failed");
    node.cluster.awaitGone("leaving");
  }

  @Test
  void aProgramThatIsNotThere() {
    node.pod("lost", POD.formatted("", "host", ",'command':['no-such-program']"));
    assertThat(awaitWaiting("lost", "RunContainerError"))
        .isEqualTo("exec: \"no-such-program\": executable file not found in $PATH");
    node.awaitEvent("Failed: Error: exec: \"no-such-program\": executable file not found in $PATH");
  }

  @Test
  void nothingToRun() {
    node.pod("empty", POD.formatted("", "example.com/empty:1", ""));
    assertThat(awaitWaiting("empty", "CreateContainerError")).contains("no command specified");
  }

  @Test
  void aConfigMapThatIsNotThere() {
    node.pod(
        "unset",
        POD.formatted(
            "",
            "host",
            ",'env':[{'name':'A','valueFrom':{'configMapKeyRef':{'name':'none','key':'a'}}}]"));
    assertThat(awaitWaiting("unset", "CreateContainerConfigError"))
        .isEqualTo("configmap \"none\" not found");
    node.awaitEvent("Failed: Error: configmap \"none\" not found");
  }

  @Test
  void theMachinesIpcIsSharedOnRequest() throws IOException {
    String command = ",'command':['sh','-c','readlink /proc/self/ns/ipc; exec sleep 1000']";
    String machine = Files.readSymbolicLink(Path.of("/proc/self/ns/ipc")).toString();
    node.pod("shares", POD.formatted(",'hostIPC':true", "host", command));
    node.pod("own", POD.formatted("", "host", command));
    node.awaitLog("shares", "c", 0, "F " + machine + "\n");
    node.awaitLog("own", "c", 0, "F ipc:[");
    assertThat(node.log("own", "c", 0)).doesNotContain(machine);
  }
}
