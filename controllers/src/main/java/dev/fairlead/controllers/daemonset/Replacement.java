package dev.fairlead.controllers.daemonset;

import dev.fairlead.api.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A rolling update: old pods go first, and no more at a time than may be unavailable; or, with a
 * surge, new pods come first. Pure (upstream: {@code rollingUpdate}).
 */
final class Replacement {
  private final Deployed deployed;
  private final Limits limits;
  private final List<NodePair> pairs;

  private Replacement(Deployed deployed) {
    this.deployed = deployed;
    this.limits = deployed.limits();
    Map<String, NodePair> byNode = new TreeMap<>();
    Stream.concat(
            deployed.pods().keySet().stream(),
            deployed.nodes().values().stream()
                .filter(node -> deployed.eligible(node).run())
                .map(Document::name))
        .forEach(node -> byNode.put(node, NodePair.of(deployed, node)));
    this.pairs = List.copyOf(byNode.values());
  }

  static Steps of(Deployed deployed) {
    Replacement replacement = new Replacement(deployed);
    return replacement.limits.surge() == 0 ? replacement.delete() : replacement.surge();
  }

  private boolean available(@Nullable Document pod) {
    return pod != null && deployed.available(pod);
  }

  private Steps delete() {
    int unavailable = 0;
    List<Document> broken = new ArrayList<>();
    List<Document> candidates = new ArrayList<>();
    for (NodePair pair : pairs) {
      boolean settled = !pair.crowded() && (pair.old() == null) != (pair.updated() == null);
      if (!settled) {
        unavailable++; // nothing there, or one too many: the node is being taken care of
      } else if (pair.old() == null) {
        unavailable += available(pair.updated()) ? 0 : 1;
      } else if (available(pair.old())) {
        candidates.add(pair.old());
      } else {
        broken.add(pair.old());
        unavailable++;
      }
    }
    int free = Math.clamp(limits.unavailable() - unavailable, 0, candidates.size());
    List<Document> going = new ArrayList<>(broken);
    going.addAll(candidates.subList(0, free));
    return new Steps(List.of(), going, List.of());
  }

  private Steps surge() {
    int surging = 0;
    int availablePods = 0;
    List<Document> going = new ArrayList<>();
    List<Document> misplaced = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    List<String> candidates = new ArrayList<>();
    for (NodePair pair : pairs) {
      if (pair.crowded()) {
        surging++;
        continue;
      }
      Document old = pair.old();
      availablePods += available(old == null ? pair.updated() : old) ? 1 : 0;
      if (old == null) {
        continue;
      }
      if (pair.updated() != null) {
        if (available(pair.updated())) {
          going.add(old);
        } else {
          surging++;
        }
      } else if (!runs(pair.node())) {
        (available(old) ? misplaced : going).add(old);
      } else {
        (available(old) ? candidates : broken).add(pair.node());
      }
    }
    int spare = Math.clamp(availablePods - deployed.desired(), 0, misplaced.size());
    going.addAll(misplaced.subList(0, spare));
    int free = Math.clamp(limits.surge() - surging, 0, candidates.size());
    broken.addAll(candidates.subList(0, free));
    return new Steps(broken, going, List.of());
  }

  private boolean runs(String node) {
    Document known = deployed.nodes().get(node);
    return known != null && deployed.eligible(known).run();
  }
}
