package dev.fairlead.controllers.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.apiserver.registry.Registry;
import dev.fairlead.apiserver.registry.RegistrySettings;
import dev.fairlead.client.ApiEventRecorder;
import dev.fairlead.client.InformerFactory;
import dev.fairlead.controllers.ControllerContext;
import dev.fairlead.controllers.SimulatedKubelet;
import dev.fairlead.store.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Quotas and disruption budgets with their controllers, over the real registry. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PolicyTest {
  private static final String WEB =
      """
      metadata: {name: web}
      spec:
        replicas: %d
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: c, image: i}]}
      """;

  private final MemoryStore store = new MemoryStore();
  private final Registry api =
      new Registry(store, RegistrySettings.DEFAULT, InstantSource.system(), new Random(7));
  private final InformerFactory informers = new InformerFactory(api);
  private final ApiEventRecorder events = ApiEventRecorder.start(api, "", Clock.systemUTC());
  private SimulatedKubelet kubelet;
  private Controllers controllers;

  @BeforeEach
  void start() {
    create(Kinds.NAMESPACE, "", "metadata: {name: default}");
    controllers =
        Controllers.start(
            new ControllerContext(api, informers, events, Clock.systemUTC()),
            Set.of("deployment", "replicaset", "resourcequota", "disruption"));
    kubelet = new SimulatedKubelet(api, informers);
  }

  @AfterEach
  void stop() {
    kubelet.close();
    controllers.close();
    events.close();
    informers.close();
    api.close();
    store.close();
  }

  @Test
  void aQuotaHoldsWhatADeploymentMakesAndLetsGoWhatIsDeleted() {
    quota("{pods: 3, count/deployments.apps: 9, configmaps: 1}");
    create(Kinds.DEPLOYMENT, "default", WEB.formatted(5));
    await().until(() -> list(Kinds.POD).size() == 3 && used("pods").equals("3"));
    assertThat(used("count/deployments.apps")).isEqualTo("1");
    await()
        .until(() ->
            list(Kinds.EVENT).stream()
                .anyMatch(event ->
                    event
                        .tree()
                        .path("message")
                        .asText()
                        .contains(
                            "exceeded quota: q, requested: pods=1, used: pods=3, limited: pods=3")));
    create(Kinds.CONFIG_MAP, "default", "metadata: {name: a}");
    assertThatThrownBy(() -> create(Kinds.CONFIG_MAP, "default", "metadata: {name: b}"))
        .hasMessageContaining("exceeded quota");
    delete(Kinds.CONFIG_MAP, "a");
    await().until(() -> used("configmaps").equals("0"));
    create(Kinds.CONFIG_MAP, "default", "metadata: {name: b}");
  }

  @Test
  void aFinishedPodNoLongerCounts() {
    quota("{pods: 1, count/pods: 9}");
    Document pod =
        create(
            Kinds.POD,
            "default",
            "{metadata: {name: p}, spec: {containers: [{name: c, image: i}]}}");
    assertThat(used("pods")).isEqualTo("1");
    await().until(() -> phase("p").equals("Running"));
    Document running = api.get(Target.object(Kinds.POD, pod.key()));
    api.update(
        Target.object(Kinds.POD, pod.key()).sub("status"),
        running.with(tree ->
            ((com.fasterxml.jackson.databind.node.ObjectNode) tree.get("status"))
                .put("phase", "Succeeded")),
        WriteOptions.NONE);
    await().until(() -> used("pods").equals("0"));
    assertThat(used("count/pods")).isEqualTo("1");
  }

  @Test
  void aBudgetCountsTheDeploymentsPodsAndHoldsEvictionsBack() {
    create(
        Kinds.POD_DISRUPTION_BUDGET,
        "default",
        "{metadata: {name: b}, spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}}");
    create(Kinds.DEPLOYMENT, "default", WEB.formatted(3));
    await().until(() -> budget("currentHealthy") == 3 && budget("disruptionsAllowed") == 1);
    assertThat(budget("desiredHealthy")).isEqualTo(2);
    assertThat(budget("expectedPods")).isEqualTo(3);
    String first = list(Kinds.POD).getFirst().name();
    evict(first);
    await().until(() -> list(Kinds.POD).stream().noneMatch(pod -> pod.name().equals(first)));
    await().until(() -> budget("currentHealthy") == 3 && budget("disruptionsAllowed") == 1);
    assertThat(
            Json.text(
                api.get(Target.object(Kinds.POD_DISRUPTION_BUDGET, "default", "b"))
                    .status()
                    .at("/conditions/0/reason")))
        .isEqualTo("\"SufficientPods\"");
    kubelet.breakImage("i");
    evict(list(Kinds.POD).getFirst().name());
    await().until(() -> budget("currentHealthy") == 2);
    Document ready =
        list(Kinds.POD).stream()
            .filter(dev.fairlead.controllers.Pods::ready)
            .filter(pod -> !pod.meta().deleting())
            .findFirst()
            .orElseThrow();
    assertThatThrownBy(() -> evict(ready.name()))
        .isInstanceOf(ApiException.class)
        .hasMessage("Cannot evict pod as it would violate the pod's disruption budget.");
  }

  private void quota(String hard) {
    create(
        Kinds.RESOURCE_QUOTA, "default", "{metadata: {name: q}, spec: {hard: %s}}".formatted(hard));
    await()
        .until(() ->
            !api.get(Target.object(Kinds.RESOURCE_QUOTA, "default", "q"))
                .status()
                .path("used")
                .isEmpty());
  }

  private void evict(String pod) {
    ObjectNode eviction = Json.object();
    eviction.putObject("metadata").put("name", pod);
    Document _ =
        api.create(
            Target.object(Kinds.POD, "default", pod).sub("eviction"),
            Document.of(eviction),
            WriteOptions.NONE);
  }

  private int budget(String field) {
    return api.get(Target.object(Kinds.POD_DISRUPTION_BUDGET, "default", "b"))
        .status()
        .path(field)
        .asInt();
  }

  private String used(String resource) {
    return api.get(Target.object(Kinds.RESOURCE_QUOTA, "default", "q"))
        .status()
        .path("used")
        .path(resource)
        .asText();
  }

  private String phase(String pod) {
    return api.get(Target.object(Kinds.POD, "default", pod)).status().path("phase").asText();
  }

  private Document create(ResourceType type, String namespace, String yaml) {
    return api.create(
        Target.collection(type, namespace),
        Document.of(Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8))),
        WriteOptions.NONE);
  }

  private void delete(ResourceType type, String name) {
    Document _ = api.delete(Target.object(type, "default", name), DeleteOptions.NONE);
  }

  private List<Document> list(ResourceType type) {
    return api.list(Target.collection(type, "default"), ListOptions.ALL).items();
  }
}
