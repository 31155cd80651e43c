package dev.fairlead.controllers.endpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.Target;
import dev.fairlead.controllers.garbage.RegistryFixture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Endpoints and the Services that they are told of after, or not at all. */
@Timeout(60)
class EndpointsControllerTest {
  @AutoClose
  private final RegistryFixture cluster = new RegistryFixture(Kinds.SERVICE, "endpoints");

  @Test
  void handMadeOnesWaitForTheirServiceAndGoWithIt() {
    cluster.create(
        Kinds.SERVICE, "default", "{metadata: {name: db}, spec: {ports: [{port: 1433}]}}");
    cluster.create(
        Kinds.ENDPOINTS,
        "default",
        "{metadata: {name: db}, subsets: [{addresses: [{ip: 1.2.3.4}], ports: [{port: 1433}]}]}");
    leftoverGoes();
    assertThat(cluster.absent(Kinds.ENDPOINTS, "default", "db")).isFalse();
    cluster.tell();
    cluster.registry.delete(Target.object(Kinds.SERVICE, "default", "db"), DeleteOptions.NONE);
    await().until(() -> cluster.absent(Kinds.ENDPOINTS, "default", "db"));
  }

  /**
   * Ours, of a Service that went while nobody was here; the controller has seen what came before.
   */
  private void leftoverGoes() {
    cluster.create(
        Kinds.ENDPOINTS,
        "default",
        "metadata: {name: old, labels: {endpoints.kubernetes.io/managed-by: endpoint-controller}}");
    await().until(() -> cluster.absent(Kinds.ENDPOINTS, "default", "old"));
  }
}
