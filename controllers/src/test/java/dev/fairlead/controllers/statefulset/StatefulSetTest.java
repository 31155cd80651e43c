package dev.fairlead.controllers.statefulset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.controllers.Pods;
import dev.fairlead.controllers.WorkloadBench;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The controller over the real registry, with a simulated kubelet. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StatefulSetTest {
  private static final String SET =
      """
      metadata: {name: web}
      spec:
        replicas: 3
        serviceName: web
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: c, image: "i:1"}]}
      """;

  @AutoClose
  private final WorkloadBench bench =
      new WorkloadBench("statefulset", "endpointslice", "garbagecollector");

  @Test
  void podsAreNamedByNumberAndReachableByTheirNames() {
    bench.create(
        Kinds.SERVICE,
        "{metadata: {name: web}, spec: {clusterIP: None, selector: {app: web}, ports: [{port: 80}]}}");
    bench.create(Kinds.STATEFUL_SET, SET);
    awaitReady(3);
    assertThat(bench.podNames()).containsExactly("web-0", "web-1", "web-2");
    Document set = bench.get(Kinds.STATEFUL_SET, "web");
    String revision = set.status().path("currentRevision").asText();
    assertThat(revision).startsWith("web-");
    assertThat(set.status().path("updateRevision").asText()).isEqualTo(revision);
    assertThat(set.status().path("collisionCount").asText()).isEqualTo("0");
    Document pod = bench.get(Kinds.POD, "web-1");
    assertThat(pod.meta().labels())
        .containsEntry("statefulset.kubernetes.io/pod-name", "web-1")
        .containsEntry("apps.kubernetes.io/pod-index", "1")
        .containsEntry("controller-revision-hash", revision)
        .containsEntry("app", "web");
    assertThat(pod.spec().path("hostname").asText()).isEqualTo("web-1");
    assertThat(pod.spec().path("subdomain").asText()).isEqualTo("web");
    assertThat(pod.meta().generateName()).isEqualTo("web-");
    assertThat(created())
        .containsExactly(
            "SuccessfulCreate: create Pod web-0 in StatefulSet web successful",
            "SuccessfulCreate: create Pod web-1 in StatefulSet web successful",
            "SuccessfulCreate: create Pod web-2 in StatefulSet web successful");
    await()
        .untilAsserted(() ->
            assertThat(bench.all(Kinds.ENDPOINT_SLICE).getFirst().tree().path("endpoints"))
                .extracting(endpoint -> endpoint.path("hostname").asText())
                .containsExactlyInAnyOrder("web-0", "web-1", "web-2"));
  }

  @Test
  void aPodComesWhenItsPredecessorsAreReady() {
    bench.kubelet.breakImage("i:1");
    bench.create(Kinds.STATEFUL_SET, SET);
    await()
        .untilAsserted(
            () -> bench.assertStatus(Kinds.STATEFUL_SET, "web", "replicas=1 readyReplicas=0"));
    await().until(() -> Pods.phase(bench.get(Kinds.POD, "web-0")).equals("Running"));
    bench.kubelet.mendImage("i:1");
    bench.kubelet.ready(WorkloadBench.key("web-0"), true);
    awaitReady(3);
  }

  @Test
  void parallelPodsDoNotWait() {
    bench.kubelet.breakImage("i:1");
    bench.create(
        Kinds.STATEFUL_SET,
        SET.replace("replicas: 3", "replicas: 3\n  podManagementPolicy: Parallel"));
    await()
        .untilAsserted(
            () -> bench.assertStatus(Kinds.STATEFUL_SET, "web", "replicas=3 readyReplicas=0"));
    bench.patch(Kinds.STATEFUL_SET, "web", "spec: {replicas: 1}");
    await().untilAsserted(() -> assertThat(bench.podNames()).containsExactly("web-0"));
  }

  @Test
  void scalesDownFromTheLastAndUpAgain() {
    bench.create(Kinds.STATEFUL_SET, SET);
    awaitReady(3);
    bench.patch(Kinds.STATEFUL_SET, "web", "spec: {replicas: 1}");
    awaitReady(1);
    assertThat(bench.podNames()).containsExactly("web-0");
    assertThat(deleted())
        .containsExactly(
            "SuccessfulDelete: delete Pod web-2 in StatefulSet web successful",
            "SuccessfulDelete: delete Pod web-1 in StatefulSet web successful");
    bench.patch(Kinds.STATEFUL_SET, "web", "spec: {replicas: 2}");
    awaitReady(2);
    assertThat(bench.podNames()).containsExactly("web-0", "web-1");
  }

  @Test
  void countsFromItsFirstOrdinal() {
    bench.create(
        Kinds.STATEFUL_SET, SET.replace("replicas: 3", "replicas: 2\n  ordinals: {start: 5}"));
    awaitReady(2);
    assertThat(bench.podNames()).containsExactly("web-5", "web-6");
    bench.patch(Kinds.STATEFUL_SET, "web", "spec: {ordinals: {start: 6}}");
    await().untilAsserted(() -> assertThat(bench.podNames()).containsExactly("web-6", "web-7"));
  }

  @Test
  void aNewTemplateRollsFromTheLastToTheFirst() {
    bench.create(Kinds.STATEFUL_SET, SET);
    awaitReady(3);
    String first = status("currentRevision");
    image("i:2");
    await().untilAsserted(() -> assertThat(images()).containsOnly("i:2"));
    await()
        .untilAsserted(() ->
            assertThat(deleted())
                .containsExactly(
                    "SuccessfulDelete: delete Pod web-2 in StatefulSet web successful",
                    "SuccessfulDelete: delete Pod web-1 in StatefulSet web successful",
                    "SuccessfulDelete: delete Pod web-0 in StatefulSet web successful"));
    await()
        .untilAsserted(() -> {
          assertThat(status("currentRevision"))
              .isEqualTo(status("updateRevision"))
              .isNotEqualTo(first);
          bench.assertStatus(Kinds.STATEFUL_SET, "web", "currentReplicas=3 updatedReplicas=3");
        });
    image("i:1");
    await()
        .untilAsserted(() -> {
          assertThat(images()).containsOnly("i:1");
          assertThat(status("currentRevision")).isEqualTo(first);
        });
    assertThat(bench.all(Kinds.CONTROLLER_REVISION))
        .extracting(each -> each.tree().path("revision").asInt())
        .containsExactlyInAnyOrder(2, 3);
  }

  @Test
  void aBrokenUpdateStopsAtItsFirstPod() {
    bench.create(Kinds.STATEFUL_SET, SET);
    awaitReady(3);
    bench.kubelet.breakImage("i:bad");
    image("i:bad");
    await()
        .untilAsserted(() ->
            bench.assertStatus(
                Kinds.STATEFUL_SET,
                "web",
                "replicas=3 readyReplicas=2 currentReplicas=2 updatedReplicas=1"));
    assertThat(images()).containsExactly("i:1", "i:1", "i:bad");
  }

  @Test
  void aPartitionHoldsTheRestBack() {
    bench.create(Kinds.STATEFUL_SET, SET);
    awaitReady(3);
    bench.patch(
        Kinds.STATEFUL_SET, "web", "spec: {updateStrategy: {rollingUpdate: {partition: 2}}}");
    image("i:2");
    await().untilAsserted(() -> assertThat(images()).containsExactly("i:1", "i:1", "i:2"));
    await()
        .untilAsserted(() ->
            bench.assertStatus(
                Kinds.STATEFUL_SET, "web", "readyReplicas=3 currentReplicas=2 updatedReplicas=1"));
    String before = bench.get(Kinds.POD, "web-0").meta().uid();
    bench.delete(Kinds.POD, "web-0");
    awaitAnother("web-0", before);
    awaitReady(3);
    assertThat(images()).containsExactly("i:1", "i:1", "i:2");
    bench.patch(
        Kinds.STATEFUL_SET, "web", "spec: {updateStrategy: {rollingUpdate: {partition: 0}}}");
    await().untilAsserted(() -> assertThat(images()).containsOnly("i:2"));
  }

  @Test
  void onDeleteUpdatesWhatSomebodyDeletes() {
    bench.create(
        Kinds.STATEFUL_SET,
        SET.replace("replicas: 3", "replicas: 3\n  updateStrategy: {type: OnDelete}"));
    awaitReady(3);
    image("i:2");
    await()
        .untilAsserted(
            () -> assertThat(status("updateRevision")).isNotEqualTo(status("currentRevision")));
    bench.delete(Kinds.POD, "web-1");
    await().untilAsserted(() -> assertThat(images()).containsExactly("i:1", "i:2", "i:1"));
  }

  @Test
  void aPodThatEndedIsReplaced() {
    bench.create(Kinds.STATEFUL_SET, SET);
    awaitReady(3);
    String before = bench.get(Kinds.POD, "web-1").meta().uid();
    bench.kubelet.end(WorkloadBench.key("web-1"), "Failed");
    awaitAnother("web-1", before);
    awaitReady(3);
  }

  @Test
  void keepsAsManyOldRevisionsAsAsked() {
    bench.create(
        Kinds.STATEFUL_SET, SET.replace("replicas: 3", "replicas: 1\n  revisionHistoryLimit: 1"));
    awaitReady(1);
    for (int i = 2; i <= 4; i++) {
      String image = "i:" + i;
      image(image);
      await().untilAsserted(() -> assertThat(images()).containsExactly(image));
      awaitReady(1);
    }
    await()
        .untilAsserted(() ->
            assertThat(bench.all(Kinds.CONTROLLER_REVISION))
                .extracting(each -> each.tree().path("revision").asInt())
                .containsExactlyInAnyOrder(3, 4));
  }

  @Test
  void podsOfOtherNamesAreLeftAlone() {
    bench.create(
        Kinds.POD,
        "{metadata: {name: other, labels: {app: web}}, spec: {containers: [{name: c, image: i}]}}");
    bench.create(
        Kinds.POD,
        "{metadata: {name: web-0, labels: {app: web}}, spec: {containers: [{name: c, image: 'i:1'}]}}");
    bench.create(Kinds.STATEFUL_SET, SET.replace("replicas: 3", "replicas: 1"));
    // It is adopted, and since it is of no revision, another one takes its place.
    await()
        .ignoreException(ApiException.class)
        .untilAsserted(
            () -> assertThat(bench.get(Kinds.POD, "web-0").meta().controller()).isNotNull());
    assertThat(bench.get(Kinds.POD, "other").meta().controller()).isNull();
  }

  @Test
  void allGoesWithTheSet() {
    bench.create(Kinds.STATEFUL_SET, SET);
    awaitReady(3);
    bench.delete(Kinds.STATEFUL_SET, "web");
    await()
        .untilAsserted(() -> {
          assertThat(bench.all(Kinds.POD)).isEmpty();
          assertThat(bench.all(Kinds.CONTROLLER_REVISION)).isEmpty();
        });
  }

  private void image(String image) {
    bench.patch(
        Kinds.STATEFUL_SET,
        "web",
        "spec: {template: {spec: {containers: [{name: c, image: '%s'}]}}}".formatted(image));
  }

  private List<String> images() {
    return bench.ofPods("/spec/containers/0/image");
  }

  private String status(String field) {
    return bench.get(Kinds.STATEFUL_SET, "web").status().path(field).asText();
  }

  private List<String> created() {
    return bench.events().stream().filter(each -> each.startsWith("SuccessfulCreate")).toList();
  }

  private List<String> deleted() {
    return bench.events().stream().filter(each -> each.startsWith("SuccessfulDelete")).toList();
  }

  /** Between the two there is none by that name. */
  private void awaitAnother(String pod, String uid) {
    await()
        .ignoreException(ApiException.class)
        .until(() -> !bench.get(Kinds.POD, pod).meta().uid().equals(uid));
  }

  private void awaitReady(int replicas) {
    await()
        .untilAsserted(() ->
            bench.assertStatus(
                Kinds.STATEFUL_SET,
                "web",
                "replicas=%1$d readyReplicas=%1$d availableReplicas=%1$d".formatted(replicas)));
  }
}
