package dev.fairlead.controllers.daemonset;

import dev.fairlead.api.Document;
import dev.fairlead.controllers.Pods;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings one pod to each node that is meant, and takes away what is too much, whatever its
 * template. Pure (upstream: {@code podsShouldBeOnNode}).
 */
final class Placement {
  private final Deployed deployed;
  private final boolean surges;
  private final List<String> create = new ArrayList<>();
  private final List<Document> delete = new ArrayList<>();
  private final List<Document> ended = new ArrayList<>();

  private Placement(Deployed deployed) {
    this.deployed = deployed;
    this.surges = deployed.limits().surge() > 0;
  }

  static Steps of(Deployed deployed) {
    Placement placement = new Placement(deployed);
    deployed.nodes().values().forEach(placement::node);
    deployed.pods().forEach(placement::lost);
    return new Steps(placement.create, placement.delete, placement.ended);
  }

  private void node(Document node) {
    Eligibility eligible = deployed.eligible(node);
    List<Document> pods = deployed.podsOn(node.name());
    if (eligible.run() && pods.isEmpty()) {
      create.add(node.name());
    } else if (eligible.stay()) {
      List<Document> running = running(pods);
      if (surges) {
        keepTwo(running);
      } else {
        running.stream().skip(1).forEach(delete::add);
      }
    } else {
      pods.stream().filter(pod -> !pod.meta().deleting()).forEach(delete::add);
    }
  }

  /** What is there and counts; pods that have ended go, to be replaced. */
  private List<Document> running(List<Document> pods) {
    List<Document> running = new ArrayList<>();
    for (Document pod : pods) {
      if (pod.meta().deleting()) {
        continue;
      }
      if (Pods.finished(pod)) {
        delete.add(pod);
        ended.add(pod);
      } else {
        running.add(pod);
      }
    }
    return running;
  }

  /** The oldest updated and the oldest old pod may overlap until the updated one is available. */
  private void keepTwo(List<Document> running) {
    List<Document> updated = running.stream().filter(deployed::updated).toList();
    List<Document> old = running.stream().filter(pod -> !deployed.updated(pod)).toList();
    updated.stream().skip(1).forEach(delete::add);
    old.stream().skip(1).forEach(delete::add);
    if (!updated.isEmpty() && !old.isEmpty()) {
      boolean over = !Pods.ready(old.getFirst()) || deployed.available(updated.getFirst());
      if (over) {
        delete.add(old.getFirst());
      }
    }
  }

  /** Pods that wait for a node that is gone; those on it are collected with it. */
  private void lost(String node, List<Document> pods) {
    if (!deployed.nodes().containsKey(node)) {
      pods.stream()
          .filter(pod -> Pods.nodeName(pod).isEmpty() && !pod.meta().deleting())
          .forEach(delete::add);
    }
  }
}
