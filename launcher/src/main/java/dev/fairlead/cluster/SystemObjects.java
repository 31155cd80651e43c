package dev.fairlead.cluster;

import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.apiserver.bootstrap.Bootstrap;
import dev.fairlead.apiserver.registry.RegistrySettings;
import dev.fairlead.client.Controller;
import dev.fairlead.client.InformerFactory;
import dev.fairlead.client.KeyedWorkQueue;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.client.WorkQueue;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the Services {@code kubernetes} and {@code kube-dns} again when somebody deletes them or
 * their endpoints, as {@code kubectl delete services --all} does (upstream: the API server's {@code
 * kubernetesservice} controller).
 */
final class SystemObjects {
  private static final Set<ObjectKey> KEPT =
      Set.of(new ObjectKey("default", "kubernetes"), new ObjectKey("kube-system", "kube-dns"));

  private SystemObjects() {}

  /** Begins to watch over them; what is missing already is not looked for. */
  static Controller keep(KubeApi api, RegistrySettings settings, InformerFactory informers) {
    WorkQueue<ObjectKey> queue = new KeyedWorkQueue<>();
    SharedInformer[] followed =
        Stream.of(Kinds.SERVICE, Kinds.ENDPOINTS, Kinds.ENDPOINT_SLICE)
            .map(informers::informer)
            .toArray(SharedInformer[]::new);
    for (SharedInformer each : followed) {
      each.addListener((before, after) -> changed(queue, before, after));
    }
    return Controller.start(
        "system-objects", 1, queue, key -> Bootstrap.run(api, settings), followed);
  }

  private static void changed(
      WorkQueue<ObjectKey> queue, @Nullable Document before, @Nullable Document after) {
    if (after == null && before != null && KEPT.contains(before.key())) {
      queue.add(before.key());
    }
  }
}
