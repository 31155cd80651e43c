package dev.fairlead.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stranger over TLS: the fabric8 client, typed and generic. */
@Timeout(120)
class Fabric8Test {
  private TestServer server;
  private KubernetesClient client;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer();
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(server.kubeconfig()))
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void writesReadsEditsAndDeletes() {
    ConfigMap made = client.resource(configMap("a", "1")).create();
    assertThat(made.getMetadata().getUid()).isNotEmpty();
    client
        .configMaps()
        .inNamespace("default")
        .withName("a")
        .edit(map -> new ConfigMapBuilder(map).addToData("k", "2").build());
    assertThat(client.configMaps().inNamespace("default").withName("a").get().getData())
        .containsExactly(Map.entry("k", "2"));
    assertThat(client.configMaps().inAnyNamespace().withLabel("app", "a").list().getItems())
        .hasSize(1);
    assertThatThrownBy(() -> client.resource(configMap("a", "3")).create())
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            e -> assertThat(e.getStatus().getReason()).isEqualTo("AlreadyExists"));
    ConfigMap old = new ConfigMapBuilder(made).addToData("k", "4").build();
    assertThatThrownBy(() -> client.resource(old).lockResourceVersion().update())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
    client.configMaps().inNamespace("default").withName("a").delete();
    assertThat(client.configMaps().inNamespace("default").withName("a").get()).isNull();
  }

  @Test
  void appliesOnTheServersSide() {
    Deployment web = deployment(1);
    client.resource(web).fieldManager("one").serverSideApply();
    assertThatThrownBy(() -> client.resource(deployment(2)).fieldManager("two").serverSideApply())
        .hasMessageContaining("conflict with \"one\": .spec.replicas");
    Deployment forced =
        client.resource(deployment(2)).fieldManager("two").forceConflicts().serverSideApply();
    assertThat(forced.getSpec().getReplicas()).isEqualTo(2);
    assertThat(client.apps().deployments().inNamespace("default").withName("web").scale(3))
        .satisfies(scaled -> assertThat(scaled.getSpec().getReplicas()).isEqualTo(3));
  }

  @Test
  void anInformerSeesEveryChange() {
    List<String> seen = new CopyOnWriteArrayList<>();
    client.resource(configMap("before", "1")).create();
    try (SharedIndexInformer<ConfigMap> informer =
        client.configMaps().inNamespace("default").inform(handler(seen))) {
      client.resource(configMap("a", "1")).create();
      client.resource(configMap("a", "2")).update();
      client.configMaps().inNamespace("default").withName("a").delete();
      await().untilAsserted(() -> assertThat(seen).containsExactly("+before", "+a", "~a", "-a"));
      assertThat(informer.getStore().list()).hasSize(1);
    }
  }

  private static ResourceEventHandler<ConfigMap> handler(List<String> seen) {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(ConfigMap added) {
        seen.add("+" + added.getMetadata().getName());
      }

      @Override
      public void onUpdate(ConfigMap before, ConfigMap after) {
        seen.add("~" + after.getMetadata().getName());
      }

      @Override
      public void onDelete(ConfigMap deleted, boolean unknown) {
        seen.add("-" + deleted.getMetadata().getName());
      }
    };
  }

  @Test
  void genericResources_andDiscovery() {
    client.resource(configMap("a", "1")).create();
    GenericKubernetesResource generic =
        client
            .genericKubernetesResources("v1", "ConfigMap")
            .inNamespace("default")
            .withName("a")
            .get();
    assertThat(generic.<String>get("data", "k")).isEqualTo("1");
    assertThat(client.getKubernetesVersion().getMajor()).isEqualTo("1");
    assertThat(client.hasApiGroup("apps", true)).isTrue();
    assertThat(client.supports("networking.k8s.io/v1", "ServiceCIDR")).isTrue();
    assertThat(client.supports("batch/v1", "Job")).isFalse();
  }

  @Test
  void aRefusalNamesTheField() {
    assertThatThrownBy(() ->
            client
                .resource(
                    new PodBuilder()
                        .withNewMetadata()
                        .withName("p")
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .endSpec()
                        .build())
                .create())
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            e -> {
              assertThat(e.getCode()).isEqualTo(422);
              assertThat(e.getStatus().getDetails().getCauses())
                  .anySatisfy(cause -> assertThat(cause.getField()).isEqualTo("spec.containers"));
            });
  }

  @Test
  void oneOfTwoLeads_andTheOtherFollows() {
    List<String> leaders = new CopyOnWriteArrayList<>();
    CompletableFuture<?> first = elect("one", leaders);
    await().until(() -> leaders.contains("one"));
    CompletableFuture<?> second = elect("two", leaders);
    first.cancel(true);
    await().until(() -> leaders.contains("two"));
    second.cancel(true);
    assertThat(leaders).containsExactly("one", "two");
  }

  private CompletableFuture<?> elect(String name, List<String> leaders) {
    return client
        .leaderElector()
        .withConfig(
            new LeaderElectionConfigBuilder()
                .withName("election")
                .withLeaseDuration(Duration.ofSeconds(3))
                .withRenewDeadline(Duration.ofSeconds(2))
                .withRetryPeriod(Duration.ofMillis(200))
                .withReleaseOnCancel(true)
                .withLock(new LeaseLock("default", "election", name))
                .withLeaderCallbacks(
                    new LeaderCallbacks(() -> leaders.add(name), () -> {}, leader -> {}))
                .build())
        .build()
        .start();
  }

  private static ConfigMap configMap(String name, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("default")
        .addToLabels("app", name)
        .endMetadata()
        .addToData("k", value)
        .build();
  }

  private static Deployment deployment(int replicas) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName("web")
        .withNamespace("default")
        .endMetadata()
        .withNewSpec()
        .withReplicas(replicas)
        .withNewSelector()
        .addToMatchLabels("app", "web")
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .addToLabels("app", "web")
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("c")
        .withImage("i")
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }
}
