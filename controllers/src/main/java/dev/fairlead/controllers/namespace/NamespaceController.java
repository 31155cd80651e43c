package dev.fairlead.controllers.namespace;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.client.Controller;
import dev.fairlead.client.Informer;
import dev.fairlead.client.KeyedWorkQueue;
import dev.fairlead.client.Reconciler;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.client.WorkQueue;
import dev.fairlead.controllers.ControllerContext;
import dev.fairlead.controllers.StatusPatch;
import dev.fairlead.controllers.namespace.NamespaceStatus.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deletes everything in a namespace that is being deleted, then gives up the finalizer that held it
 * (upstream: {@code pkg/controller/namespace}). What goes late, such as a pod with a grace period,
 * wakes it by going.
 */
public final class NamespaceController implements Reconciler<ObjectKey> {
  private static final String FINALIZER = "kubernetes";
  private static final int WORKERS = 4;

  /** Should the going of what was left not be told: it came and went while a watch was away. */
  private static final Duration AGAIN = Duration.ofSeconds(15);

  private static final List<ResourceType> CONTENT =
      Kinds.ALL.stream().filter(ResourceType::namespaced).toList();

  private final ControllerContext context;
  private final SharedInformer namespaces;
  private final WorkQueue<ObjectKey> queue = new KeyedWorkQueue<>();

  private NamespaceController(ControllerContext context) {
    this.context = context;
    this.namespaces = context.informers().informer(Kinds.NAMESPACE);
  }

  /** Starts the controller; it works once its informers have synced. */
  public static Controller start(ControllerContext context) {
    NamespaceController controller = new NamespaceController(context);
    List<Informer> reads = new ArrayList<>(List.of(controller.namespaces));
    controller.namespaces.addListener(controller::namespaceChanged);
    for (ResourceType type : CONTENT) {
      SharedInformer content = context.informers().informer(type);
      content.addListener(controller::contentChanged);
      reads.add(content);
    }
    return Controller.start(
        "namespace", WORKERS, controller.queue, controller, reads.toArray(Informer[]::new));
  }

  @Override
  public void reconcile(ObjectKey key) {
    Document namespace = namespaces.get(key);
    if (namespace == null || !namespace.meta().deleting()) {
      return;
    }
    Progress progress = empty(key.name());
    if (progress.done()) {
      finish(namespace);
      return;
    }
    StatusPatch.write(
        context.api(),
        Kinds.NAMESPACE,
        namespace,
        NamespaceStatus.of(namespace, progress, context.clock().instant()));
    if (!progress.failures().isEmpty()) {
      throw ApiException.internal(
          "content of namespace %s: %s"
              .formatted(key.name(), String.join(", ", progress.failures())));
    }
    queue.addAfter(key, AGAIN);
  }

  /** Pods go first, so that nothing they use goes while they run (KEP-5080). */
  private Progress empty(String namespace) {
    NamespaceContent pods = new NamespaceContent(context.api(), namespace);
    pods.empty(Kinds.POD);
    if (!pods.progress().done()) {
      return pods.progress();
    }
    NamespaceContent rest = new NamespaceContent(context.api(), namespace);
    CONTENT.forEach(rest::empty);
    return rest.progress();
  }

  private void finish(Document namespace) {
    Document next =
        namespace.with(tree -> {
          ArrayNode kept = Json.object().putArray("finalizers");
          for (var each : namespace.spec().path("finalizers")) {
            if (!each.asText().equals(FINALIZER)) {
              kept.add(each);
            }
          }
          tree.withObjectProperty("spec").set("finalizers", kept);
        });
    try {
      Document _ =
          context
              .api()
              .update(
                  Target.object(Kinds.NAMESPACE, namespace.key()).sub("finalize"),
                  next,
                  WriteOptions.NONE);
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }

  private void namespaceChanged(@Nullable Document before, @Nullable Document after) {
    if (after != null && after.meta().deleting()) {
      queue.add(after.key());
    }
  }

  private void contentChanged(@Nullable Document before, @Nullable Document after) {
    if (after == null && before != null) {
      ObjectKey key = new ObjectKey("", before.namespace());
      Document namespace = namespaces.get(key);
      if (namespace != null && namespace.meta().deleting()) {
        queue.add(key);
      }
    }
  }
}
