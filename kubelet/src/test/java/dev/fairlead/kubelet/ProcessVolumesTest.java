package dev.fairlead.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes of real pods: what containers see, and what the machine does not. */
class ProcessVolumesTest {
  @TempDir Path state;
  @TempDir Path machine;
  @AutoClose private ProcessNode node;

  @BeforeEach
  void start() throws IOException {
    Root.assume();
    node = new ProcessNode(state);
  }

  private static String container(String name, String script, String mounts) {
    return "{'name':'%s','image':'host','command':['sh','-c','%s; exec sleep 1000'],'volumeMounts':[%s]}"
        .formatted(name, script, mounts);
  }

  private static String pod(String volumes, String... containers) {
    return "{'volumes':[%s],'containers':[%s]}".formatted(volumes, String.join(",", containers));
  }

  private void change(String configMap, String key, String value) {
    node.cluster.change(
        Target.object(Kinds.CONFIG_MAP, "default", configMap),
        tree -> tree.withObjectProperty("data").put(key, value));
  }

  @Test
  void containersShareAnEmptyDirAndTheMachineSeesNoneOfItsPaths() throws IOException {
    node.pod(
        "shared",
        pod(
            "{'name':'v','emptyDir':{}},{'name':'m','emptyDir':{'medium':'Memory','sizeLimit':'2Mi'}}",
            container(
                "one",
                "echo hello > /no-such-volume/file; df -k /memory | tail -1",
                "{'name':'v','mountPath':'/no-such-volume'},{'name':'m','mountPath':'/memory'}"),
            container(
                "two",
                "until grep hello /etc/no-such-other/file; do sleep 0.1; done; touch /etc/no-such-other/x; ls /no-such-volume",
                "{'name':'v','mountPath':'/etc/no-such-other','readOnly':true}")));
    node.awaitLog("shared", "two", 0, "stdout F hello", "Read-only file system", "cannot access");
    node.awaitLog("shared", "one", 0, "tmpfs", "2048");
    assertThat(Path.of("/no-such-volume")).doesNotExist();
    assertThat(Path.of("/etc/no-such-other")).doesNotExist();
    assertThat(node.directory("shared").resolve("volumes/v/file")).hasContent("hello");
    assertThat(node.directory("shared").resolve("volumes/m")).isEmptyDirectory();
    Path directory = node.directory("shared");
    node.cluster.delete("shared", 0);
    node.cluster.awaitGone("shared");
    await().untilAsserted(() -> assertThat(directory).doesNotExist());
  }

  @Test
  void anEmptyDirOutlivesItsContainers() {
    node.pod(
        "again",
        "{'volumes':[{'name':'v','emptyDir':{}}],'containers':[{'name':'c','image':'host',"
            + "'command':['sh','-c','echo run >> /no-such-v/runs; grep -c run /no-such-v/runs'],"
            + "'volumeMounts':[{'name':'v','mountPath':'/no-such-v'}]}]}");
    node.cluster.await("again", pod -> Cluster.container(pod).path("restartCount").asInt() >= 1);
    node.awaitLog("again", "c", 1, "stdout F 2");
  }

  @Test
  void objectsBecomeFilesAndFollowTheirChanges() throws IOException {
    node.cluster.create(Kinds.CONFIG_MAP, "{'metadata':{'name':'m'},'data':{'k':'old'}}");
    node.cluster.create(Kinds.SECRET, "{'metadata':{'name':'s'},'data':{'bin':'AP8='}}");
    node.pod(
        "files",
        pod(
            "{'name':'config','configMap':{'name':'m'}},{'name':'secret','secret':{'secretName':'s','defaultMode':256}},"
                + "{'name':'facts','downwardAPI':{'items':[{'path':'labels','fieldRef':{'fieldPath':'metadata.labels'}}]}}",
            container(
                "c",
                "cat /etc/no-such/k; echo; od -An -tx1 /secret/bin; stat -Lc %a /secret/bin; cat /one; echo",
                "{'name':'config','mountPath':'/etc/no-such'},{'name':'secret','mountPath':'/secret'},"
                    + "{'name':'facts','mountPath':'/facts'},{'name':'config','mountPath':'/one','subPath':'k'}")));
    node.awaitLog("files", "c", 0, "F old", "00 ff", "F 400", "old");
    assertThat(Files.readString(node.seen("files", "volumes/config/k"))).isEqualTo("old");
    change("m", "k", "new");
    awaitContent("volumes/config/k", "new");
    node.cluster.change(
        Target.object(Kinds.POD, "default", "files"),
        tree -> tree.withObjectProperty("metadata").withObjectProperty("labels").put("a", "b"));
    awaitContent("volumes/facts/labels", "a=\"b\"");
    // Nothing of a secret is ever on the machine's disk.
    assertThat(node.directory("files").resolve("volumes/secret")).isEmptyDirectory();
  }

  /** What is replaced while we look may be gone for a moment. */
  private void awaitContent(String path, String content) {
    await()
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(node.seen("files", path)).hasContent(content));
  }

  @Test
  void aChangeThatCannotBeReadAtFirstIsReadLater() {
    node.cluster.create(Kinds.CONFIG_MAP, "{'metadata':{'name':'m'},'data':{'k':'old'}}");
    node.pod(
        "files",
        pod(
            "{'name':'v','configMap':{'name':'m'}}",
            container("c", "true", "{'name':'v','mountPath':'/no-such'}")));
    node.cluster.awaitReady("files");
    node.api.failures.set(2);
    change("m", "k", "new");
    node.awaitEvent("FailedMount: MountVolume.SetUp failed for volume \"v\" : not now");
    awaitContent("volumes/v/k", "new");
  }

  @Test
  void aPodWaitsForWhatIsMissing() {
    node.pod(
        "waits",
        pod(
            "{'name':'v','configMap':{'name':'late'}}",
            container("c", "cat /no-such/k; echo", "{'name':'v','mountPath':'/no-such'}")));
    node.awaitEvent(
        "FailedMount: MountVolume.SetUp failed for volume \"v\" : configmap \"late\" not found");
    Document waiting = node.cluster.get("waits");
    assertThat(Cluster.container(waiting).at("/state/waiting/reason").asText())
        .isEqualTo("ContainerCreating");
    node.cluster.create(Kinds.CONFIG_MAP, "{'metadata':{'name':'late'},'data':{'k':'here'}}");
    node.awaitLog("waits", "c", 0, "here");
  }

  @Test
  void hostPathsAreChecked() throws IOException {
    Files.writeString(machine.resolve("file"), "of the machine");
    String mount = "{'name':'v','mountPath':'/no-such'}";
    node.pod(
        "host",
        pod(
            "{'name':'v','hostPath':{'path':'%s/made','type':'DirectoryOrCreate'}}"
                .formatted(machine),
            container("c", "echo seen > /no-such/x", mount)));
    await().untilAsserted(() -> assertThat(machine.resolve("made/x")).hasContent("seen"));
    node.pod(
        "wrong",
        pod(
            "{'name':'v','hostPath':{'path':'%s/file','type':'Directory'}}".formatted(machine),
            container("c", "true", mount)));
    node.awaitEvent(
        "FailedMount: MountVolume.SetUp failed for volume \"v\" : hostPath type check failed: %s/file is not a directory"
            .formatted(machine));
  }

  @Test
  void subPathsAreMadeAndNeverLeadOut() throws IOException {
    Files.createSymbolicLink(machine.resolve("out"), Path.of("/etc"));
    String env = "'env':[{'name':'WHO','value':'me'}],";
    node.pod(
        "sub",
        pod(
            "{'name':'v','emptyDir':{}}",
            container(
                    "c",
                    "echo x > /no-such/f",
                    "{'name':'v','mountPath':'/no-such','subPathExpr':'$(WHO)/logs'}")
                .replace("'image'", env + "'image'")));
    await()
        .untilAsserted(
            () -> assertThat(node.directory("sub").resolve("volumes/v/me/logs/f")).hasContent("x"));
    node.pod(
        "out",
        pod(
            "{'name':'v','hostPath':{'path':'%s'}}".formatted(machine),
            container("c", "true", "{'name':'v','mountPath':'/no-such','subPath':'out/x'}")));
    node.awaitEvent(
        "Failed: Error: failed to prepare subPath for volumeMount \"v\" of container \"c\"");
    assertThat(Path.of("/etc/x")).doesNotExist();
  }

  @Test
  void aTokenThatNobodyGivesKeepsThePodWaiting() {
    node.pod(
        "token",
        pod(
                "{'name':'t','projected':{'sources':[{'serviceAccountToken':{'path':'token'}}]}}",
                container("c", "true", "{'name':'t','mountPath':'/no-such'}"))
            .replace("{'volumes'", "{'serviceAccountName':'nobody','volumes'"));
    await()
        .untilAsserted(() ->
            assertThat(node.cluster.events())
                .anyMatch(each ->
                    each.startsWith(
                        "FailedMount: MountVolume.SetUp failed for volume \"t\" : failed to fetch token: ")));
  }

  @Test
  void aContainerRunsAsSomebodyElse() {
    node.pod(
        "who",
        "{'securityContext':{'runAsUser':12345,'runAsGroup':23456,'fsGroup':34567},"
            + "'volumes':[{'name':'v','emptyDir':{}}],'containers':[{'name':'c','image':'host',"
            + "'command':['sh','-c','id -u; id -g; id -G; touch /no-such/x && stat -c %g /no-such/x; touch /tmp/x; grep CapEff /proc/self/status; exec sleep 1000'],"
            + "'securityContext':{'readOnlyRootFilesystem':true,'allowPrivilegeEscalation':false},"
            + "'volumeMounts':[{'name':'v','mountPath':'/no-such'}]}]}");
    node.awaitLog(
        "who",
        "c",
        0,
        "stdout F 12345",
        "stdout F 23456",
        "23456 34567",
        "stdout F 34567",
        "Read-only file system",
        "CapEff:\t0000000000000000");
  }

  @Test
  void rootWithoutRights() {
    node.pod(
        "weak",
        "{'containers':[{'name':'c','image':'host',"
            + "'command':['sh','-c','grep CapEff /proc/self/status; exec sleep 1000'],"
            + "'securityContext':{'capabilities':{'drop':['ALL'],'add':['CHOWN']}}}]}");
    node.awaitLog("weak", "c", 0, "CapEff:\t0000000000000001");
  }

  @Test
  void aSecurityContextThatCannotBeHadIsRefusedByName() {
    node.pod(
        "refused",
        "{'containers':[{'name':'c','image':'host','command':['true'],"
            + "'securityContext':{'seLinuxOptions':{'level':'s0'}}}]}");
    node.awaitEvent(
        "FailedCreatePodSandBox: Failed to create pod sandbox: spec.containers[0].securityContext.seLinuxOptions is not supported by this kubelet");
  }
}
