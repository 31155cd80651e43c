package dev.fairlead.cluster;

import dev.fairlead.api.Document;
import dev.fairlead.api.view.Node;
import dev.fairlead.client.Informer;
import dev.fairlead.dns.ClusterZone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Whether all of a local cluster is ready. Each part wakes the waiter when it has changed. */
final class Readiness {
  private final Informer nodes;
  private final int nodesWanted;
  private final List<NodeServices> parts;
  private final ClusterZone zone;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  Readiness(Informer nodes, int nodesWanted, List<NodeServices> parts, ClusterZone zone) {
    this.nodes = nodes;
    this.nodesWanted = nodesWanted;
    this.parts = List.copyOf(parts);
    this.zone = zone;
    nodes.addListener(this::onNode);
    this.parts.forEach(part -> part.proxy().onProgrammed(programmed -> wake()));
  }

  private void onNode(@Nullable Document before, @Nullable Document after) {
    wake();
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What is not ready yet, for people; empty when all is. */
  List<String> waitingFor() {
    List<String> missing = missingNodes();
    if (!zone.synced()) {
      missing.add("DNS");
    }
    return missing;
  }

  private List<String> missingNodes() {
    List<String> missing = new ArrayList<>();
    long ready = nodes.all().stream().map(Node::of).filter(Node::ready).count();
    if (ready < nodesWanted) {
      missing.add("%d of %d nodes".formatted(nodesWanted - ready, nodesWanted));
    }
    long programmed = parts.stream().filter(NodeServices::programmed).count();
    if (programmed < parts.size()) {
      missing.add("%d of %d proxies".formatted(parts.size() - programmed, parts.size()));
    }
    return missing;
  }

  /**
   * Waits until nothing is missing.
   *
   * @return false when {@code timeout} passed first
   */
  boolean await(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    return awaitNodes(deadline) && zone.awaitSynced(Duration.ofNanos(deadline - System.nanoTime()));
  }

  private boolean awaitNodes(long deadline) throws InterruptedException {
    lock.lock();
    try {
      while (!missingNodes().isEmpty()) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
