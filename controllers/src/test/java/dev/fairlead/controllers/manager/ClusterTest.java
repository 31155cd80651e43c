package dev.fairlead.controllers.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.registry.Registry;
import dev.fairlead.apiserver.registry.RegistrySettings;
import dev.fairlead.client.EventRecorder;
import dev.fairlead.client.InformerFactory;
import dev.fairlead.controllers.ControllerContext;
import dev.fairlead.controllers.ControllerSettings;
import dev.fairlead.controllers.Pods;
import dev.fairlead.store.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** All controllers over the real registry; nobody plays the kubelet. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ClusterTest {
  private final HandClock clock = new HandClock();
  private final MemoryStore store = new MemoryStore();
  private final List<String> events = new CopyOnWriteArrayList<>();
  private Registry registry;
  private InformerFactory informers;
  private Controllers controllers;

  @BeforeEach
  void start() {
    registry = new Registry(store, RegistrySettings.DEFAULT, clock, new Random(7));
    informers = new InformerFactory(registry);
    for (String namespace : List.of("default", "kube-node-lease")) {
      create(Kinds.NAMESPACE, "", "{'metadata':{'name':'%s'}}".formatted(namespace));
    }
    EventRecorder recorder =
        (involved, path, severity, reason, message) -> events.add(reason + ": " + message);
    controllers =
        Controllers.start(
            new ControllerContext(
                registry,
                informers,
                recorder,
                clock,
                ControllerSettings.DEFAULT.withRootCertificates("PEM")),
            Controllers.names());
  }

  @AfterEach
  void stop() {
    controllers.close();
    informers.close();
    registry.close();
    store.close();
  }

  @Test
  void nodesGetTheRangesOfTheirNumbers() {
    for (int i = 3; i >= 1; i--) {
      node("node-" + i);
    }
    await()
        .untilAsserted(() ->
            assertThat(list(Kinds.NODE, ""))
                .extracting(node -> node.spec().path("podCIDR").asText())
                .containsExactlyInAnyOrder("10.112.1.0/24", "10.112.2.0/24", "10.112.3.0/24"));
    assertThat(get(Kinds.NODE, "", "node-2").spec().path("podCIDR").asText())
        .isEqualTo("10.112.2.0/24");
  }

  @Test
  void podsOfADeploymentSpreadAndGoWithIt() {
    nodes(3);
    deployment("web", 6);
    await().until(() -> perNode().values().stream().mapToInt(Integer::intValue).sum() == 6);
    assertThat(perNode()).isEqualTo(Map.of("node-1", 2, "node-2", 2, "node-3", 2));
    await()
        .untilAsserted(() ->
            assertThat(events)
                .anyMatch(
                    e -> e.matches("Scheduled: Successfully assigned default/web-.* to node-1")));
    delete(Kinds.DEPLOYMENT, "web", DeleteOptions.Propagation.BACKGROUND);
    await().until(() -> list(Kinds.REPLICA_SET, "default").isEmpty());
    await().until(() -> list(Kinds.POD, "default").stream().allMatch(p -> p.meta().deleting()));
  }

  @Test
  void foregroundDeletionTakesTheOwnerLast() throws InterruptedException {
    deployment("web", 2);
    awaitTold(Kinds.POD, 2);
    awaitTold(Kinds.REPLICA_SET, 1);
    delete(Kinds.DEPLOYMENT, "web", DeleteOptions.Propagation.FOREGROUND);
    await().until(() -> list(Kinds.DEPLOYMENT, "default").isEmpty());
    assertThat(list(Kinds.REPLICA_SET, "default")).isEmpty();
    assertThat(list(Kinds.POD, "default")).isEmpty();
  }

  @Test
  void orphaningLeavesThePods() throws InterruptedException {
    deployment("web", 2);
    awaitTold(Kinds.POD, 2);
    delete(Kinds.DEPLOYMENT, "web", DeleteOptions.Propagation.ORPHAN);
    await().until(() -> list(Kinds.DEPLOYMENT, "default").isEmpty());
    await()
        .until(
            () -> list(Kinds.REPLICA_SET, "default").getFirst().meta().ownerReferences().isEmpty());
    assertThat(list(Kinds.POD, "default")).hasSize(2);
  }

  @Test
  void aPodThatFitsNowhereSaysWhyAndGoesWhenANodeChanges() {
    nodes(2);
    cordon("node-1", true);
    cordon("node-2", true);
    deployment("web", 1);
    await().until(() -> events.stream().anyMatch(e -> e.startsWith("FailedScheduling")));
    await()
        .untilAsserted(() ->
            assertThat(list(Kinds.POD, "default").getFirst().status().path("conditions"))
                .anyMatch(c ->
                    c.path("reason").asText().equals("Unschedulable")
                        && c.path("message")
                            .asText()
                            .equals(
                                "0/2 nodes are available: 2 node(s) were unschedulable. preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.")));
    cordon("node-2", false);
    await().until(() -> perNode().equals(Map.of("node-2", 1)));
  }

  @Test
  void aNamespaceGoesWithEverythingInIt() {
    nodes(1);
    create(Kinds.NAMESPACE, "", "{'metadata':{'name':'alpaca'}}");
    await().until(() -> list(Kinds.SERVICE_ACCOUNT, "alpaca").size() == 1);
    await().until(() -> list(Kinds.CONFIG_MAP, "alpaca").size() == 1);
    assertThat(
            get(Kinds.CONFIG_MAP, "alpaca", "kube-root-ca.crt").tree().at("/data/ca.crt").asText())
        .isEqualTo("PEM");
    create(Kinds.SECRET, "alpaca", "{'metadata':{'name':'s','finalizers':['example.com/hold']}}");
    registry.delete(Target.object(Kinds.NAMESPACE, "", "alpaca"), DeleteOptions.NONE);
    await()
        .untilAsserted(() ->
            assertThat(get(Kinds.NAMESPACE, "", "alpaca").status().path("conditions"))
                .anyMatch(c ->
                    c.path("message")
                        .asText()
                        .equals(
                            "Some resources are remaining: secrets. has 1 resource instances")));
    Document secret = get(Kinds.SECRET, "alpaca", "s");
    registry.update(
        Target.object(Kinds.SECRET, secret.key()),
        secret.with(tree -> tree.withObjectProperty("metadata").remove("finalizers")),
        WriteOptions.NONE);
    await().until(() -> absent(Kinds.NAMESPACE, "", "alpaca"));
    assertThat(list(Kinds.CONFIG_MAP, "alpaca")).isEmpty();
  }

  @Test
  void aSilentNodeBecomesUnknownAndItsPodsNotReady() {
    nodes(1);
    deployment("web", 1);
    await().until(() -> perNode().equals(Map.of("node-1", 1)));
    Document pod = list(Kinds.POD, "default").getFirst();
    status(Kinds.POD, pod, "{'conditions':[{'type':'Ready','status':'True'}],'phase':'Running'}");
    // Once it has seen to the taints, the controller has taken the heartbeat in.
    cordon("node-1", true);
    await().until(() -> !get(Kinds.NODE, "", "node-1").spec().path("taints").isEmpty());
    cordon("node-1", false);
    await().until(() -> get(Kinds.NODE, "", "node-1").spec().path("taints").isEmpty());
    clock.advance(Duration.ofSeconds(41));
    // The timer runs on the machine's clock; any change of the node looks at the time as well.
    label("node-1");
    await()
        .untilAsserted(() ->
            assertThat(get(Kinds.NODE, "", "node-1").spec().path("taints"))
                .extracting(
                    taint -> taint.path("key").asText() + ":" + taint.path("effect").asText())
                .containsExactly(
                    "node.kubernetes.io/unreachable:NoSchedule",
                    "node.kubernetes.io/unreachable:NoExecute"));
    await()
        .until(() ->
            get(Kinds.POD, "default", pod.name())
                .status()
                .at("/conditions")
                .toString()
                .contains("\"status\":\"False\""));
    await()
        .untilAsserted(() ->
            assertThat(events).contains("NodeNotReady: Node node-1 status is now: NodeNotReady"));
    heartbeat("node-1", "2026-03-01T13:00:00Z");
    await().until(() -> get(Kinds.NODE, "", "node-1").spec().path("taints").isEmpty());
  }

  private void nodes(int count) {
    for (int i = 1; i <= count; i++) {
      String name = "node-" + i;
      node(name);
      awaitSeen(name, node -> Pods.ready(node) && node.spec().path("taints").isEmpty());
    }
  }

  /** What the scheduler knows, which reads the same informer: it may place pods by that at once. */
  private void awaitSeen(String node, Predicate<Document> state) {
    await()
        .until(() -> {
          Document seen = informers.informer(Kinds.NODE).get(new ObjectKey("", node));
          return seen != null && state.test(seen);
        });
  }

  /** Every controller has been told of so many objects. */
  private void awaitTold(ResourceType type, int count) throws InterruptedException {
    await().until(() -> informers.informer(type).all().size() == count);
    assertThat(informers.informer(type).awaitSynced(Duration.ofSeconds(30))).isTrue();
  }

  private void node(String name) {
    create(Kinds.NODE, "", "{'metadata':{'name':'%s'}}".formatted(name));
    heartbeat(name, "2026-03-01T12:00:00Z");
  }

  private void heartbeat(String name, String time) {
    status(
        Kinds.NODE,
        get(Kinds.NODE, "", name),
        "{'conditions':[{'type':'Ready','status':'True','lastHeartbeatTime':'%s'}]}"
            .formatted(time));
  }

  private void status(ResourceType type, Document object, String status) {
    var body = Json.object();
    body.set("status", document(status).tree());
    registry.patch(
        Target.object(type, object.key()).sub("status"),
        new dev.fairlead.api.Patch(dev.fairlead.api.Patch.Type.MERGE, body),
        WriteOptions.NONE);
  }

  private void cordon(String node, boolean unschedulable) {
    patch(node, "{'spec':{'unschedulable':%s}}".formatted(unschedulable));
    awaitSeen(node, seen -> seen.spec().path("unschedulable").asBoolean(false) == unschedulable);
  }

  private void label(String node) {
    patch(node, "{'metadata':{'labels':{'looked':'at'}}}");
  }

  private void patch(String node, String body) {
    registry.patch(
        Target.object(Kinds.NODE, "", node),
        new dev.fairlead.api.Patch(dev.fairlead.api.Patch.Type.MERGE, document(body).tree()),
        WriteOptions.NONE);
  }

  private void deployment(String name, int replicas) {
    create(
        Kinds.DEPLOYMENT,
        "default",
        """
        {'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'%s'},'spec':{'replicas':%d,
        'selector':{'matchLabels':{'app':'%s'}},'template':{'metadata':{'labels':{'app':'%s'}},
        'spec':{'containers':[{'name':'c','image':'kuard'}]}}}}
        """
            .formatted(name, replicas, name, name));
  }

  private void delete(ResourceType type, String name, DeleteOptions.Propagation propagation) {
    registry.delete(
        Target.object(type, "default", name), new DeleteOptions(null, propagation, "", "", false));
  }

  private Map<String, Integer> perNode() {
    return list(Kinds.POD, "default").stream()
        .filter(pod -> pod.spec().has("nodeName"))
        .collect(
            Collectors.toMap(
                pod -> pod.spec().path("nodeName").asText(), pod -> 1, Integer::sum, TreeMap::new));
  }

  private void create(ResourceType type, String namespace, String json) {
    registry.create(Target.collection(type, namespace), document(json), WriteOptions.NONE);
  }

  private static Document document(String json) {
    return Document.ofJson(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private Document get(ResourceType type, String namespace, String name) {
    return registry.get(Target.object(type, namespace, name));
  }

  private boolean absent(ResourceType type, String namespace, String name) {
    try {
      get(type, namespace, name);
      return false;
    } catch (ApiException e) {
      return e.isNotFound();
    }
  }

  private List<Document> list(ResourceType type, String namespace) {
    return registry.list(Target.collection(type, namespace), ListOptions.ALL).items();
  }

  /** A clock that a test moves. */
  private static final class HandClock extends Clock {
    private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
