package dev.fairlead.controllers.serviceaccount;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.client.Controller;
import dev.fairlead.client.KeyedWorkQueue;
import dev.fairlead.client.Reconciler;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.client.WorkQueue;
import dev.fairlead.controllers.ControllerContext;
import dev.fairlead.controllers.PodControl;
import org.jspecify.annotations.Nullable;

/**
 * Gives each active namespace its ServiceAccount {@code default} and its ConfigMap {@code
 * kube-root-ca.crt}, and puts them back when they are deleted or the certificates change.
 */
public final class NamespaceFurniture implements Reconciler<ObjectKey> {
  private static final String ACCOUNT = "default";
  private static final String CERTIFICATES = "kube-root-ca.crt";
  private static final String FILE = "ca.crt";
  private static final int WORKERS = 2;

  private final ControllerContext context;
  private final SharedInformer namespaces;
  private final SharedInformer accounts;
  private final SharedInformer configMaps;
  private final WorkQueue<ObjectKey> queue = new KeyedWorkQueue<>();

  private NamespaceFurniture(ControllerContext context) {
    this.context = context;
    this.namespaces = context.informers().informer(Kinds.NAMESPACE);
    this.accounts = context.informers().informer(Kinds.SERVICE_ACCOUNT);
    this.configMaps = context.informers().informer(Kinds.CONFIG_MAP);
  }

  /** Starts the controller; it works once its informers have synced. */
  public static Controller start(ControllerContext context) {
    NamespaceFurniture controller = new NamespaceFurniture(context);
    controller.namespaces.addListener(controller::namespaceChanged);
    controller.accounts.addListener((before, after) -> controller.changed(ACCOUNT, before, after));
    controller.configMaps.addListener(
        (before, after) -> controller.changed(CERTIFICATES, before, after));
    return Controller.start(
        "serviceaccount",
        WORKERS,
        controller.queue,
        controller,
        controller.namespaces,
        controller.accounts,
        controller.configMaps);
  }

  @Override
  public void reconcile(ObjectKey key) {
    Document namespace = namespaces.get(key);
    if (namespace == null || namespace.meta().deleting()) {
      return;
    }
    if (accounts.get(new ObjectKey(key.name(), ACCOUNT)) == null) {
      create(Kinds.SERVICE_ACCOUNT, key.name(), object(Kinds.SERVICE_ACCOUNT, ACCOUNT));
    }
    String certificates = context.settings().rootCertificates();
    if (!certificates.isEmpty()) {
      keepCertificates(key.name(), certificates);
    }
  }

  private void keepCertificates(String namespace, String certificates) {
    Document known = configMaps.get(new ObjectKey(namespace, CERTIFICATES));
    if (known == null) {
      ObjectNode map = object(Kinds.CONFIG_MAP, CERTIFICATES);
      map.putObject("data").put(FILE, certificates);
      create(Kinds.CONFIG_MAP, namespace, map);
    } else if (!known.tree().path("data").path(FILE).asText("").equals(certificates)) {
      Document next = known.with(tree -> tree.putObject("data").put(FILE, certificates));
      Document _ =
          context
              .api()
              .update(Target.object(Kinds.CONFIG_MAP, known.key()), next, WriteOptions.NONE);
    }
  }

  private static ObjectNode object(ResourceType type, String name) {
    ObjectNode tree = Json.object().put("apiVersion", type.apiVersion()).put("kind", type.kind());
    tree.putObject("metadata").put("name", name);
    return tree;
  }

  private void create(ResourceType type, String namespace, ObjectNode tree) {
    try {
      Document _ =
          context
              .api()
              .create(Target.collection(type, namespace), Document.of(tree), WriteOptions.NONE);
    } catch (ApiException e) {
      // There already, or the namespace is going: in both cases nothing is left to do.
      if (!e.isAlreadyExists() && !e.isNotFound() && !PodControl.namespaceTerminating(e)) {
        throw e;
      }
    }
  }

  private void namespaceChanged(@Nullable Document before, @Nullable Document after) {
    if (after != null) {
      queue.add(after.key());
    }
  }

  private void changed(String name, @Nullable Document before, @Nullable Document after) {
    Document object = after != null ? after : before;
    if (object != null && before != null && object.name().equals(name)) {
      queue.add(new ObjectKey("", object.namespace()));
    }
  }
}
