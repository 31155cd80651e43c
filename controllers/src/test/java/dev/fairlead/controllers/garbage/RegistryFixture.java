package dev.fairlead.controllers.garbage;

import static org.awaitility.Awaitility.await;

import dev.fairlead.api.ApiException;
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
import dev.fairlead.client.EventRecorder;
import dev.fairlead.client.InformerFactory;
import dev.fairlead.controllers.ControllerContext;
import dev.fairlead.controllers.LateKind;
import dev.fairlead.controllers.manager.Controllers;
import dev.fairlead.store.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The real registry with some controllers and nobody who plays the kubelet. */
public final class RegistryFixture implements AutoCloseable {
  public final List<String> events = new CopyOnWriteArrayList<>();
  public final Registry registry;
  private final MemoryStore store = new MemoryStore();
  private final LateKind seen;
  private final InformerFactory informers;
  private final Controllers controllers;

  /** Starts these controllers, with namespaces {@code default} and {@code other}. */
  public RegistryFixture(String... names) {
    this(Kinds.NAMESPACE, names);
    tell();
  }

  /** The same, but the controllers are told of objects of one kind only after {@link #tell}. */
  public RegistryFixture(ResourceType late, String... names) {
    registry = new Registry(store, RegistrySettings.DEFAULT, InstantSource.system(), new Random(7));
    seen = new LateKind(registry, late);
    informers = new InformerFactory(seen);
    create(Kinds.NAMESPACE, "", "metadata: {name: default}");
    create(Kinds.NAMESPACE, "", "metadata: {name: other}");
    EventRecorder recorder =
        (involved, path, severity, reason, message) ->
            events.add(involved.name() + " " + severity.type() + " " + reason + " " + message);
    controllers =
        Controllers.start(
            new ControllerContext(seen, informers, recorder, Clock.systemUTC()), Set.of(names));
    await().until(informers.informer(late)::synced);
  }

  /** Lets the controllers be told of what they were not told of yet. */
  public void tell() {
    seen.tell();
  }

  public Document create(ResourceType type, String namespace, String yaml) {
    Document object = Document.of(Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8)));
    return registry.create(Target.collection(type, namespace), object, WriteOptions.NONE);
  }

  /** A ConfigMap of namespace {@code default} that these own; references do not block. */
  public Document map(String name, Document... owners) {
    return create(Kinds.CONFIG_MAP, "default", map(name, false, owners));
  }

  /** A ConfigMap whose references block its owners' deletion in the foreground. */
  public Document blocking(String name, Document... owners) {
    return create(Kinds.CONFIG_MAP, "default", map(name, true, owners));
  }

  private static String map(String name, boolean blocking, Document... owners) {
    StringBuilder references = new StringBuilder();
    for (Document owner : owners) {
      references.append(references.isEmpty() ? "" : ", ").append(reference(owner, blocking));
    }
    return "metadata: {name: %s, ownerReferences: [%s]}".formatted(name, references);
  }

  /** A reference to an owner, as it stands in YAML. */
  public static String reference(Document owner, boolean blocking) {
    return "{apiVersion: %s, kind: %s, name: '%s', uid: '%s', blockOwnerDeletion: %s}"
        .formatted(owner.apiVersion(), owner.kind(), owner.name(), owner.meta().uid(), blocking);
  }

  /** Deletes a ConfigMap of namespace {@code default}. */
  public void delete(String name, DeleteOptions.Propagation propagation) {
    registry.delete(
        Target.object(Kinds.CONFIG_MAP, "default", name),
        new DeleteOptions(null, propagation, "", "", false));
  }

  /** Patches metadata, as YAML. */
  public void metadata(ResourceType type, String namespace, String name, String yaml) {
    registry.patch(
        Target.object(type, namespace, name),
        new Patch(
            Patch.Type.MERGE, Yaml.parse(("metadata: " + yaml).getBytes(StandardCharsets.UTF_8))),
        WriteOptions.NONE);
  }

  public Document get(ResourceType type, String namespace, String name) {
    return registry.get(Target.object(type, namespace, name));
  }

  /** A ConfigMap of namespace {@code default}. */
  public Document get(String name) {
    return get(Kinds.CONFIG_MAP, "default", name);
  }

  public boolean absent(ResourceType type, String namespace, String name) {
    try {
      get(type, namespace, name);
      return false;
    } catch (ApiException e) {
      return e.isNotFound();
    }
  }

  /** Whether a ConfigMap of namespace {@code default} is gone. */
  public boolean absent(String name) {
    return absent(Kinds.CONFIG_MAP, "default", name);
  }

  /** The names of the objects of one kind in a namespace. */
  public List<String> names(ResourceType type, String namespace) {
    return registry.list(Target.collection(type, namespace), ListOptions.ALL).items().stream()
        .map(Document::name)
        .toList();
  }

  @Override
  public void close() {
    controllers.close();
    informers.close();
    registry.close();
    store.close();
  }
}
