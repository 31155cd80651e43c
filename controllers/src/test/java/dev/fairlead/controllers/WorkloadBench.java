package dev.fairlead.controllers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.Patch;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.apiserver.registry.Registry;
import dev.fairlead.apiserver.registry.RegistrySettings;
import dev.fairlead.client.InformerFactory;
import dev.fairlead.controllers.manager.Controllers;
import dev.fairlead.store.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The real registry, some controllers and a simulated kubelet of all nodes, for tests. */
public final class WorkloadBench implements AutoCloseable {
  private final MemoryStore store = new MemoryStore();
  public final Registry api =
      new Registry(store, RegistrySettings.DEFAULT, Clock.systemUTC(), new Random(7));
  private final InformerFactory informers = new InformerFactory(api);
  private final Collection<String> events = new ConcurrentLinkedQueue<>();
  private final Controllers controllers;
  public final SimulatedKubelet kubelet;

  /** Runs these controllers; without the scheduler all pods go to {@code node-1}. */
  public WorkloadBench(String... names) {
    Set<String> enabled = Set.of(names);
    create(Kinds.NAMESPACE, "metadata: {name: default}");
    controllers =
        Controllers.start(
            new ControllerContext(
                api,
                informers,
                (involved, path, severity, reason, message) -> events.add(reason + ": " + message),
                Clock.systemUTC()),
            enabled);
    kubelet = new SimulatedKubelet(api, informers, !enabled.contains("scheduler"));
  }

  /** What the controllers said, {@code Reason: message}, oldest first. */
  public List<String> events() {
    return List.copyOf(events);
  }

  /** A node that is ready, and that the controllers know to be so. */
  public void node(String name) {
    create(Kinds.NODE, "metadata: {name: %s, labels: {name: %s}}".formatted(name, name));
    patch(
        Target.object(Kinds.NODE, "", name).sub("status"),
        "status: {conditions: [{type: Ready, status: 'True'}]}");
    await()
        .until(() -> {
          Document seen = informers.informer(Kinds.NODE).get(new ObjectKey("", name));
          return seen != null && Pods.ready(seen);
        });
  }

  public Document create(ResourceType type, String yaml) {
    String namespace = type.namespaced() ? "default" : "";
    return api.create(Target.collection(type, namespace), document(yaml), WriteOptions.NONE);
  }

  /** A merge patch. */
  public Document patch(ResourceType type, String name, String yaml) {
    return patch(Target.object(type, type.namespaced() ? "default" : "", name), yaml);
  }

  private Document patch(Target target, String yaml) {
    ObjectNode body = document(yaml).tree();
    return api.patch(target, new Patch(Patch.Type.MERGE, body), WriteOptions.NONE);
  }

  public void delete(ResourceType type, String name) {
    try {
      api.delete(Target.object(type, "default", name), DeleteOptions.NONE);
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }

  public Document get(ResourceType type, String name) {
    return api.get(Target.object(type, "default", name));
  }

  public List<Document> all(ResourceType type) {
    return api.list(Target.collection(type, "default"), ListOptions.ALL).items().stream()
        .sorted(Comparator.comparing(Document::name))
        .toList();
  }

  /** Pods that are not on their way out, by name. */
  public List<Document> pods() {
    return all(Kinds.POD).stream().filter(pod -> !pod.meta().deleting()).toList();
  }

  public List<String> podNames() {
    return pods().stream().map(Document::name).toList();
  }

  /** The value at {@code pointer} of each pod, by the pod's name. */
  public List<String> ofPods(String pointer) {
    return pods().stream().map(pod -> pod.tree().at(pointer).asText()).toList();
  }

  public static ObjectKey key(String name) {
    return new ObjectKey("default", name);
  }

  /** Asserts numbers of a status, {@code replicas=3 readyReplicas=2}; a missing one is 0. */
  public void assertStatus(ResourceType type, String name, String expected) {
    Document object = get(type, name);
    assertThat(object.status().path("observedGeneration").asLong())
        .isEqualTo(object.meta().generation());
    for (String each : expected.split(" ")) {
      String[] pair = each.split("=");
      assertThat(object.status().path(pair[0]).asText("0")).as(pair[0]).isEqualTo(pair[1]);
    }
  }

  private static Document document(String yaml) {
    return Document.of(Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void close() {
    kubelet.close();
    controllers.close();
    informers.close();
    api.close();
    store.close();
  }
}
