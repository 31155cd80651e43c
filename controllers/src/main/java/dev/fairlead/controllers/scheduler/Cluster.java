package dev.fairlead.controllers.scheduler;

import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.select.LabelSelector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * All nodes with their pods, kept up to date change by change: a change costs what its node costs,
 * not what the cluster does. Owned by one thread.
 */
final class Cluster {
  private static final long HARD_AFFINITY_WEIGHT = 1;

  private final Namespaces namespaces;
  private final Function<Document, LabelSelector> relatives;
  private final Map<String, NodeInfo> infos = new HashMap<>();
  private final Map<String, Map<ObjectKey, PodInfo>> pods = new HashMap<>();
  private final Map<ObjectKey, String> places = new HashMap<>();
  private final NavigableMap<String, NodeState> states = new TreeMap<>();
  private final Set<String> stale = new HashSet<>();
  private final LabelIndex labels = new LabelIndex();
  private final LabelIndex staying = new LabelIndex();
  private final TermIndex repulsions = new TermIndex();
  private final TermIndex preferences = new TermIndex();

  /**
   * An empty cluster.
   *
   * @param relatives selects the pods that a pod without constraints is spread among
   */
  Cluster(Namespaces namespaces, Function<Document, LabelSelector> relatives) {
    this.namespaces = namespaces;
    this.relatives = relatives;
  }

  /** A node that is new or has changed. */
  void node(Document node) {
    NodeInfo after = NodeInfo.of(node);
    NodeInfo before = infos.put(node.name(), after);
    stale.add(node.name());
    if (before != null && before.labels().equals(after.labels())) {
      return;
    }
    for (PodInfo pod : on(node.name()).values()) {
      if (before != null) {
        index(pod, before, -1);
      }
      index(pod, after, 1);
    }
  }

  /** A node that is gone. Its pods stay known until they are gone too. */
  void removeNode(String name) {
    NodeInfo before = infos.remove(name);
    if (before != null) {
      on(name).values().forEach(pod -> index(pod, before, -1));
      stale.add(name);
    }
  }

  /** A pod that is on a node, or about to be; the node need not be known yet. */
  void place(PodInfo pod, String node) {
    remove(pod.pod().key());
    places.put(pod.pod().key(), node);
    pods.computeIfAbsent(node, _ -> new LinkedHashMap<>()).put(pod.pod().key(), pod);
    labels.add(pod.pod(), node);
    if (!pod.pod().meta().deleting()) {
      staying.add(pod.pod(), node);
    }
    changed(pod, node, 1);
  }

  /** The same pod as it is now. */
  void place(Document pod, String node) {
    PodInfo known = on(node).get(pod.key());
    place(known == null ? PodInfo.of(pod) : known.now(pod), node);
  }

  /** A pod that counts no more; nothing when it did not. */
  void remove(ObjectKey pod) {
    String node = places.remove(pod);
    if (node == null) {
      return;
    }
    Map<ObjectKey, PodInfo> there = on(node);
    PodInfo known = there.remove(pod);
    if (there.isEmpty()) {
      pods.remove(node);
    }
    if (known != null) {
      labels.remove(known.pod(), node);
      if (!known.pod().meta().deleting()) {
        staying.remove(known.pod(), node);
      }
      changed(known, node, -1);
    }
  }

  /** Whether this very pod has a place. */
  boolean has(Document pod) {
    String node = places.get(pod.key());
    PodInfo known = node == null ? null : on(node).get(pod.key());
    return known != null && known.pod().meta().uid().equals(pod.meta().uid());
  }

  /**
   * All of it now, to be read before the next change.
   *
   * @param promised pods that were promised room, by node
   */
  Snapshot snapshot(Map<String, List<PodInfo>> promised) {
    for (String name : stale) {
      NodeInfo info = infos.get(name);
      if (info == null) {
        states.remove(name);
      } else {
        states.put(name, NodeState.of(info, List.copyOf(on(name).values())));
      }
    }
    stale.clear();
    List<NodeState> nodes = new ArrayList<>(states.size());
    states.forEach((name, state) -> {
      List<PodInfo> others = promised.get(name);
      nodes.add(others == null ? state : state.promising(others));
    });
    return new Snapshot(nodes, labels, staying, repulsions, preferences, namespaces, relatives);
  }

  private Map<ObjectKey, PodInfo> on(String node) {
    return pods.getOrDefault(node, Map.of());
  }

  private void changed(PodInfo pod, String node, int sign) {
    stale.add(node);
    NodeInfo info = infos.get(node);
    if (info != null) {
      index(pod, info, sign);
    }
  }

  private void index(PodInfo pod, NodeInfo info, long sign) {
    Map<String, String> node = info.labels();
    for (AffinityTerm term : pod.antiAffinity().required()) {
      repulsions.add(term, node, sign);
    }
    for (AffinityTerm term : pod.affinity().required()) {
      preferences.add(term, node, sign * HARD_AFFINITY_WEIGHT);
    }
    for (PodAffinity.Preference each : pod.affinity().preferred()) {
      preferences.add(each.term(), node, sign * each.weight());
    }
    for (PodAffinity.Preference each : pod.antiAffinity().preferred()) {
      preferences.add(each.term(), node, -sign * each.weight());
    }
  }
}
