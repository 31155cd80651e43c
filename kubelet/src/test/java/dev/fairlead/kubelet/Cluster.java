package dev.fairlead.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.Patch;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.bootstrap.Bootstrap;
import dev.fairlead.apiserver.registry.Registry;
import dev.fairlead.apiserver.registry.RegistrySettings;
import dev.fairlead.store.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * The registry over a store in memory, and what tests say to it: pods in short, and waiting for
 * what becomes of them.
 */
public final class Cluster implements AutoCloseable {
  private final MemoryStore store = new MemoryStore();
  private final Registry api =
      new Registry(store, RegistrySettings.DEFAULT, InstantSource.system(), new Random(7));

  public Cluster() {
    Bootstrap.run(api, RegistrySettings.DEFAULT);
  }

  public KubeApi api() {
    return api;
  }

  @Override
  public void close() {
    api.close();
    store.close();
  }

  /** Gives a node its pod range, as the node controller does. */
  public void podCidr(String node, String range) {
    Target target = Target.object(Kinds.NODE, "", node);
    Awaitility.await().ignoreExceptions().until(() -> api.get(target) != null);
    change(target, tree -> tree.withObjectProperty("spec").put("podCIDR", range));
  }

  /** Makes a pod on a node from a JSON spec with single quotes. */
  public Document pod(String node, String name, String spec) {
    ObjectNode tree = Json.object();
    tree.put("apiVersion", "v1").put("kind", "Pod");
    tree.putObject("metadata").put("name", name).put("namespace", "default");
    ObjectNode body = Json.tree(spec.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    tree.set("spec", body.put("nodeName", node));
    return api.create(
        Target.collection(Kinds.POD, "default"), Document.of(tree), WriteOptions.NONE);
  }

  /** Changes what the only container of a pod may use. */
  public void resize(String name, String resources) {
    String container = get(name).tree().at("/spec/containers/0/name").asText();
    String patch =
        "{'spec':{'containers':[{'name':'%s','resources':%s}]}}".formatted(container, resources);
    ObjectNode tree = Json.tree(patch.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    Document _ =
        api.patch(
            pod(name).sub("resize"),
            new Patch(Patch.Type.STRATEGIC_MERGE, tree),
            WriteOptions.NONE);
  }

  /** Deletes a pod. */
  public void delete(String name, long graceSeconds) {
    api.delete(pod(name), new DeleteOptions(graceSeconds, null, "", "", false));
  }

  /** Makes any object of the namespace {@code default} from JSON with single quotes. */
  public Document create(ResourceType type, String json) {
    ObjectNode tree = Json.tree(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    tree.put("apiVersion", type.apiVersion()).put("kind", type.kind());
    return api.create(
        Target.collection(type, type.namespaced() ? "default" : ""),
        Document.of(tree),
        WriteOptions.NONE);
  }

  /** Of all pods there are. */
  public List<String> uids() {
    return api.list(Target.all(Kinds.POD), dev.fairlead.api.ListOptions.ALL).items().stream()
        .map(each -> each.meta().uid())
        .toList();
  }

  public Document get(String name) {
    return api.get(pod(name));
  }

  public Document await(String name, Predicate<Document> condition) {
    return Awaitility.await()
        .alias("pod " + name + " is " + describe(name))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> get(name), condition);
  }

  public Document awaitReady(String name) {
    return await(name, pod -> condition(pod, "Ready").equals("True"));
  }

  public void awaitGone(String name) {
    Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> gone(name));
  }

  public List<String> events() {
    return api.list(Target.all(Kinds.EVENT), dev.fairlead.api.ListOptions.ALL).items().stream()
        .map(each ->
            each.tree().path("reason").asText() + ": " + each.tree().path("message").asText())
        .toList();
  }

  public static String condition(Document object, String type) {
    for (JsonNode condition : object.status().path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition.path("status").asText();
      }
    }
    return "";
  }

  public static JsonNode container(Document pod) {
    return pod.status().path("containerStatuses").path(0);
  }

  public static ObjectKey key(String name) {
    return new ObjectKey("default", name);
  }

  private String describe(String name) {
    return gone(name) ? "gone" : String.valueOf(get(name));
  }

  private boolean gone(String name) {
    try {
      return api.get(pod(name)) == null;
    } catch (ApiException e) {
      return e.isNotFound();
    }
  }

  /** Changes an object, again and again while others change it. */
  public void change(Target target, Consumer<ObjectNode> edit) {
    Awaitility.await()
        .ignoreExceptions()
        .until(() -> api.update(target, api.get(target).with(edit), WriteOptions.NONE) != null);
  }

  private static Target pod(String name) {
    return Target.object(Kinds.POD, "default", name);
  }
}
