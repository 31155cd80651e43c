package dev.fairlead.controllers.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Hard spread constraints, by table. A constraint is written {@code skew key label}, with fields of
 * its own after it; a node that fits by its name, one that does not with {@code -} before it, and
 * one that never will with {@code !}.
 */
final class TopologySpreadTest {
  private static final String FOUR = "a/zone1 b/zone1 x/zone2 y/zone2";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        // pods | labels of the new one | constraints | nodes
        "                            | foo | 1 zone foo | a b x y",
        "                            | foo | 1 zone bar | a b x y",
        "ns1@a:foo ns2@a:foo x:foo y:foo | foo | 1 zone foo | a b -x -y",
        "a:foo a:foo b:foo y:foo y:foo y:foo | foo | 1 zone foo | a b x y",
        "a:foo                       | foo | 1 rack foo | !a !b !x !y",
        "a:foo a:foo b:foo y:foo y:foo y:foo | foo | 1 node foo | -a -b x -y",
        "a:foo a:foo b:foo y:foo y:foo y:foo | foo | 2 node foo | -a b x -y",
        "a:foo a:foo b:foo y:foo y:foo y:foo | bar | 1 node foo | -a b x -y",
        "a:foo! b:foo                | foo | 1 node foo | a -b x y",
        "a:foo a:foo b:foo y:foo y:foo y:foo | foo | 1 zone foo; 1 node foo | -a -b x -y",
        "a:foo a:foo b:foo y:foo y:foo y:foo y:foo | foo | 1 zone foo; 1 node foo | -a -b -x -y",
        "b:foo y:foo,bar             | foo,bar | 1 zone foo; 1 node bar | a b x -y",
        "a:foo b:foo x:foo y:foo     | foo | 1 zone foo 'minDomains':3 | -a -b -x -y",
        "a:foo b:foo x:foo y:foo     | foo | 1 zone foo 'minDomains':2 | a b x y",
        "                            | foo | 1 zone foo 'minDomains':3 | a b x y",
        "a:foo b:foo x:foo y:foo     | foo | 3 zone foo 'minDomains':3 | a b x y",
        "a:foo,v=1 b:foo,v=1 x:foo,v=2 | foo,v=2 | 1 zone foo 'matchLabelKeys':['v','w'] | a b -x -y",
        "a:foo,v=1 b:foo,v=1 x:foo,v=2 | foo,v=1 | 1 zone foo 'matchLabelKeys':['v','w'] | -a -b x y",
        "a:foo,v=1 b:foo,v=1 x:foo,v=2 | foo     | 1 zone foo 'matchLabelKeys':['v','w'] | -a -b x y",
      })
  void domainsAreKeptEven(String pods, String labels, String constraints, String expected) {
    Board board = new Board().nodes(FOUR).pods(pods == null ? "" : pods);
    assertThat(verdicts(Board.incoming(labels, spec(constraints)), board)).isEqualTo(expected);
  }

  /** Its pods count nowhere, so the zone has one instead of two. */
  @Test
  void aNodeWithoutTheLabelNeverFits() {
    Board board = new Board().nodes("a/zone1 b/- x/zone2 y/zone2").pods("a:foo b:foo x:foo y:foo");
    assertThat(verdicts(Board.incoming("foo", spec("1 zone foo")), board)).isEqualTo("a !b -x -y");
  }

  /** Pods spread as 2/1/0/3; the new one may only go to a and y. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"Honor | a b x -y", "Ignore | -a -b x -y"})
  void nodesThatThePodRefusesCountOnlyIfItSaysSo(String policy, String expected) {
    String affinity =
        "'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':[{'matchExpressions':[{'key':'node','operator':'In','values':['a','y']}]}]}}},";
    Board board = new Board().nodes(FOUR).pods("a:foo a:foo b:foo y:foo y:foo y:foo");
    String spec = affinity + spec("1 node foo 'nodeAffinityPolicy':'%s'".formatted(policy));
    assertThat(verdicts(Board.incoming("foo", spec), board)).isEqualTo(expected);
  }

  /** Without x, zone2 has none that would hold zone1 back. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"Honor | a b x", "Ignore | -a -b x"})
  void taintedNodesCountUnlessItSaysOtherwise(String policy, String expected) {
    Board board = new Board().nodes("a/zone1 b/zone1").pods("a:foo b:foo");
    board.node(
        Board.node("x/zone2")
            .with(tree ->
                tree.withObjectProperty("spec")
                    .withArray("taints")
                    .addObject()
                    .put("key", "k")
                    .put("effect", "NoSchedule")));
    String spec = spec("2 zone foo 'nodeTaintsPolicy':'%s'".formatted(policy));
    assertThat(verdicts(Board.incoming("foo", spec), board)).isEqualTo(expected);
  }

  @Test
  void otherPodsOnANodeAreCountedForThatNodeAlone() {
    Board board = new Board().nodes(FOUR).pods("a:foo a:foo x:foo");
    PodInfo pod = Board.incoming("foo", spec("1 zone foo"));
    TopologySpread spread = TopologySpread.of(pod, board.snapshot());
    NodeState a = board.state("a");
    assertThat(spread.verdict(a).reasons()).containsExactly(TopologySpread.SKEWED);
    assertThat(spread.verdict(a.with(a.pods().subList(0, 1))).fits()).isTrue();
    NodeState x = board.state("x");
    PodInfo more = PodInfo.of(Board.pod("default", "more", "foo", ""));
    assertThat(spread.verdict(x).fits()).isTrue();
    List<PodInfo> three = List.of(x.pods().getFirst(), more, more);
    assertThat(spread.verdict(x.with(three)).reasons()).containsExactly(TopologySpread.SKEWED);
    assertThat(spread.verdict(x.with(List.of())).fits()).isTrue();
  }

  private static String verdicts(PodInfo pod, Board board) {
    TopologySpread spread = TopologySpread.of(pod, board.snapshot());
    Map<List<String>, String> marks =
        Map.of(
            List.of(),
            "",
            List.of("node(s) didn't match pod topology spread constraints"),
            "-",
            List.of(
                "node(s) didn't match pod topology spread constraints (missing required label)"),
            "!");
    return board.verdicts(spread::verdict, marks, Set.of("-"));
  }

  private static String spec(String constraints) {
    List<String> written = new ArrayList<>();
    for (String each : constraints.split(";")) {
      String[] parts = each.strip().split(" ", 4);
      written.add(
          "{'maxSkew':%s,'topologyKey':'%s','whenUnsatisfiable':'DoNotSchedule','labelSelector':{'matchExpressions':[{'key':'%s','operator':'Exists'}]}%s}"
              .formatted(parts[0], parts[1], parts[2], parts.length > 3 ? "," + parts[3] : ""));
    }
    return "'topologySpreadConstraints':[%s]".formatted(String.join(",", written));
  }
}
