package dev.fairlead.kubelet.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;

/** The Lease by which a node says that it lives (API: {@code coordination.k8s.io/v1 Lease}). */
final class NodeLease {
  private static final String NAMESPACE = "kube-node-lease";
  private static final int DURATION_SECONDS = 40;
  private static final DateTimeFormatter MICRO_TIME =
      new DateTimeFormatterBuilder().appendInstant(6).toFormatter();

  private final KubeApi api;
  private final String node;
  private @Nullable Document known;

  NodeLease(KubeApi api, String node) {
    this.api = api;
    this.node = node;
  }

  /**
   * Renews it, or makes it.
   *
   * @param owner the Node object, which takes the Lease along when it goes
   */
  void renew(Document owner, Instant now) {
    Document before = known;
    try {
      known = before == null ? obtain(owner, now) : update(before, now);
    } catch (ApiException e) {
      known = null;
      throw e;
    }
  }

  private Document obtain(Document owner, Instant now) {
    try {
      return update(api.get(target()), now);
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
      Target all = Target.collection(Kinds.LEASE, NAMESPACE);
      return api.create(all, fresh(owner, now), WriteOptions.NONE);
    }
  }

  private Document update(Document before, Instant now) {
    Document next =
        before.with(tree -> {
          ObjectNode spec = tree.withObjectProperty("spec");
          spec.put("holderIdentity", node).put("leaseDurationSeconds", DURATION_SECONDS);
          spec.put("renewTime", MICRO_TIME.format(now));
        });
    return api.update(target(), next, WriteOptions.NONE);
  }

  private Document fresh(Document owner, Instant now) {
    ObjectNode tree = Json.object();
    tree.put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
    ObjectNode meta = tree.putObject("metadata");
    meta.put("name", node).put("namespace", NAMESPACE);
    meta.putArray("ownerReferences")
        .addObject()
        .put("apiVersion", "v1")
        .put("kind", "Node")
        .put("name", node)
        .put("uid", owner.meta().uid());
    tree.putObject("spec")
        .put("holderIdentity", node)
        .put("leaseDurationSeconds", DURATION_SECONDS)
        .put("renewTime", MICRO_TIME.format(now));
    return Document.of(tree);
  }

  private Target target() {
    return Target.object(Kinds.LEASE, NAMESPACE, node);
  }
}
