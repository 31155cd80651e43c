package dev.fairlead.controllers.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scores of nodes, by table. */
final class ScoresTest {
  private static final String THREE = "a/zone1 b/zone2 c/-";

  /** Taints are written by their keys; the pod tolerates the key t. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-  | -   | -     | 100 100 100",
        "t  | -   | t     | 100 100 100",
        "x  | -   | t     | 0 100 100",
        "x  | x y | t x   | 50 0 50",
        "x  | x   | x     | 0 0 0",
      })
  void softTaintsAreAvoided(String a, String b, String c, String scores) {
    PodInfo pod = Board.incoming("", "'tolerations':[{'key':'t','operator':'Exists'}]");
    Board board = new Board();
    board.node(tainted("a", a)).node(tainted("b", b)).node(tainted("c", c));
    assertThat(said(NodeScores.taints(pod, board.snapshot().nodes()))).isEqualTo(scores);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "zone1 10            | 100 0 0",
        "zone1 10, zone2 5   | 100 50 0",
        "zone1 10, zone1 20, zone2 10 | 100 33 0",
        "zone3 10            | 0 0 0",
      })
  void preferredNodesAreBetter(String preferences, String scores) {
    String terms =
        String.join(
            ",",
            Stream.of(preferences.split(","))
                .map(each -> each.strip().split(" "))
                .map(each ->
                    "{'weight':%s,'preference':{'matchExpressions':[{'key':'zone','operator':'In','values':['%s']}]}}"
                        .formatted(each[1], each[0]))
                .toList());
    PodInfo pod =
        Board.incoming(
            "",
            "'affinity':{'nodeAffinity':{'preferredDuringSchedulingIgnoredDuringExecution':[%s]}}"
                .formatted(terms));
    List<NodeState> nodes = new Board().nodes(THREE).snapshot().nodes();
    assertThat(said(NodeScores.affinity(pod, nodes))).isEqualTo(scores);
  }

  /** Own preferences are written {@code weight key label}; negative for anti-affinity. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a:foo             | 5 zone foo              | 100 0 0",
        "a:foo b:foo b:foo | 5 zone foo              | 50 100 0",
        "a:foo             | -5 zone foo             | 0 100 100",
        "a:foo b:bar       | 5 zone foo, -5 zone bar | 100 0 50",
        "a:foo b:bar       | 8 node foo, 2 zone bar  | 100 25 0",
        "c:foo             | 5 zone foo              | 0 0 0",
        "ns1@a:foo         | 5 zone foo              | 0 0 0",
      })
  void preferredNeighboursAreBetter(String pods, String preferences, String scores) {
    Snapshot snapshot = new Board().nodes(THREE).pods(pods).snapshot();
    PodInfo pod = Board.incoming("baz", preferring(preferences));
    assertThat(said(PodAffinityScore.of(pod, snapshot, snapshot.nodes()))).isEqualTo(scores);
  }

  /** What is required of others counts as a preference of weight 1 for being with them. */
  @Test
  void whatThoseThatAreTherePreferCountsToo() {
    Board board = new Board().nodes(THREE);
    board.place(Board.pod("default", "one", "", preferring("3 zone foo")), "a");
    board.place(Board.pod("default", "two", "", InterPodAffinityTest.affinity("+zone foo")), "b");
    Snapshot snapshot = board.snapshot();
    PodInfo foo = Board.incoming("foo", "");
    assertThat(said(PodAffinityScore.of(foo, snapshot, snapshot.nodes()))).isEqualTo("100 33 0");
    PodInfo bar = Board.incoming("bar", "");
    assertThat(said(PodAffinityScore.of(bar, snapshot, snapshot.nodes()))).isEqualTo("0 0 0");
    board.place(Board.pod("default", "one", "", preferring("-3 zone foo")), "a");
    snapshot = board.snapshot();
    assertThat(said(PodAffinityScore.of(foo, snapshot, snapshot.nodes()))).isEqualTo("0 100 75");
  }

  /** Nodes have 4 CPUs and 10,000 bytes; used is written CPU and bytes, and so is what is asked. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 0         | 0 0         | 1 1000    | 82 82   | 92 92",
        "3 5000      | 0 0         | 0 0       | 37 100  | 100 100",
        "3 5000      | 3 5000      | 1 1000    | 20 20   | 80 80",
        "1 5000      | 2 0         | 1 0       | 50 62   | 100 62",
        "4 10000     | 0 0         | 1 1000    | 0 82    | 100 92",
      })
  void resources(String a, String b, String asked, String left, String balance) {
    Board board = new Board();
    for (String name : List.of("a", "b")) {
      board.node(
          Board.node(name + "/-")
              .with(tree ->
                  tree.withObjectProperty("status")
                      .putObject("allocatable")
                      .put("cpu", "4")
                      .put("memory", "10000")));
    }
    board.place(Board.pod("default", "on-a", "", asking(a)), "a");
    board.place(Board.pod("default", "on-b", "", asking(b)), "b");
    PodInfo pod = Board.incoming("", asking(asked));
    List<NodeState> nodes = board.snapshot().nodes();
    assertThat(said(ResourceScores.leastAllocated(pod, nodes))).isEqualTo(left);
    String expected = asked.equals("0 0") ? "0 0" : balance;
    assertThat(said(ResourceScores.balanced(pod, nodes))).isEqualTo(expected);
  }

  @Test
  void whoAsksForNothingIsTakenToNeedALittle() {
    PodInfo pod = Board.incoming("", "'containers':[{},{'resources':{'requests':{'cpu':'1'}}}]");
    assertThat(pod.assumed()).isEqualTo(new Amounts(1100, 400L << 20));
    assertThat(pod.scored()).isEqualTo(new Amounts(1000, 0));
    List<NodeState> silent = new Board().nodes("a/- b/-").snapshot().nodes();
    assertThat(said(ResourceScores.leastAllocated(pod, silent))).isEqualTo("0 0");
  }

  @Test
  void amongEqualsTheOneWithTheFewestPodsThenByName() {
    Snapshot snapshot = new Board().nodes(THREE).pods("a:x b:x").snapshot();
    Attempt attempt = Attempt.of(Board.incoming("", ""), snapshot);
    assertThat(Scores.best(attempt, snapshot.nodes()).name()).isEqualTo("c");
    assertThat(Scores.best(attempt, snapshot.nodes().subList(0, 2)).name()).isEqualTo("a");
  }

  private static String said(long[] scores) {
    return String.join(" ", LongStream.of(scores).mapToObj(Long::toString).toList());
  }

  private static String asking(String words) {
    String[] parts = words.strip().split(" ");
    return "'containers':[{'resources':{'requests':{'cpu':'%s','memory':'%s'}}}]"
        .formatted(parts[0], parts[1]);
  }

  private static Document tainted(String name, String keys) {
    return Board.node(name + "/-")
        .with(tree -> {
          for (String key : keys.strip().replace("-", "").split(" ")) {
            if (!key.isEmpty()) {
              tree.withObjectProperty("spec")
                  .withArray("taints")
                  .addObject()
                  .put("key", key)
                  .put("effect", "PreferNoSchedule");
            }
          }
        });
  }

  private static String preferring(String words) {
    StringBuilder near = new StringBuilder();
    StringBuilder far = new StringBuilder();
    for (String each : words.split(",")) {
      String[] parts = each.strip().split(" ");
      int weight = Integer.parseInt(parts[0]);
      StringBuilder to = weight > 0 ? near : far;
      to.append(to.isEmpty() ? "" : ",")
          .append(
              "{'weight':%d,'podAffinityTerm':{'topologyKey':'%s','labelSelector':{'matchExpressions':[{'key':'%s','operator':'Exists'}]}}}"
                  .formatted(Math.abs(weight), parts[1], parts[2]));
    }
    return "'affinity':{'podAffinity':{'preferredDuringSchedulingIgnoredDuringExecution':[%s]},'podAntiAffinity':{'preferredDuringSchedulingIgnoredDuringExecution':[%s]}}"
        .formatted(near, far);
  }
}
