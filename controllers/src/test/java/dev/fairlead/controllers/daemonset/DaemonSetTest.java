package dev.fairlead.controllers.daemonset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.controllers.WorkloadBench;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The controller and the scheduler over the real registry, with a simulated kubelet. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DaemonSetTest {
  private static final String SET =
      """
      metadata: {name: agent}
      spec:
        selector: {matchLabels: {app: agent}}
        template:
          metadata: {labels: {app: agent}}
          spec: {containers: [{name: c, image: "i:1"}]}
      """;

  @AutoClose
  private final WorkloadBench bench =
      new WorkloadBench("daemonset", "scheduler", "garbagecollector");

  @BeforeEach
  void nodes() {
    for (int i = 1; i <= 3; i++) {
      bench.node("node-" + i);
    }
  }

  @Test
  void onePodOnEachNode() {
    bench.create(Kinds.DAEMON_SET, SET);
    awaitRolledOut(3);
    assertThat(on()).containsExactly("node-1", "node-2", "node-3");
    assertThat(bench.events().stream().filter(each -> each.startsWith("SuccessfulCreate")))
        .hasSize(3)
        .allMatch(each -> each.matches("SuccessfulCreate: Created pod: agent-[a-z0-9]{5}"));
    Document pod = bench.pods().getFirst();
    Document revision = bench.all(Kinds.CONTROLLER_REVISION).getFirst();
    assertThat(pod.meta().labels())
        .containsEntry("pod-template-generation", "1")
        .containsEntry("controller-revision-hash", revision.name().substring("agent-".length()));
    assertThat(pod.spec().path("tolerations"))
        .extracting(each -> each.path("key").asText() + ":" + each.path("effect").asText())
        .containsExactly(
            "node.kubernetes.io/not-ready:NoExecute",
            "node.kubernetes.io/unreachable:NoExecute",
            "node.kubernetes.io/disk-pressure:NoSchedule",
            "node.kubernetes.io/memory-pressure:NoSchedule",
            "node.kubernetes.io/pid-pressure:NoSchedule",
            "node.kubernetes.io/unschedulable:NoSchedule");
    bench.node("node-4");
    awaitRolledOut(4);
    assertThat(on()).containsExactly("node-1", "node-2", "node-3", "node-4");
  }

  @Test
  void aLabelAndATaintMoveItsPods() {
    bench.create(
        Kinds.DAEMON_SET,
        SET.replace("spec: {containers", "spec: {nodeSelector: {disk: ssd}, containers"));
    await()
        .untilAsserted(
            () -> bench.assertStatus(Kinds.DAEMON_SET, "agent", "desiredNumberScheduled=0"));
    node("node-1", "metadata: {labels: {disk: ssd}}");
    node("node-2", "metadata: {labels: {disk: ssd}}");
    awaitRolledOut(2);
    node("node-1", "metadata: {labels: {disk: null}}");
    awaitRolledOut(1);
    assertThat(on()).containsExactly("node-2");
    node("node-2", "spec: {taints: [{key: k, effect: NoSchedule}]}");
    await()
        .untilAsserted(() ->
            bench.assertStatus(
                Kinds.DAEMON_SET,
                "agent",
                "desiredNumberScheduled=0 numberMisscheduled=1 currentNumberScheduled=0"));
    assertThat(on()).containsExactly("node-2");
    node("node-2", "spec: {taints: [{key: k, effect: NoExecute}]}");
    await().untilAsserted(() -> assertThat(bench.pods()).isEmpty());
  }

  @Test
  void aCordonedNodeKeepsItsPod() {
    node(
        "node-2",
        "spec: {unschedulable: true, taints: [{key: node.kubernetes.io/unschedulable, effect: NoSchedule}]}");
    bench.create(Kinds.DAEMON_SET, SET);
    awaitRolledOut(3);
  }

  @Test
  void aNewTemplateRollsOutNodeByNode() {
    bench.create(Kinds.DAEMON_SET, SET);
    awaitRolledOut(3);
    bench.kubelet.breakImage("i:bad");
    image("i:bad");
    await()
        .untilAsserted(() ->
            bench.assertStatus(
                Kinds.DAEMON_SET,
                "agent",
                "updatedNumberScheduled=1 numberAvailable=2 numberUnavailable=1"));
    assertThat(Set.copyOf(images())).containsExactlyInAnyOrder("i:1", "i:bad");
    image("i:2");
    await().untilAsserted(() -> assertThat(images()).hasSize(3).containsOnly("i:2"));
    awaitRolledOut(3);
    assertThat(bench.get(Kinds.DAEMON_SET, "agent").meta().annotations())
        .containsEntry("deprecated.daemonset.template.generation", "3");
    image("i:1");
    await().untilAsserted(() -> assertThat(images()).hasSize(3).containsOnly("i:1"));
    assertThat(bench.all(Kinds.CONTROLLER_REVISION))
        .extracting(each -> each.tree().path("revision").asInt())
        .containsExactlyInAnyOrder(2, 3, 4);
  }

  @Test
  void aSurgeBringsTheNewPodFirst() {
    bench.create(
        Kinds.DAEMON_SET,
        SET.replace(
            "spec:\n  selector",
            "spec:\n  updateStrategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}\n  selector"));
    awaitRolledOut(3);
    bench.kubelet.breakImage("i:bad");
    image("i:bad");
    await().untilAsserted(() -> assertThat(images()).hasSize(4));
    await().untilAsserted(() -> bench.assertStatus(Kinds.DAEMON_SET, "agent", "numberAvailable=3"));
    image("i:2");
    await().untilAsserted(() -> assertThat(images()).hasSize(3).containsOnly("i:2"));
    awaitRolledOut(3);
  }

  @Test
  void onDeleteUpdatesWhatSomebodyDeletes() {
    bench.create(
        Kinds.DAEMON_SET,
        SET.replace("spec:\n  selector", "spec:\n  updateStrategy: {type: OnDelete}\n  selector"));
    awaitRolledOut(3);
    image("i:2");
    await()
        .untilAsserted(
            () -> bench.assertStatus(Kinds.DAEMON_SET, "agent", "updatedNumberScheduled=0"));
    bench.delete(Kinds.POD, bench.podNames().getFirst());
    await()
        .untilAsserted(() -> assertThat(images()).containsExactlyInAnyOrder("i:1", "i:1", "i:2"));
  }

  @Test
  void aPodThatFailedIsReplaced() {
    bench.create(Kinds.DAEMON_SET, SET);
    awaitRolledOut(3);
    String pod = bench.podNames().getFirst();
    bench.kubelet.end(WorkloadBench.key(pod), "Failed");
    await().untilAsserted(() -> assertThat(bench.podNames()).hasSize(3).doesNotContain(pod));
    assertThat(bench.events())
        .anyMatch(each ->
            each.matches(
                "FailedDaemonPod: Found failed daemon pod default/%s on node node-\\d, will try to kill it"
                    .formatted(pod)));
    awaitRolledOut(3);
  }

  private void node(String name, String patch) {
    Document body = Document.of(Yaml.parse(patch.getBytes(StandardCharsets.UTF_8)));
    Document _ =
        bench.api.patch(
            Target.object(Kinds.NODE, "", name),
            new Patch(Patch.Type.MERGE, body.tree()),
            WriteOptions.NONE);
  }

  private void image(String image) {
    bench.patch(
        Kinds.DAEMON_SET,
        "agent",
        "spec: {template: {spec: {containers: [{name: c, image: '%s'}]}}}".formatted(image));
  }

  private List<String> images() {
    return bench.ofPods("/spec/containers/0/image");
  }

  private Set<String> on() {
    return new TreeSet<>(bench.ofPods("/spec/nodeName"));
  }

  private void awaitRolledOut(int nodes) {
    await()
        .untilAsserted(() ->
            bench.assertStatus(
                Kinds.DAEMON_SET,
                "agent",
                "desiredNumberScheduled=%1$d currentNumberScheduled=%1$d updatedNumberScheduled=%1$d numberReady=%1$d numberAvailable=%1$d numberMisscheduled=0"
                    .formatted(nodes)));
  }
}
