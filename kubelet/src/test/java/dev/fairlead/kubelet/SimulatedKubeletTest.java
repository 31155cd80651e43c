package dev.fairlead.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.Target;
import dev.fairlead.client.ApiEventRecorder;
import dev.fairlead.kubelet.network.SimulatedNodeNetwork;
import dev.fairlead.kubelet.runtime.SimulatedRuntime;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole kubelet against a pretend API server, with containers that are only pretended. */
class SimulatedKubeletTest {
  private static final String ONE = "{'containers':[{'name':'c','image':'kuard'}]}";

  @TempDir Path state;
  private final Cluster cluster = new Cluster();
  private final KubeApi api = cluster.api();
  private final SimulatedRuntime runtime = new SimulatedRuntime();
  private ApiEventRecorder events;
  private Kubelet kubelet;

  @BeforeEach
  void start() throws Exception {
    events = ApiEventRecorder.start(api, "node-1", Clock.systemUTC());
    kubelet = kubelet();
    kubelet.start();
  }

  private Kubelet kubelet() {
    return new Kubelet(
        api,
        KubeletSettings.of("node-1", "10.111.0.11", "zone-1", state),
        new SimulatedNodeNetwork(),
        runtime,
        events,
        Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    kubelet.close();
    events.close();
    cluster.close();
  }

  @Test
  void aPodWaitsForTheNodesRangeThenRuns() {
    cluster.pod("node-1", "a", ONE);
    assertThat(Cluster.condition(cluster.get("a"), "Ready")).isEmpty();
    cluster.podCidr("node-1", "10.112.1.0/24");
    Document pod = cluster.awaitReady("a");
    assertThat(pod.status().path("phase").asText()).isEqualTo("Running");
    assertThat(pod.status().path("podIP").asText()).isEqualTo("10.112.1.2");
    assertThat(pod.status().path("hostIP").asText()).isEqualTo("10.111.0.11");
    assertThat(Cluster.container(pod).path("containerID").asText()).startsWith("simulated://");
    await().until(() -> cluster.events().contains("Started: Started container c"));
  }

  @Test
  void theNodeIsRegisteredReadyAndHasALease() {
    cluster.podCidr("node-1", "10.112.1.0/24");
    Target node = Target.object(Kinds.NODE, "", "node-1");
    await().until(() -> Cluster.condition(api.get(node), "Ready").equals("True"));
    Document known = api.get(node);
    assertThat(known.meta().labels())
        .containsEntry("kubernetes.io/hostname", "node-1")
        .containsEntry("topology.kubernetes.io/zone", "zone-1");
    assertThat(known.status().path("capacity").path("pods").asText()).isEqualTo("110");
    Target lease = Target.object(Kinds.LEASE, "kube-node-lease", "node-1");
    await().ignoreExceptions().until(() -> api.get(lease) != null);
    assertThat(api.get(lease).spec().path("holderIdentity").asText()).isEqualTo("node-1");
  }

  @Test
  void aPodWhosePortOfTheNodeIsTakenIsRejected() {
    String port =
        "{'containers':[{'name':'c','image':'kuard','ports':[{'containerPort':8080,'hostPort':80}]}]}";
    cluster.podCidr("node-1", "10.112.1.0/24");
    cluster.pod("node-1", "first", port);
    cluster.awaitReady("first");
    cluster.pod("node-1", "second", port);
    Document rejected =
        cluster.await("second", pod -> pod.status().path("phase").asText().equals("Failed"));
    assertThat(rejected.status().path("reason").asText()).isEqualTo("NodePorts");
    assertThat(rejected.status().path("message").asText())
        .isEqualTo(
            "Pod was rejected: Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports");
    assertThat(rejected.status().has("containerStatuses")).isFalse();
    await()
        .untilAsserted(() ->
            assertThat(cluster.events())
                .contains(
                    "NodePorts: Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports"));
    cluster.delete("first", 0);
    cluster.awaitGone("first");
    cluster.pod("node-1", "third", port);
    cluster.awaitReady("third");
  }

  /** Nobody else says anything of it: who came later would not know how its containers ended. */
  @Test
  void aPodThatHasEndedAndStaysForItsFinalizersIsLeftAlone() {
    cluster.podCidr("node-1", "10.112.1.0/24");
    cluster.pod("node-1", "a", ONE);
    Target target = Target.object(Kinds.POD, "default", "a");
    cluster.change(
        target,
        pod -> pod.withObjectProperty("metadata").putArray("finalizers").add("example.com/wait"));
    cluster.awaitReady("a");
    cluster.delete("a", 1);
    Document ended =
        cluster.await("a", pod -> Long.valueOf(0).equals(pod.meta().deletionGracePeriodSeconds()));
    assertThat(Cluster.container(ended).at("/state/terminated/exitCode").asInt()).isEqualTo(143);
    cluster.change(
        target.sub("status"),
        pod ->
            ((ObjectNode) pod.at("/status/containerStatuses/0"))
                .putObject("state")
                .putObject("running"));
    cluster.pod("node-1", "b", ONE);
    cluster.awaitReady("b"); // so the kubelet has seen the change
    assertThat(Cluster.container(cluster.get("a")).path("state").has("running")).isTrue();
    cluster.change(target, pod -> pod.withObjectProperty("metadata").remove("finalizers"));
    cluster.awaitGone("a");
  }

  /** Resized in place, restarted where the policy says so, refused for want of room. */
  @Test
  void aPodIsResized() {
    cluster.podCidr("node-1", "10.112.1.0/24");
    cluster.pod(
        "node-1",
        "a",
        "{'containers':[{'name':'c','image':'kuard','resources':{'requests':{'cpu':'1m'}},"
            + "'resizePolicy':[{'resourceName':'memory','restartPolicy':'RestartContainer'}]}]}");
    Document first = cluster.awaitReady("a");
    assertThat(Cluster.container(first).at("/resources/requests/cpu").asText()).isEqualTo("1m");
    cluster.resize("a", "{'requests':{'cpu':'2m'}}");
    Document second =
        cluster.await(
            "a", pod -> Cluster.container(pod).at("/resources/requests/cpu").asText().equals("2m"));
    assertThat(Cluster.container(second).path("restartCount").asInt()).isZero();
    cluster.resize("a", "{'requests':{'memory':'1Mi'}}");
    Document third =
        cluster.await(
            "a",
            pod ->
                Cluster.container(pod).at("/resources/requests/memory").asText().equals("1Mi")
                    && Cluster.condition(pod, "Ready").equals("True"));
    assertThat(Cluster.container(third).path("restartCount").asInt()).isOne();
    await().until(() -> cluster.events().contains("Killing: Container c resize requires restart"));
    cluster.resize("a", "{'requests':{'cpu':'100000'}}");
    Document fourth =
        cluster.await("a", pod -> Cluster.condition(pod, "PodResizePending").equals("True"));
    assertThat(Cluster.container(fourth).at("/resources/requests/cpu").asText()).isEqualTo("2m");
    assertThat(fourth.status().path("conditions").toString())
        .contains("Infeasible", "Node didn't have enough capacity: cpu, requested: 100000000");
    cluster.resize("a", "{'requests':{'cpu':'3m'}}");
    Document fifth =
        cluster.await(
            "a", pod -> Cluster.container(pod).at("/resources/requests/cpu").asText().equals("3m"));
    assertThat(Cluster.condition(fifth, "PodResizePending")).isEmpty();
    assertThat(Cluster.condition(fifth, "PodResizeInProgress")).isEmpty();
  }

  @Test
  void aCrashIsRestartedAtOnceTheNextOneBacksOff() {
    cluster.podCidr("node-1", "10.112.1.0/24");
    String uid = cluster.pod("node-1", "a", ONE).meta().uid();
    cluster.awaitReady("a");
    runtime.exit(uid, "c", 1);
    Document again =
        cluster.await("a", pod -> Cluster.container(pod).path("restartCount").asInt() == 1);
    assertThat(Cluster.container(again).at("/lastState/terminated/exitCode").asInt()).isEqualTo(1);
    cluster.awaitReady("a");
    runtime.exit(uid, "c", 1);
    Document waiting =
        cluster.await(
            "a",
            pod ->
                Cluster.container(pod)
                    .at("/state/waiting/reason")
                    .asText()
                    .equals("CrashLoopBackOff"));
    assertThat(Cluster.container(waiting).at("/state/waiting/message").asText())
        .isEqualTo("back-off 10s restarting failed container=c pod=a_default(" + uid + ")");
    assertThat(waiting.status().path("phase").asText()).isEqualTo("Running");
    assertThat(Cluster.condition(waiting, "Ready")).isEqualTo("False");
  }

  @Test
  void aMissingImageBacksOff() {
    cluster.podCidr("node-1", "10.112.1.0/24");
    cluster.pod("node-1", "a", "{'containers':[{'name':'c','image':'missing'}]}");
    for (String reason : new String[] {"ErrImagePull", "ImagePullBackOff"}) {
      cluster.await(
          "a", pod -> Cluster.container(pod).at("/state/waiting/reason").asText().equals(reason));
    }
    await().until(() -> cluster.events().contains("BackOff: Back-off pulling image \"missing\""));
    assertThat(cluster.events())
        .contains(
            "Failed: Failed to pull image \"missing\": there is no image \"missing\"",
            "Failed: Error: ErrImagePull");
    assertThat(cluster.get("a").status().path("phase").asText()).isEqualTo("Pending");
  }

  @Test
  void aDeletedPodEndsAndGoes() {
    cluster.podCidr("node-1", "10.112.1.0/24");
    cluster.pod("node-1", "a", ONE);
    cluster.awaitReady("a");
    cluster.delete("a", 30);
    cluster.awaitGone("a");
    cluster.pod("node-1", "b", ONE);
    assertThat(cluster.awaitReady("b").status().path("podIP").asText()).isEqualTo("10.112.1.3");
  }

  @Test
  void aRestartedKubeletRunsItsPodsAnewAndCounts() throws Exception {
    cluster.podCidr("node-1", "10.112.1.0/24");
    cluster.pod("node-1", "a", ONE);
    cluster.awaitReady("a");
    kubelet.close();
    assertThat(Cluster.condition(cluster.get("a"), "Ready")).isEqualTo("True");
    kubelet = kubelet();
    kubelet.start();
    cluster.await("a", pod -> Cluster.container(pod).path("restartCount").asInt() == 1);
    cluster.awaitReady("a");
  }

  @Test
  void initContainersRunFirstAndNeverMeansOnce() {
    cluster.podCidr("node-1", "10.112.1.0/24");
    String uid =
        cluster
            .pod(
                "node-1",
                "a",
                "{'restartPolicy':'Never','initContainers':[{'name':'i','image':'x'}],"
                    + "'containers':[{'name':'c','image':'x'}]}")
            .meta()
            .uid();
    Document pod =
        cluster.await(
            "a", each -> each.status().at("/initContainerStatuses/0/state").has("running"));
    assertThat(Cluster.container(pod).at("/state/waiting/reason").asText())
        .isEqualTo("PodInitializing");
    assertThat(Cluster.condition(pod, "Initialized")).isEqualTo("False");
    runtime.exit(uid, "i", 0);
    cluster.awaitReady("a");
    runtime.exit(uid, "c", 0);
    Document done =
        cluster.await("a", each -> each.status().path("phase").asText().equals("Succeeded"));
    assertThat(Cluster.container(done).at("/state/terminated/reason").asText())
        .isEqualTo("Completed");
  }

  @Test
  void aVolumeIsRefusedByName() {
    cluster.podCidr("node-1", "10.112.1.0/24");
    cluster.pod(
        "node-1",
        "a",
        "{'volumes':[{'name':'v','nfs':{'server':'s','path':'/'}}],'containers':[{'name':'c','image':'x'}]}");
    await()
        .until(
            () -> cluster.events().stream().anyMatch(each -> each.contains("spec.volumes[0].nfs")));
  }

  @Test
  void sidecarsStartFirstAndEndLast() {
    cluster.podCidr("node-1", "10.112.1.0/24");
    String uid =
        cluster
            .pod(
                "node-1",
                "a",
                "{'restartPolicy':'Never','initContainers':[{'name':'s','image':'x','restartPolicy':'Always'}],"
                    + "'containers':[{'name':'c','image':'x'}]}")
            .meta()
            .uid();
    Document pod = cluster.awaitReady("a");
    assertThat(pod.status().at("/initContainerStatuses/0/started").asBoolean()).isTrue();
    assertThat(pod.status().at("/initContainerStatuses/0/ready").asBoolean()).isTrue();
    runtime.exit(uid, "s", 1);
    cluster.await(
        "a", each -> each.status().at("/initContainerStatuses/0/restartCount").asInt() == 1);
    runtime.exit(uid, "c", 0);
    Document done =
        cluster.await("a", each -> each.status().path("phase").asText().equals("Succeeded"));
    assertThat(done.status().at("/initContainerStatuses/0/state/terminated/exitCode").asInt())
        .isEqualTo(143);
    await().until(() -> cluster.events().contains("Killing: Stopping container s"));
  }

  @Test
  void aPodEndsWithItsDeadline() {
    cluster.podCidr("node-1", "10.112.1.0/24");
    cluster.pod(
        "node-1", "a", "{'activeDeadlineSeconds':1,'containers':[{'name':'c','image':'x'}]}");
    Document failed =
        cluster.await("a", each -> each.status().path("phase").asText().equals("Failed"));
    assertThat(failed.status().path("reason").asText()).isEqualTo("DeadlineExceeded");
    assertThat(failed.status().path("message").asText())
        .isEqualTo("Pod was active on the node longer than the specified deadline");
    assertThat(Cluster.condition(failed, "Ready")).isEqualTo("False");
    assertThat(Cluster.container(failed).at("/state").has("terminated")).isTrue();
  }

  @Test
  void imagesThatAreNotThere() {
    cluster.podCidr("node-1", "10.112.1.0/24");
    cluster.pod(
        "node-1",
        "never",
        "{'containers':[{'name':'c','image':'missing','imagePullPolicy':'Never'}]}");
    cluster.pod("node-1", "wrong", "{'containers':[{'name':'c','image':'No:t:right'}]}");
    Document never = cluster.await("never", each -> waits(each, "ErrImageNeverPull"));
    assertThat(Cluster.container(never).at("/state/waiting/message").asText())
        .isEqualTo("Container image \"missing\" is not present with pull policy of Never");
    Document wrong = cluster.await("wrong", each -> waits(each, "InvalidImageName"));
    assertThat(Cluster.container(wrong).at("/state/waiting/message").asText())
        .isEqualTo(
            "Failed to apply default image tag \"No:t:right\": couldn't parse image name"
                + " \"No:t:right\": invalid reference format");
  }

  private static boolean waits(Document pod, String reason) {
    return Cluster.container(pod).at("/state/waiting/reason").asText().equals(reason);
  }

  @Test
  void anotherImageRestartsTheContainer() {
    cluster.podCidr("node-1", "10.112.1.0/24");
    cluster.pod("node-1", "a", ONE);
    cluster.awaitReady("a");
    cluster.change(
        Target.object(Kinds.POD, "default", "a"),
        tree -> ((ObjectNode) tree.at("/spec/containers/0")).put("image", "kuard:green"));
    cluster.await(
        "a",
        each ->
            Cluster.container(each).path("image").asText().equals("kuard:green")
                && Cluster.container(each).at("/state").has("running"));
    await()
        .until(() ->
            cluster
                .events()
                .contains("Killing: Container c definition changed, will be restarted"));
  }
}
