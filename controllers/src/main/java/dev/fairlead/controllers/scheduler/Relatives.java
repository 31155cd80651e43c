package dev.fairlead.controllers.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.OwnerReference;
import dev.fairlead.api.select.LabelSelector;
import dev.fairlead.api.select.Requirement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which pods a pod without spread constraints is spread among: those that the Services and the
 * controller that select it select (upstream: {@code helper.DefaultSelector}).
 *
 * @param services the Services that may select a pod
 * @param controllers of pods; null for one that is not known or of another kind
 */
record Relatives(Function<Document, Collection<Document>> services, Controllers controllers)
    implements Function<Document, LabelSelector> {

  /** Finds controllers of pods. */
  @FunctionalInterface
  interface Controllers {
    @Nullable Document get(OwnerReference reference, String namespace);
  }

  /** Without requirements when nothing selects the pod. */
  @Override
  public LabelSelector apply(Document pod) {
    Map<String, String> labels = new TreeMap<>();
    for (Document service : services.apply(pod)) {
      JsonNode selector = service.spec().path("selector");
      if (!selector.isEmpty() && matches(selector, pod)) {
        merge(selector, labels);
      }
    }
    List<Requirement> requirements = new ArrayList<>();
    OwnerReference owner = pod.meta().controller();
    Document controller = owner == null ? null : controllers.get(owner, pod.namespace());
    if (owner != null && controller != null) {
      JsonNode selector = controller.spec().path("selector");
      if (owner.kind().equals("ReplicationController")) {
        merge(selector, labels);
      } else {
        requirements.addAll(LabelSelector.ofTree(selector).requirements());
      }
    }
    requirements.addAll(LabelSelector.ofMap(labels).requirements());
    return new LabelSelector(requirements, false);
  }

  private static boolean matches(JsonNode selector, Document pod) {
    return selector
        .propertyStream()
        .allMatch(each -> each.getValue().asText().equals(pod.meta().labels().get(each.getKey())));
  }

  private static void merge(JsonNode selector, Map<String, String> into) {
    selector.properties().forEach(each -> into.put(each.getKey(), each.getValue().asText()));
  }
}
