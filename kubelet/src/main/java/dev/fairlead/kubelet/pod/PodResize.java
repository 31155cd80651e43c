package dev.fairlead.kubelet.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.quota.PodAmounts;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the containers of one pod were granted (KEP-1287): what the spec said when the node first
 * saw the pod, and from then on each change that the node has room for. Used by the pod's worker
 * only.
 */
final class PodResize {
  private final PodContext context;
  private final Runnable again;
  private final Map<String, JsonNode> granted = new HashMap<>();
  private Document seen;
  private ResizeVerdict verdict = new ResizeVerdict.Granted();

  /**
   * A pod that the node sees for the first time.
   *
   * @param again lets the pod look again, on any thread
   */
  PodResize(PodContext context, Document pod, Runnable again) {
    this.context = context;
    this.again = again;
    this.seen = pod;
    granted.putAll(resources(pod));
  }

  /** The pod will run here. */
  void admitted() {
    context.allocations().put(seen.meta().uid(), PodAmounts.requests(effective().spec()));
  }

  /** The object has changed: the pod as the node runs it. */
  Document saw(Document newer) {
    seen = newer;
    decide();
    return effective();
  }

  /** Asks again for what was deferred: the pod as the node runs it; null when nothing waits. */
  @Nullable Document again() {
    return verdict instanceof ResizeVerdict.Deferred ? saw(seen) : null;
  }

  /** What the node said of the newest wish. */
  ResizeVerdict verdict() {
    return verdict;
  }

  private void decide() {
    Map<String, JsonNode> wanted = resources(seen);
    if (wanted.equals(granted)) {
      verdict = new ResizeVerdict.Granted();
      return;
    }
    verdict =
        context
            .allocations()
            .resize(
                seen.meta().uid(), PodAmounts.requests(seen.spec()), context.allocatable(), again);
    if (verdict instanceof ResizeVerdict.Granted) {
      granted.clear();
      granted.putAll(wanted);
    }
  }

  private Document effective() {
    if (resources(seen).equals(granted)) {
      return seen;
    }
    return seen.with(tree -> {
      for (JsonNode container : PodAmounts.containers(tree.path("spec"))) {
        JsonNode known = granted.get(name(container));
        if (known != null && container instanceof ObjectNode object) {
          object.set("resources", known);
        }
      }
    });
  }

  private static Map<String, JsonNode> resources(Document pod) {
    Map<String, JsonNode> result = new HashMap<>();
    for (JsonNode container : PodAmounts.containers(pod.spec())) {
      result.put(name(container), container.path("resources"));
    }
    return result;
  }

  private static String name(JsonNode container) {
    return container.path("name").asText("");
  }
}
