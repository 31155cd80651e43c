package dev.fairlead.controllers.disruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.controllers.garbage.RegistryFixture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pods are told of before the ReplicaSet that controls them. */
@Timeout(60)
class DisruptionControllerTest {
  private static final String SET =
      """
      metadata: {name: web}
      spec:
        replicas: 3
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: c, image: i}]}
      """;

  @AutoClose
  private final RegistryFixture cluster = new RegistryFixture(Kinds.REPLICA_SET, "disruption");

  @BeforeEach
  void budget() {
    cluster.create(
        Kinds.POD_DISRUPTION_BUDGET,
        "default",
        "{metadata: {name: b}, spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}}");
  }

  @Test
  void theSetIsCountedWhenItComes() {
    Document set = cluster.create(Kinds.REPLICA_SET, "default", SET);
    pod(", ownerReferences: [%s]".formatted(controller(set)));
    await()
        .untilAsserted(
            () -> assertThat(status().at("/conditions/0/reason").asText()).isEqualTo("SyncFailed"));
    cluster.tell();
    await().untilAsserted(() -> assertThat(status().path("expectedPods").asInt()).isEqualTo(3));
    assertThat(status().path("desiredHealthy").asInt()).isEqualTo(2);
  }

  @Test
  void aPodThatIsAdoptedIsCountedWithItsSet() {
    cluster.tell();
    Document set = cluster.create(Kinds.REPLICA_SET, "default", SET);
    pod("");
    await()
        .untilAsserted(() ->
            assertThat(status().at("/conditions/0/reason").asText()).isEqualTo("InsufficientPods"));
    assertThat(status().path("expectedPods").asInt()).isZero();
    cluster.metadata(
        Kinds.POD, "default", "p", "{ownerReferences: [%s]}".formatted(controller(set)));
    await().untilAsserted(() -> assertThat(status().path("expectedPods").asInt()).isEqualTo(3));
  }

  private void pod(String more) {
    cluster.create(
        Kinds.POD,
        "default",
        "{metadata: {name: p, labels: {app: web}%s}, spec: {containers: [{name: c, image: i}]}}"
            .formatted(more));
  }

  private static String controller(Document set) {
    return RegistryFixture.reference(set, true).replace("}", ", controller: true}");
  }

  private JsonNode status() {
    return cluster.get(Kinds.POD_DISRUPTION_BUDGET, "default", "b").status();
  }
}
