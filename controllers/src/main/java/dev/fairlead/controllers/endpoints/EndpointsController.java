package dev.fairlead.controllers.endpoints;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.view.Service;
import dev.fairlead.client.Controller;
import dev.fairlead.client.EventRecorder;
import dev.fairlead.client.KeyedWorkQueue;
import dev.fairlead.client.Reconciler;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.client.WorkQueue;
import dev.fairlead.controllers.CanonicalJson;
import dev.fairlead.controllers.ControllerContext;
import dev.fairlead.controllers.OwnWrites;
import dev.fairlead.controllers.ServicePods;
import dev.fairlead.controllers.TriggerTimes;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the Endpoints object of every Service with a selector (upstream: {@code
 * pkg/controller/endpoint}). EndpointSlices are the truth; this is for those who still read
 * Endpoints, and for {@code kubectl get endpoints --watch}.
 */
public final class EndpointsController implements Reconciler<ObjectKey> {
  static final int ADDRESSES_MAX = 1000;

  private static final int WORKERS = 5;
  private static final String OVER_CAPACITY = "endpoints.kubernetes.io/over-capacity";
  private static final String HEADLESS_LABEL = "service.kubernetes.io/headless";
  private static final String MANAGED_BY_LABEL = "endpoints.kubernetes.io/managed-by";
  private static final String MANAGER = "endpoint-controller";

  private final KubeApi api;
  private final EventRecorder events;
  private final SharedInformer services;
  private final SharedInformer pods;
  private final SharedInformer endpoints;
  private final ServicePods servicePods;
  private final OwnWrites ownWrites = new OwnWrites();
  private final TriggerTimes triggerTimes = new TriggerTimes();
  private final WorkQueue<ObjectKey> queue = new KeyedWorkQueue<>();

  /** Services that were seen to go; their Endpoints go with them. */
  private final Set<ObjectKey> ended = ConcurrentHashMap.newKeySet();

  private EndpointsController(ControllerContext context) {
    api = context.api();
    events = context.events().as("endpoint-controller");
    services = context.informers().informer(Kinds.SERVICE);
    pods = context.informers().informer(Kinds.POD);
    endpoints = context.informers().informer(Kinds.ENDPOINTS);
    servicePods = new ServicePods(services, pods);
  }

  /** Starts the controller; it works once its informers have synced. */
  public static Controller start(ControllerContext context) {
    EndpointsController controller = new EndpointsController(context);
    controller.services.addListener(controller::serviceChanged);
    controller.pods.addListener((before, after) ->
        controller.servicePods.servicesOf(before, after).forEach(controller.queue::add));
    controller.endpoints.addListener(controller::keyed);
    return Controller.start(
        "endpoint-controller",
        WORKERS,
        controller.queue,
        controller,
        controller.services,
        controller.pods,
        controller.endpoints);
  }

  @Override
  public void reconcile(ObjectKey key) {
    String reached = endpoints.reached();
    Document seen = endpoints.get(key);
    List<Document> known = ownWrites.over(key, reached, seen == null ? List.of() : List.of(seen));
    Document existing = known.isEmpty() ? null : known.getFirst();
    Document service = services.get(key);
    if (service == null) {
      withoutService(key, existing);
      return;
    }
    ended.remove(key);
    Service view = Service.of(service);
    if (view.selector().isEmpty() || view.type().equals("ExternalName")) {
      return;
    }
    List<Document> selected = servicePods.podsOf(view);
    Instant triggered = triggerTimes.next(service, selected);
    List<Subsets.Entry> entries = WantedSubsets.of(service, selected);
    ArrayNode subsets = Subsets.pack(entries, ADDRESSES_MAX);
    Map<String, String> labels = labels(service);
    boolean over = entries.size() > ADDRESSES_MAX;
    if (existing == null) {
      write(service, tree(key, labels, subsets, triggered, over), true);
    } else if (differs(existing, labels, subsets, over)) {
      write(service, existing.with(tree -> fill(tree, labels, subsets, triggered, over)), false);
    }
  }

  private void write(Document service, Document wanted, boolean create) {
    ObjectKey key = service.key();
    try {
      Document stored =
          create
              ? api.create(
                  Target.collection(Kinds.ENDPOINTS, key.namespace()), wanted, WriteOptions.NONE)
              : api.update(Target.object(Kinds.ENDPOINTS, key), wanted, WriteOptions.NONE);
      ownWrites.stored(key, stored);
    } catch (ApiException e) {
      ownWrites.forget(key);
      if (!e.isConflict() && !e.isAlreadyExists()) {
        String verb = create ? "create" : "update";
        events.warning(
            service,
            create ? "FailedToCreateEndpoint" : "FailedToUpdateEndpoint",
            "Failed to %s endpoint %s: %s".formatted(verb, key, e.message()));
      }
      throw e;
    }
  }

  /**
   * Endpoints go with their Service. Hand-made ones that have none stay: it may be made later, or
   * have been made already and not been told of yet.
   */
  private void withoutService(ObjectKey key, @Nullable Document existing) {
    triggerTimes.forget(key);
    ownWrites.forget(key);
    boolean gone = ended.remove(key);
    if (existing == null || !(gone || ours(existing))) {
      return;
    }
    try {
      api.delete(Target.object(Kinds.ENDPOINTS, key), DeleteOptions.ofUid(existing.meta().uid()));
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        if (gone) {
          ended.add(key);
        }
        throw e;
      }
    }
  }

  private static boolean ours(Document endpoints) {
    return MANAGER.equals(endpoints.meta().labels().get(MANAGED_BY_LABEL));
  }

  private static Map<String, String> labels(Document service) {
    Map<String, String> labels = new LinkedHashMap<>(service.meta().labels());
    labels.put(MANAGED_BY_LABEL, MANAGER);
    labels.remove(HEADLESS_LABEL);
    if (Service.of(service).headless()) {
      labels.put(HEADLESS_LABEL, "");
    }
    return labels;
  }

  private static boolean differs(
      Document existing, Map<String, String> labels, ArrayNode subsets, boolean over) {
    return !existing.meta().labels().equals(labels)
        || existing.meta().annotations().containsKey(OVER_CAPACITY) != over
        || !CanonicalJson.same(existing.tree().path("subsets"), subsets);
  }

  private static Document tree(
      ObjectKey key,
      Map<String, String> labels,
      ArrayNode subsets,
      @Nullable Instant triggered,
      boolean over) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("apiVersion", "v1").put("kind", "Endpoints");
    tree.putObject("metadata").put("name", key.name()).put("namespace", key.namespace());
    fill(tree, labels, subsets, triggered, over);
    return Document.of(tree);
  }

  private static void fill(
      ObjectNode tree,
      Map<String, String> labels,
      ArrayNode subsets,
      @Nullable Instant triggered,
      boolean over) {
    ObjectNode meta = tree.withObject("/metadata");
    ObjectNode labelTree = meta.putObject("labels");
    labels.forEach(labelTree::put);
    annotate(meta, TriggerTimes.ANNOTATION, triggered == null ? "" : triggered.toString());
    annotate(meta, OVER_CAPACITY, over ? "truncated" : "");
    if (subsets.isEmpty()) {
      tree.remove("subsets");
    } else {
      tree.set("subsets", subsets);
    }
  }

  private static void annotate(ObjectNode meta, String name, String value) {
    if (!value.isEmpty()) {
      meta.withObject("/annotations").put(name, value);
    } else if (meta.path("annotations") instanceof ObjectNode annotations) {
      annotations.remove(name);
    }
  }

  private void serviceChanged(@Nullable Document before, @Nullable Document after) {
    if (after == null && before != null) {
      ended.add(before.key());
    }
    keyed(before, after);
  }

  private void keyed(@Nullable Document before, @Nullable Document after) {
    Document any = after == null ? before : after;
    if (any != null) {
      queue.add(any.key());
    }
  }
}
