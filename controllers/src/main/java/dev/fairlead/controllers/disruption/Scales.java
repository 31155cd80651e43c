package dev.fairlead.controllers.disruption;

import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.OwnerReference;
import dev.fairlead.api.ResourceType;
import dev.fairlead.client.Informer;
import dev.fairlead.client.InformerFactory;
import dev.fairlead.client.SharedInformer;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How many pods the controllers of some pods want, from every kind that can be scaled. */
final class Scales {
  private static final List<ResourceType> SCALED =
      Kinds.ALL.stream().filter(type -> type.subresources().contains("scale")).toList();

  /** Controllers above controllers: a ReplicaSet's Deployment, and no more than a few. */
  private static final int HEIGHT_MAX = 4;

  private final Map<ResourceType, SharedInformer> informers = new LinkedHashMap<>();

  Scales(InformerFactory factory) {
    SCALED.forEach(type -> informers.put(type, factory.informer(type)));
  }

  Collection<SharedInformer> informers() {
    return informers.values();
  }

  Informer[] with(Informer... others) {
    Informer[] all = new Informer[informers.size() + others.length];
    int index = 0;
    for (SharedInformer each : informers.values()) {
      all[index++] = each;
    }
    System.arraycopy(others, 0, all, index, others.length);
    return all;
  }

  /**
   * The replicas that the pods' controllers want together; pods without a controller count not.
   *
   * @throws UnscalableException when the controller of a pod cannot be scaled
   */
  int of(Collection<Document> pods) throws UnscalableException {
    Map<String, Integer> replicas = new HashMap<>();
    for (Document pod : pods) {
      OwnerReference reference = pod.meta().controller();
      if (reference == null) {
        continue;
      }
      Document top = top(pod.namespace(), reference);
      if (top == null) {
        throw new UnscalableException("found no controllers for pod \"%s\"".formatted(pod.name()));
      }
      replicas.put(top.meta().uid(), replicas(top));
    }
    return replicas.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Whether a change of a scaled object changes nothing that is read here. */
  static boolean alike(Document before, Document after) {
    return replicas(before) == replicas(after)
        && Objects.equals(before.meta().controller(), after.meta().controller());
  }

  private static int replicas(Document scaled) {
    return scaled.spec().path("replicas").asInt(1);
  }

  private @Nullable Document top(String namespace, OwnerReference first) {
    Document found = find(namespace, first);
    for (int height = 1; found != null && height < HEIGHT_MAX; height++) {
      OwnerReference next = found.meta().controller();
      Document above = next == null ? null : find(namespace, next);
      if (above == null) {
        return found;
      }
      found = above;
    }
    return found;
  }

  private @Nullable Document find(String namespace, OwnerReference owner) {
    SharedInformer informer =
        Kinds.byKind(owner.apiVersion(), owner.kind()).map(informers::get).orElse(null);
    Document found = informer == null ? null : informer.get(new ObjectKey(namespace, owner.name()));
    return found != null && found.meta().uid().equals(owner.uid()) ? found : null;
  }

  /** The wanted number of pods cannot be told. */
  static final class UnscalableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnscalableException(String message) {
      super(message, null, false, false);
    }

    String message() {
      return String.valueOf(getMessage());
    }
  }
}
