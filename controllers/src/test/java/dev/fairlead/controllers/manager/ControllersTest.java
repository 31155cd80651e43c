package dev.fairlead.controllers.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.Patch;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.client.ApiEventRecorder;
import dev.fairlead.client.InformerFactory;
import dev.fairlead.controllers.ControllerContext;
import dev.fairlead.controllers.Pods;
import dev.fairlead.controllers.SimulatedKubelet;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The controllers together, with a simulated kubelet, over any implementation of the API. */
abstract class ControllersTest {
  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: alpaca
        namespace: default
        labels: {app: alpaca}
      spec:
        replicas: 3
        selector: {matchLabels: {app: alpaca}}
        template:
          metadata: {labels: {app: alpaca}}
          spec:
            containers:
            - name: kuard
              image: kuard:blue
              ports: [{containerPort: 8080, name: http}]
      """;

  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata:
        name: alpaca
        namespace: default
        labels: {app: alpaca}
      spec:
        selector: {app: alpaca}
        ports: [{port: 80, targetPort: http, protocol: TCP}]
      """;

  KubeApi api;
  private InformerFactory informers;
  private ApiEventRecorder events;
  private Controllers controllers;
  private SimulatedKubelet kubelet;

  abstract KubeApi open();

  @BeforeEach
  void start() {
    api = open();
    informers = new InformerFactory(api);
    events = ApiEventRecorder.start(api, "", Clock.systemUTC());
    controllers =
        Controllers.start(
            new ControllerContext(api, informers, events, Clock.systemUTC()),
            Set.of("deployment", "replicaset", "endpointslice", "endpoints"));
    kubelet = new SimulatedKubelet(api, informers);
  }

  @AfterEach
  void stop() {
    kubelet.close();
    controllers.close();
    events.close();
    informers.close();
  }

  @Test
  void aDeploymentComesUpAndSaysSo() {
    create(Kinds.DEPLOYMENT, DEPLOYMENT);
    awaitRolledOut(3);
    Document deployment = deployment();
    assertThat(reason(deployment, "Progressing")).isEqualTo("NewReplicaSetAvailable");
    assertThat(reason(deployment, "Available")).isEqualTo("MinimumReplicasAvailable");
    assertThat(revision(deployment)).isEqualTo("1");
    Document set = only(Kinds.REPLICA_SET);
    assertThat(set.name()).matches("alpaca-[b-df-hj-np-tv-xz2-9]+");
    assertThat(set.status().path("fullyLabeledReplicas").asInt()).isEqualTo(3);
    assertThat(all(Kinds.POD))
        .allSatisfy(pod -> assertThat(pod.name()).startsWith(set.name() + "-"));
    await()
        .untilAsserted(() ->
            assertThat(messages())
                .contains("Scaled up replica set " + set.name() + " from 0 to 3")
                .filteredOn(each -> each.startsWith("Created pod: "))
                .hasSize(3));
  }

  @Test
  void scalingWorksBothWaysAndADeletedPodIsReplaced() {
    create(Kinds.DEPLOYMENT, DEPLOYMENT);
    awaitRolledOut(3);
    scale(6);
    awaitRolledOut(6);
    scale(1);
    awaitRolledOut(1);
    await().untilAsserted(() -> assertThat(all(Kinds.POD)).hasSize(1));
    Document victim = only(Kinds.POD);
    api.delete(Target.object(Kinds.POD, victim.key()), DeleteOptions.NONE);
    await()
        .untilAsserted(() -> {
          assertThat(all(Kinds.POD)).hasSize(1);
          assertThat(only(Kinds.POD).name()).isNotEqualTo(victim.name());
        });
    awaitRolledOut(1);
  }

  @Test
  void aNewTemplateRollsOutAndIsUndone() {
    create(Kinds.DEPLOYMENT, DEPLOYMENT);
    awaitRolledOut(3);
    image("kuard:green");
    awaitRolledOut(3);
    await().untilAsserted(() -> assertThat(images()).containsExactly("kuard:green"));
    await().untilAsserted(() -> assertThat(revision(deployment())).isEqualTo("2"));
    assertThat(all(Kinds.REPLICA_SET)).hasSize(2);
    image("kuard:blue");
    await().untilAsserted(() -> assertThat(images()).containsExactly("kuard:blue"));
    await().untilAsserted(() -> assertThat(revision(deployment())).isEqualTo("3"));
    assertThat(all(Kinds.REPLICA_SET)).hasSize(2);
    awaitRolledOut(3);
  }

  @Test
  void aBrokenTemplateStopsAtTheLimits() {
    kubelet.breakImage("kuard:broken");
    create(Kinds.DEPLOYMENT, DEPLOYMENT);
    awaitRolledOut(3);
    image("kuard:broken");
    await()
        .untilAsserted(() -> {
          Document deployment = deployment();
          assertThat(deployment.status().path("unavailableReplicas").asInt()).isOne();
          assertThat(deployment.status().path("availableReplicas").asInt()).isEqualTo(3);
          assertThat(reason(deployment, "Progressing")).isEqualTo("ReplicaSetUpdated");
        });
    image("kuard:blue");
    await().untilAsserted(() -> assertThat(images()).containsExactly("kuard:blue"));
    awaitRolledOut(3);
  }

  @Test
  void recreateWaitsForTheOldPods() {
    create(
        Kinds.DEPLOYMENT,
        DEPLOYMENT.replace("replicas: 3", "replicas: 3\n  strategy: {type: Recreate}"));
    awaitRolledOut(3);
    image("kuard:green");
    await().untilAsserted(() -> assertThat(images()).containsExactly("kuard:green"));
    awaitRolledOut(3);
  }

  @Test
  void aPodWhoseLabelGoesIsReleasedAndAdoptedWhenItComesBack() {
    create(Kinds.DEPLOYMENT, DEPLOYMENT);
    awaitRolledOut(3);
    Document pod = all(Kinds.POD).getFirst();
    label(pod, "app", "other");
    await().untilAsserted(() -> assertThat(all(Kinds.POD)).hasSize(4));
    await().untilAsserted(() -> assertThat(get(Kinds.POD, pod).meta().controller()).isNull());
    label(pod, "app", "alpaca");
    await().untilAsserted(() -> assertThat(all(Kinds.POD)).hasSize(3));
    awaitRolledOut(3);
  }

  @Test
  void endpointsFollowReadinessAndTheService() {
    create(Kinds.DEPLOYMENT, DEPLOYMENT);
    create(Kinds.SERVICE, SERVICE);
    awaitRolledOut(3);
    await().untilAsserted(() -> assertThat(readyAddresses()).hasSize(3));
    await().untilAsserted(() -> assertThat(endpointAddresses("addresses")).hasSize(3));
    Document slice = only(Kinds.ENDPOINT_SLICE);
    assertThat(slice.meta().labels())
        .containsEntry("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io")
        .containsEntry("kubernetes.io/service-name", "alpaca")
        .containsEntry("app", "alpaca");
    assertThat(slice.tree().at("/ports/0/port").asInt()).isEqualTo(8080);

    Document pod = all(Kinds.POD).getFirst();
    kubelet.ready(pod.key(), false);
    await().untilAsserted(() -> assertThat(readyAddresses()).hasSize(2));
    await().untilAsserted(() -> assertThat(endpointAddresses("notReadyAddresses")).hasSize(1));
    assertThat(endpointAddresses("addresses")).isEqualTo(readyAddresses());
    kubelet.ready(pod.key(), true);
    await().untilAsserted(() -> assertThat(endpointAddresses("addresses")).hasSize(3));

    scale(0);
    await().untilAsserted(() -> assertThat(endpointAddresses("addresses")).isEmpty());
    await()
        .untilAsserted(
            () -> assertThat(only(Kinds.ENDPOINT_SLICE).tree().path("endpoints")).isEmpty());

    api.delete(Target.object(Kinds.SERVICE, "default", "alpaca"), DeleteOptions.NONE);
    await().untilAsserted(() -> assertThat(all(Kinds.ENDPOINT_SLICE)).isEmpty());
    await().untilAsserted(() -> assertThat(all(Kinds.ENDPOINTS)).isEmpty());
  }

  private void awaitRolledOut(int replicas) {
    await()
        .untilAsserted(() -> {
          Document deployment = deployment();
          JsonNode status = deployment.status();
          assertThat(status.path("observedGeneration").asLong())
              .isEqualTo(deployment.meta().generation());
          for (String field : List.of("replicas", "updatedReplicas", "availableReplicas")) {
            assertThat(status.path(field).asInt()).as(field).isEqualTo(replicas);
          }
        });
  }

  private void scale(int replicas) {
    ObjectNode body = Json.object();
    body.putObject("spec").put("replicas", replicas);
    patch(Target.object(Kinds.DEPLOYMENT, "default", "alpaca"), body);
  }

  private void image(String image) {
    JsonNode containers = deployment().spec().at("/template/spec/containers").deepCopy();
    ((ObjectNode) containers.get(0)).put("image", image);
    ObjectNode body = Json.object();
    body.putObject("spec").putObject("template").putObject("spec").set("containers", containers);
    patch(Target.object(Kinds.DEPLOYMENT, "default", "alpaca"), body);
  }

  private void label(Document object, String name, String value) {
    ObjectNode body = Json.object();
    body.putObject("metadata").putObject("labels").put(name, value);
    patch(Target.object(Kinds.POD, object.key()), body);
  }

  private void patch(Target target, ObjectNode body) {
    api.patch(target, new Patch(Patch.Type.MERGE, body), WriteOptions.NONE);
  }

  private void create(ResourceType type, String yaml) {
    Document object = Document.of(Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8)));
    api.create(Target.collection(type, "default"), object, WriteOptions.NONE);
  }

  private Document deployment() {
    return api.get(Target.object(Kinds.DEPLOYMENT, "default", "alpaca"));
  }

  private Document get(ResourceType type, Document object) {
    return api.get(Target.object(type, new ObjectKey(object.namespace(), object.name())));
  }

  private List<Document> all(ResourceType type) {
    return api.list(Target.collection(type, "default"), ListOptions.ALL).items().stream()
        .filter(each -> !each.name().equals("kubernetes"))
        .toList();
  }

  private Document only(ResourceType type) {
    assertThat(all(type)).hasSize(1);
    return all(type).getFirst();
  }

  private Set<String> images() {
    return all(Kinds.POD).stream()
        .filter(Pods::active)
        .map(pod -> pod.spec().at("/containers/0/image").asText())
        .collect(Collectors.toSet());
  }

  private List<String> messages() {
    return all(Kinds.EVENT).stream().map(each -> each.tree().path("message").asText()).toList();
  }

  private Set<String> readyAddresses() {
    Set<String> addresses = new TreeSet<>();
    for (JsonNode endpoint : only(Kinds.ENDPOINT_SLICE).tree().path("endpoints")) {
      if (endpoint.at("/conditions/ready").asBoolean()) {
        addresses.add(endpoint.at("/addresses/0").asText());
      }
    }
    return addresses;
  }

  private Set<String> endpointAddresses(String field) {
    Set<String> addresses = new TreeSet<>();
    for (JsonNode subset : only(Kinds.ENDPOINTS).tree().path("subsets")) {
      subset.path(field).forEach(each -> addresses.add(each.path("ip").asText()));
    }
    return addresses;
  }

  private static String reason(Document object, String condition) {
    return Pods.condition(object, condition).path("reason").asText();
  }

  private static String revision(Document object) {
    return object.meta().annotations().getOrDefault("deployment.kubernetes.io/revision", "");
  }
}
