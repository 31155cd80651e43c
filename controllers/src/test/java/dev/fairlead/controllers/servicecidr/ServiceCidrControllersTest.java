package dev.fairlead.controllers.servicecidr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.apiserver.bootstrap.Bootstrap;
import dev.fairlead.apiserver.registry.Registry;
import dev.fairlead.apiserver.registry.RegistrySettings;
import dev.fairlead.client.EventRecorder;
import dev.fairlead.client.InformerFactory;
import dev.fairlead.controllers.ControllerContext;
import dev.fairlead.controllers.manager.Controllers;
import dev.fairlead.store.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ranges and addresses over the real registry. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ServiceCidrControllersTest {
  private final MemoryStore store = new MemoryStore();
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final Registry api =
      new Registry(store, RegistrySettings.DEFAULT, Clock.systemUTC(), new Random(7));
  private final InformerFactory informers;
  private final Controllers controllers;

  ServiceCidrControllersTest() {
    Bootstrap.run(api, RegistrySettings.DEFAULT);
    informers = new InformerFactory(api);
    EventRecorder recorder =
        (involved, path, severity, reason, message) -> events.add(reason + ": " + message);
    controllers =
        Controllers.start(
            new ControllerContext(api, informers, recorder, Clock.systemUTC()),
            Set.of("servicecidrs", "ipaddresses"));
  }

  @AfterEach
  void close() {
    controllers.close();
    informers.close();
    api.close();
    store.close();
  }

  @Test
  void aNewRangeIsReady() {
    range("more", "10.116.0.0/28");
    awaitReady("more", "True", "", "Kubernetes Service CIDR is ready");
  }

  @Test
  void aRangeGoesWhenItsLastAddressDoes() {
    range("more", "10.116.0.0/28");
    service("a", "10.116.0.3");
    delete(Kinds.SERVICE_CIDR, "", "more");
    awaitReady(
        "more",
        "False",
        "Terminating",
        "There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new ServiceCIDR");
    delete(Kinds.SERVICE, "default", "a");
    awaitGone(Kinds.SERVICE_CIDR, "more");
  }

  @Test
  void aRangeGoesWhenAnotherCoversIt() {
    range("more", "10.116.0.0/28");
    service("a", "10.116.0.3");
    delete(Kinds.SERVICE_CIDR, "", "more");
    awaitReady("more", "False", "Terminating", null);
    range("wider", "10.116.0.0/24");
    awaitGone(Kinds.SERVICE_CIDR, "more");
    assertThat(get(Kinds.IP_ADDRESS, "", "10.116.0.3")).isNotNull();
  }

  @Test
  void anUnusedRangeGoesAtOnce() {
    range("more", "10.116.0.0/28");
    delete(Kinds.SERVICE_CIDR, "", "more");
    awaitGone(Kinds.SERVICE_CIDR, "more");
  }

  @Test
  void theFinalizerComesBack() {
    Document made = range("more", "10.116.0.0/28");
    awaitReady("more", "True", "", null);
    Document bare =
        get(Kinds.SERVICE_CIDR, "", "more")
            .with(tree -> ((ObjectNode) tree.get("metadata")).remove("finalizers"));
    api.update(Target.object(Kinds.SERVICE_CIDR, made.key()), bare, WriteOptions.NONE);
    await()
        .untilAsserted(() ->
            assertThat(get(Kinds.SERVICE_CIDR, "", "more").meta().finalizers())
                .containsExactly("networking.k8s.io/service-cidr-finalizer"));
  }

  @Test
  void anAddressDeletedUnderALivingServiceIsMadeAnew() {
    service("a", "10.115.240.77");
    String first = get(Kinds.IP_ADDRESS, "", "10.115.240.77").meta().uid();
    delete(Kinds.IP_ADDRESS, "", "10.115.240.77");
    await()
        .ignoreException(ApiException.class)
        .until(() -> !get(Kinds.IP_ADDRESS, "", "10.115.240.77").meta().uid().equals(first));
    assertThat(events)
        .contains(
            "ClusterIPNotAllocated: Cluster IP [IPv4]: 10.115.240.77 is not allocated; repairing");
  }

  @Test
  void anAddressThatLostItsLabelsGetsThemBack() {
    service("a", "10.115.240.77");
    Document bare =
        get(Kinds.IP_ADDRESS, "", "10.115.240.77")
            .with(tree -> ((ObjectNode) tree.get("metadata")).remove("labels"));
    api.update(Target.object(Kinds.IP_ADDRESS, bare.key()), bare, WriteOptions.NONE);
    await()
        .ignoreException(ApiException.class)
        .until(() -> get(Kinds.IP_ADDRESS, "", "10.115.240.77").meta().labels().size() == 2);
  }

  @Test
  void anAddressOfNobodyGoes() {
    create(
        Kinds.IP_ADDRESS,
        "",
        "{metadata: {name: 10.115.240.9, labels: {ipaddress.kubernetes.io/managed-by:"
            + " ipallocator.k8s.io}}, spec: {parentRef: {resource: services, namespace: default,"
            + " name: gone}}}");
    awaitGone(Kinds.IP_ADDRESS, "10.115.240.9");
    assertThat(events)
        .contains(
            "IPAddressNotAllocated: IPAddress: 10.115.240.9 for Service default/gone appears to"
                + " have leaked: cleaning up");
  }

  @Test
  void theAddressOfAnotherControllerStays() {
    create(
        Kinds.IP_ADDRESS,
        "",
        "{metadata: {name: 10.115.240.9}, spec: {parentRef: {group: a.b, resource: gateways, name:"
            + " g}}}");
    service("a", "10.115.240.77");
    delete(Kinds.IP_ADDRESS, "", "10.115.240.77");
    await()
        .untilAsserted(() -> assertThat(events).anyMatch(each -> each.contains("240.77 is not")));
    assertThat(get(Kinds.IP_ADDRESS, "", "10.115.240.9")).isNotNull();
  }

  private void awaitReady(
      String name,
      String status,
      String reason,
      @org.jspecify.annotations.Nullable String message) {
    await()
        .untilAsserted(() -> {
          var condition = get(Kinds.SERVICE_CIDR, "", name).status().at("/conditions/0");
          assertThat(condition.path("status").asText()).isEqualTo(status);
          assertThat(condition.path("reason").asText()).isEqualTo(reason);
          if (message != null) {
            assertThat(condition.path("message").asText()).isEqualTo(message);
          }
        });
  }

  private void awaitGone(ResourceType type, String name) {
    await()
        .until(() -> {
          try {
            Document _ = get(type, "", name);
            return false;
          } catch (ApiException e) {
            return e.isNotFound();
          }
        });
  }

  private Document range(String name, String cidr) {
    return create(
        Kinds.SERVICE_CIDR,
        "",
        "{metadata: {name: %s}, spec: {cidrs: [%s]}}".formatted(name, cidr));
  }

  private void service(String name, String address) {
    Document _ =
        create(
            Kinds.SERVICE,
            "default",
            "{metadata: {name: %s}, spec: {clusterIP: %s, ports: [{port: 80}]}}"
                .formatted(name, address));
  }

  private Document create(ResourceType type, String namespace, String yaml) {
    return api.create(
        Target.collection(type, namespace),
        Document.of(Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8))),
        WriteOptions.NONE);
  }

  private void delete(ResourceType type, String namespace, String name) {
    Document _ = api.delete(Target.object(type, namespace, name), DeleteOptions.NONE);
  }

  private Document get(ResourceType type, String namespace, String name) {
    return api.get(Target.object(type, namespace, name));
  }
}
