package dev.fairlead.controllers.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.Patch;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.apiserver.registry.Registry;
import dev.fairlead.apiserver.registry.RegistrySettings;
import dev.fairlead.client.ApiEventRecorder;
import dev.fairlead.client.InformerFactory;
import dev.fairlead.controllers.ControllerContext;
import dev.fairlead.controllers.ControllerSettings;
import dev.fairlead.controllers.manager.Controllers;
import dev.fairlead.store.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Load balancers and mirrored slices over the real registry. */
class LoadBalancerControllerTest {
  private static final PoolSettings TWO = new PoolSettings("10.1.0.0/30", "10.2.0.0/30", "");

  private final FakeAddressRoutes routes = new FakeAddressRoutes();
  private MemoryStore store;
  private Registry api;
  private InformerFactory informers;
  private ApiEventRecorder events;
  private Controllers controllers;

  @BeforeEach
  void open() {
    store = new MemoryStore();
    api = new Registry(store, RegistrySettings.DEFAULT, InstantSource.system(), new Random(7));
    api.create(
        Target.all(Kinds.NAMESPACE),
        document("{apiVersion: v1, kind: Namespace, metadata: {name: default}}"),
        WriteOptions.NONE);
    node("node-1", "10.111.0.11");
    node("node-2", "10.111.0.12");
    start();
  }

  private void start() {
    informers = new InformerFactory(api);
    events = ApiEventRecorder.start(api, "", Clock.systemUTC());
    ControllerContext context =
        new ControllerContext(
            api,
            informers,
            events,
            Clock.systemUTC(),
            ControllerSettings.DEFAULT,
            new PoolProvider(TWO, routes));
    controllers =
        Controllers.start(
            context, Set.of("loadbalancer", "endpointslice", "endpointslicemirroring"));
    // A change of type is told only by a controller that has seen the type before.
    await().until(informers.informer(Kinds.SERVICE)::synced);
  }

  private void stop() {
    controllers.close();
    events.close();
    informers.close();
  }

  @AfterEach
  void close() {
    stop();
    api.close();
    store.close();
  }

  @Test
  void aTypeChangeGetsAnAddressAndGivesItBack() {
    service("web", "ClusterIP", "{app: web}");
    merge("web", "{spec: {type: LoadBalancer}}");
    awaitAddress("web", "10.1.0.1");
    assertThat(routes.routes()).containsEntry("10.1.0.1", List.of("10.111.0.11", "10.111.0.12"));
    assertThat(get("web").meta().finalizers()).contains(Decision.FINALIZER);
    assertThat(get("web").status().at("/loadBalancer/ingress/0/ipMode").asText()).isEqualTo("VIP");
    awaitEvents("ClusterIP -> LoadBalancer", "Ensuring load balancer", "Ensured load balancer");

    merge("web", "{spec: {type: ClusterIP}}");
    awaitAddress("web", "");
    await().untilAsserted(() -> assertThat(get("web").meta().finalizers()).isEmpty());
    assertThat(routes.routes()).isEmpty();
    awaitEvents("LoadBalancer -> ClusterIP", "Deleting load balancer", "Deleted load balancer");
  }

  @Test
  void anEmptyPoolIsToldAndTheNextFreeAddressGoesToWhoWaits() {
    service("a", "LoadBalancer", "{app: a}");
    service("b", "LoadBalancer", "{app: b}");
    await().untilAsserted(() -> assertThat(routes.routes()).hasSize(2));
    service("c", "LoadBalancer", "{app: c}");
    awaitEvents(
        "Error syncing load balancer: failed to ensure load balancer: "
            + "no free address in the external pool 10.1.0.0/30; all 2 are in use");
    String freed = address("a");
    api.delete(Target.object(Kinds.SERVICE, "default", "a"), DeleteOptions.NONE);
    awaitAddress("c", freed);
  }

  @Test
  void addressesSurviveARestart() {
    service("a", "LoadBalancer", "{app: a}");
    awaitAddress("a", "10.1.0.1");
    service("b", "LoadBalancer", "{app: b}");
    awaitAddress("b", "10.1.0.2");
    api.delete(Target.object(Kinds.SERVICE, "default", "a"), DeleteOptions.NONE);
    await().untilAsserted(() -> assertThat(routes.routes()).hasSize(1));
    stop();
    start();
    service("c", "LoadBalancer", "{app: c}");
    awaitAddress("c", "10.1.0.1");
    assertThat(address("b")).isEqualTo("10.1.0.2");
  }

  @Test
  void annotationsFixedAddressesAndForeignClassesAreRespected() {
    service("inner", "ClusterIP", "{app: a}");
    merge(
        "inner",
        "{metadata: {annotations: {cloud.google.com/load-balancer-type: Internal}},"
            + " spec: {type: LoadBalancer, loadBalancerIP: 10.2.0.2}}");
    awaitAddress("inner", "10.2.0.2");
    service("other", "ClusterIP", "{app: b}");
    merge("other", "{spec: {type: LoadBalancer, loadBalancerClass: example.com/other}}");
    service("mine", "LoadBalancer", "{app: c}");
    awaitAddress("mine", "10.1.0.1");
    assertThat(address("other")).isEmpty();
  }

  @Test
  void nodesComeAndGo() {
    service("web", "LoadBalancer", "{app: web}");
    awaitAddress("web", "10.1.0.1");
    api.patch(
        Target.object(Kinds.NODE, "", "node-1"),
        patch(
            "{metadata: {labels: {node.kubernetes.io/exclude-from-external-load-balancers: ''}}}"),
        WriteOptions.NONE);
    await()
        .untilAsserted(
            () -> assertThat(routes.routes()).containsEntry("10.1.0.1", List.of("10.111.0.12")));
    awaitEvents("Updated load balancer with new hosts");
  }

  @Test
  void handMadeEndpointsAreMirroredUntilTheServiceGainsASelector() {
    service("db", "ClusterIP", "{}");
    api.create(
        Target.collection(Kinds.ENDPOINTS, "default"),
        document(
            """
            apiVersion: v1
            kind: Endpoints
            metadata: {name: db, namespace: default}
            subsets: [{addresses: [{ip: 1.2.3.4}], ports: [{port: 1433}]}]
            """),
        WriteOptions.NONE);
    await()
        .untilAsserted(() -> {
          assertThat(slices()).hasSize(1);
          assertThat(slices().getFirst().tree().at("/endpoints/0/addresses/0").asText())
              .isEqualTo("1.2.3.4");
        });
    merge("db", "{spec: {selector: {app: db}}}");
    await()
        .untilAsserted(() ->
            assertThat(slices())
                .isNotEmpty()
                .allSatisfy(slice ->
                    assertThat(slice.meta().labels())
                        .containsEntry(
                            "endpointslice.kubernetes.io/managed-by",
                            "endpointslice-controller.k8s.io")));
  }

  private void node(String name, String address) {
    Document node =
        document(
            "{apiVersion: v1, kind: Node, metadata: {name: %s}, status: {addresses: [{type: InternalIP, address: %s}], conditions: [{type: Ready, status: 'True'}]}}"
                .formatted(name, address));
    api.create(Target.all(Kinds.NODE), node, WriteOptions.NONE);
    JsonNode status = node.status();
    var body = node.tree().objectNode();
    body.set("status", status);
    api.patch(
        Target.object(Kinds.NODE, "", name).sub("status"),
        new Patch(Patch.Type.MERGE, body),
        WriteOptions.NONE);
  }

  private void service(String name, String type, String selector) {
    Document service =
        document(
            "{apiVersion: v1, kind: Service, metadata: {name: %s, namespace: default}, spec: {type: %s, selector: %s, ports: [{port: 80}]}}"
                .formatted(name, type, selector));
    api.create(Target.collection(Kinds.SERVICE, "default"), service, WriteOptions.NONE);
  }

  private void merge(String name, String body) {
    api.patch(Target.object(Kinds.SERVICE, "default", name), patch(body), WriteOptions.NONE);
  }

  private Document get(String name) {
    return api.get(Target.object(Kinds.SERVICE, "default", name));
  }

  private String address(String name) {
    return get(name).status().at("/loadBalancer/ingress/0/ip").asText("");
  }

  private void awaitAddress(String name, String address) {
    await().untilAsserted(() -> assertThat(address(name)).isEqualTo(address));
  }

  private void awaitEvents(String... messages) {
    await()
        .untilAsserted(() ->
            assertThat(all(Kinds.EVENT))
                .extracting(event -> event.tree().path("message").asText())
                .contains(messages));
  }

  private List<Document> slices() {
    return all(Kinds.ENDPOINT_SLICE);
  }

  private List<Document> all(ResourceType type) {
    return api.list(Target.collection(type, "default"), ListOptions.ALL).items();
  }

  private static Patch patch(String yaml) {
    return new Patch(Patch.Type.MERGE, document(yaml).tree());
  }

  private static Document document(String yaml) {
    return Document.of(Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8)));
  }
}
