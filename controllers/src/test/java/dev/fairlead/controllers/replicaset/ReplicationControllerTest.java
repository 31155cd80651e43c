package dev.fairlead.controllers.replicaset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.controllers.WorkloadBench;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ReplicationControllerTest {
  @AutoClose
  private final WorkloadBench bench =
      new WorkloadBench("replicationcontroller", "replicaset", "garbagecollector");

  @BeforeEach
  void create() {
    bench.create(
        Kinds.REPLICATION_CONTROLLER,
        """
        metadata: {name: web}
        spec:
          replicas: 2
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: c, image: i}]}
        """);
    await().untilAsserted(() -> awaitReady(2));
  }

  @Test
  void keepsItsPods() {
    assertThat(bench.podNames()).allMatch(name -> name.matches("web-[a-z0-9]{5}"));
    assertThat(bench.pods())
        .allSatisfy(pod -> {
          assertThat(pod.meta().controller().kind()).isEqualTo("ReplicationController");
          assertThat(pod.meta().controller().apiVersion()).isEqualTo("v1");
        });
    assertThat(bench.events())
        .contains("SuccessfulCreate: Created pod: " + bench.podNames().getFirst());
    String victim = bench.podNames().getFirst();
    bench.delete(Kinds.POD, victim);
    await()
        .untilAsserted(() -> {
          assertThat(bench.podNames()).hasSize(2).doesNotContain(victim);
          awaitReady(2);
        });
  }

  @Test
  void scalesThroughItsSubresource() {
    Target scale = Target.object(Kinds.REPLICATION_CONTROLLER, "default", "web").sub("scale");
    Document read = bench.api.get(scale);
    assertThat(read.tree().at("/status/selector").asText()).isEqualTo("app=web");
    var body = Json.object();
    body.putObject("spec").put("replicas", 4);
    Document _ = bench.api.patch(scale, new Patch(Patch.Type.MERGE, body), WriteOptions.NONE);
    await().untilAsserted(() -> awaitReady(4));
    bench.patch(Kinds.REPLICATION_CONTROLLER, "web", "spec: {replicas: 1}");
    await()
        .untilAsserted(() -> {
          assertThat(bench.all(Kinds.POD)).hasSize(1);
          awaitReady(1);
        });
  }

  @Test
  void releasesAndAdoptsByItsSelector() {
    String pod = bench.podNames().getFirst();
    bench.patch(Kinds.POD, pod, "metadata: {labels: {app: other}}");
    await().untilAsserted(() -> assertThat(bench.pods()).hasSize(3));
    await().untilAsserted(() -> assertThat(bench.get(Kinds.POD, pod).meta().controller()).isNull());
    bench.patch(Kinds.POD, pod, "metadata: {labels: {app: web}}");
    await()
        .untilAsserted(() -> {
          assertThat(bench.all(Kinds.POD)).hasSize(2);
          awaitReady(2);
        });
  }

  @Test
  void itsPodsGoWithItWhenAskedTo() {
    delete(DeleteOptions.Propagation.BACKGROUND);
    await().untilAsserted(() -> assertThat(bench.all(Kinds.POD)).isEmpty());
  }

  @Test
  void itsPodsStayWhenAskedTo() {
    delete(DeleteOptions.Propagation.ORPHAN);
    await()
        .untilAsserted(() -> {
          assertThat(bench.all(Kinds.REPLICATION_CONTROLLER)).isEmpty();
          assertThat(bench.pods()).hasSize(2).allMatch(pod -> pod.meta().controller() == null);
        });
  }

  private void delete(DeleteOptions.Propagation propagation) {
    bench.api.delete(
        Target.object(Kinds.REPLICATION_CONTROLLER, "default", "web"),
        new DeleteOptions(null, propagation, "", "", false));
  }

  private void awaitReady(int replicas) {
    bench.assertStatus(
        Kinds.REPLICATION_CONTROLLER,
        "web",
        "replicas=%1$d fullyLabeledReplicas=%1$d readyReplicas=%1$d availableReplicas=%1$d"
            .formatted(replicas));
  }
}
