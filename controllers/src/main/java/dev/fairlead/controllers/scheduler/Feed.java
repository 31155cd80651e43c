package dev.fairlead.controllers.scheduler;

import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.client.Informer;
import dev.fairlead.controllers.Pods;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the cluster as the informers have it. These tell on their threads what has changed; the
 * scheduler's own thread takes it over before it decides.
 */
final class Feed {
  private final Informer pods;
  private final Informer nodes;
  private final Changes<ObjectKey> changedPods = new Changes<>();
  private final Changes<ObjectKey> changedNodes = new Changes<>();

  Feed(Informer pods, Informer nodes) {
    this.pods = pods;
    this.nodes = nodes;
  }

  void podChanged(ObjectKey key) {
    changedPods.add(key);
  }

  void nodeChanged(ObjectKey key) {
    changedNodes.add(key);
  }

  /** Brings a cluster up to date. It must always be the same one. */
  void catchUp(Cluster cluster) {
    for (ObjectKey key : changedNodes.take()) {
      Document node = nodes.get(key);
      if (node == null) {
        cluster.removeNode(key.name());
      } else {
        cluster.node(node);
      }
    }
    for (ObjectKey key : changedPods.take()) {
      pod(key, pods.get(key), cluster);
    }
  }

  /** A pod that was bound a moment ago has its place before the informer tells of its node. */
  private static void pod(ObjectKey key, @Nullable Document pod, Cluster cluster) {
    if (pod == null || Pods.finished(pod)) {
      cluster.remove(key);
    } else if (!Pods.nodeName(pod).isEmpty()) {
      cluster.place(pod, Pods.nodeName(pod));
    } else if (!cluster.has(pod)) {
      cluster.remove(key);
    }
  }
}
