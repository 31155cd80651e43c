package dev.fairlead.controllers.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever the way to a state of the cluster: what is kept change by change is what there is. */
final class ClusterChangesTest {
  private static final int ROUNDS = 300;
  private static final List<String> NODES = List.of("a", "b", "c");
  private static final List<String> ZONES = List.of("zone1", "zone2", "-");

  /** A change: of node {@code node} when {@code pod} is negative, else of that pod. */
  record Change(int pod, int node, int kind) {}

  @Test
  void itIsTheSameAsMadeAnew() {
    Random random = new Random(42);
    for (int i = 0; i < ROUNDS; i++) {
      check(
          Stream.generate(() ->
                  new Change(
                      random.nextInt(-2, 6), random.nextInt(NODES.size()), random.nextInt(4)))
              .limit(random.nextInt(40))
              .toList());
    }
  }

  private static void check(List<Change> changes) {
    Board board = new Board();
    Map<String, String> zones = new HashMap<>();
    Map<ObjectKey, Document> pods = new HashMap<>();
    Map<ObjectKey, String> places = new HashMap<>();
    for (Change each : changes) {
      String node = NODES.get(each.node());
      if (each.pod() < 0) {
        changeNode(board, node, each.kind(), zones);
      } else {
        changePod(board, node, each, pods, places);
      }
    }
    Board anew = new Board();
    zones.forEach((node, zone) -> anew.nodes(node + "/" + zone));
    pods.forEach((key, pod) -> anew.place(pod, places.getOrDefault(key, "")));
    assertThat(seen(board)).as(changes.toString()).isEqualTo(seen(anew));
  }

  private static void changeNode(Board board, String node, int kind, Map<String, String> zones) {
    if (kind == ZONES.size()) {
      zones.remove(node);
      board.cluster().removeNode(node);
    } else {
      zones.put(node, ZONES.get(kind));
      board.nodes(node + "/" + ZONES.get(kind));
    }
  }

  private static void changePod(
      Board board,
      String node,
      Change change,
      Map<ObjectKey, Document> pods,
      Map<ObjectKey, String> places) {
    Document pod = pod(change.pod(), change.kind());
    if (change.kind() == 0) {
      pods.remove(pod.key());
      board.cluster().remove(pod.key());
    } else {
      pods.put(pod.key(), pod);
      places.put(pod.key(), node);
      board.place(pod, node);
    }
  }

  private static Document pod(int number, int kind) {
    String labels = kind == 1 ? "foo" : kind == 2 ? "foo,bar" : "bar";
    String terms = number % 2 == 0 ? "-zone foo; -node bar" : "+zone foo; -zone bar";
    return Board.pod("default", "p" + number, labels, InterPodAffinityTest.affinity(terms));
  }

  /** All that a decision could read. */
  private static List<String> seen(Board board) {
    Snapshot snapshot = board.snapshot();
    List<String> seen = new ArrayList<>();
    for (NodeState node : snapshot.nodes()) {
      List<String> names = node.pods().stream().map(each -> each.pod().name()).sorted().toList();
      seen.add(node.name() + " " + names + " " + node.used().requests());
      for (String label : List.of("foo", "bar")) {
        Document pod = Board.pod("default", "new", label, "");
        var repelled = snapshot.repulsions().meaning(pod, snapshot.namespaces());
        var preferred = snapshot.preferences().meaning(pod, snapshot.namespaces());
        var there = snapshot.pods().count("default"::equals, set -> set.containsKey(label));
        seen.add(
            "%s: %d %d %d"
                .formatted(
                    label,
                    repelled.sum(node.labels()),
                    preferred.sum(node.labels()),
                    there.getOrDefault(node.name(), 0)));
      }
    }
    seen.add(snapshot.repulsions().size() + " " + snapshot.preferences().size());
    return seen;
  }
}
