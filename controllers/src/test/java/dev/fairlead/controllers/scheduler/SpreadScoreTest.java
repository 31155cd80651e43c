package dev.fairlead.controllers.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.select.LabelSelector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Soft spread constraints, by table, with upstream's scores. Counts are pods on each node with the
 * label {@code foo}; a node that cannot take the pod is in brackets.
 */
final class SpreadScoreTest {
  private static final String HOST = "kubernetes.io/hostname";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        // nodes | pods on each | constraints | scores
        "a/- b/-                  | 0 0     | 1 host foo | 100 100",
        "a/- (b/-)                | 2 1     | 1 host foo | 100",
        "a/- b/-                  | 1 1     | 1 host foo | 100 100",
        "a/- b/- c/- d/-          | 2 1 0 3 | 1 host foo | 20 60 100 0",
        "a/- b/- c/- d/-          | 2 1 0 3 | 2 host foo | 33 66 100 16",
        "a/- b/- c/- d/-          | 4 3 2 1 | 3 host foo | 44 66 77 100",
        "a/- b/- c/- d/-          | 2 1 0 3 | 1 host ''  | 100 100 100 100",
        "a/- b/- x/- (y/-)        | 4 2 1 3 | 1 host foo | 33 83 100",
        "a/z1 b/z1 x/z2 (y/z2)    | 4 2 1 3 | 1 zone foo | 75 75 100",
        "a/z1 (b/z1) x/z2 (y/z2)  | 2 1 2 4 | 1 zone foo; 1 host foo | 100 63",
        "a/z1 b/- x/z2            | 4 2 1   | 1 zone foo | 16 0 100",
      })
  void fewerPodsInADomainAreBetter(String nodes, String pods, String constraints, String expected) {
    Board board = new Board();
    List<String> taking = new ArrayList<>();
    String[] words = nodes.strip().split(" +");
    String[] counts = pods.strip().split(" +");
    for (int i = 0; i < words.length; i++) {
      String word = words[i].replaceAll("[()]", "");
      String name = word.substring(0, 1);
      board
          .nodes(word)
          .pods(String.join(" ", Collections.nCopies(Integer.parseInt(counts[i]), name + ":foo")));
      if (word.equals(words[i])) {
        taking.add(name);
      }
    }
    assertThat(scores(board, Board.incoming("foo", spec(constraints)), taking)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a:foo b:foo,bar y:foo y:bar | 60 20 100 60",
        "b:bar x:foo y:foo,bar       | 100 60 40 0",
      })
  void constraintsMayCountDifferentPods(String pods, String expected) {
    Board board = new Board().nodes("a/z1 b/z1 x/z2 y/z2").pods(pods);
    PodInfo pod = Board.incoming("foo,bar", spec("1 zone foo; 1 host bar"));
    assertThat(scores(board, pod, List.of("a", "b", "x", "y"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ns1@a:foo a:foo b:foo b:foo | 100 33",
        "a:foo! b:foo                | 100 0",
      })
  void otherNamespacesAndPodsOnTheirWayOutDoNotCount(String pods, String expected) {
    Board board = new Board().nodes("a/- b/-").pods(pods);
    assertThat(scores(board, Board.incoming("foo", spec("1 host foo")), List.of("a", "b")))
        .isEqualTo(expected);
  }

  /** As with one constraint on hosts with a skew of 3, which is what is left without zones. */
  @Test
  void aPodWithoutConstraintsIsSpreadAmongItsRelatives() {
    LabelSelector relatives = LabelSelector.ofMap(Map.of("foo", ""));
    Board board =
        new Board(Board.NO_LABELS, _ -> relatives)
            .nodes("a/- b/- c/- d/-")
            .pods("a:foo a:foo a:foo a:foo b:foo b:foo b:foo c:foo c:foo d:foo");
    List<String> all = List.of("a", "b", "c", "d");
    assertThat(scores(board, Board.incoming("foo", ""), all)).isEqualTo("44 66 77 100");
    Board alone = new Board().nodes("a/- b/-").pods("a:foo");
    assertThat(scores(alone, Board.incoming("foo", ""), List.of("a", "b"))).isEqualTo("0 0");
  }

  private static String scores(Board board, PodInfo pod, List<String> taking) {
    Snapshot snapshot = board.snapshot();
    List<NodeState> nodes =
        snapshot.nodes().stream().filter(node -> taking.contains(node.name())).toList();
    List<String> said = new ArrayList<>();
    for (long score : SpreadScore.of(pod, snapshot, nodes)) {
      said.add(Long.toString(score));
    }
    return String.join(" ", said);
  }

  private static String spec(String constraints) {
    List<String> written = new ArrayList<>();
    for (String each : constraints.split(";")) {
      String[] parts = each.strip().split(" ");
      String selector =
          parts[2].equals("''")
              ? ""
              : ",'labelSelector':{'matchExpressions':[{'key':'%s','operator':'Exists'}]}"
                  .formatted(parts[2]);
      written.add(
          "{'maxSkew':%s,'topologyKey':'%s','whenUnsatisfiable':'ScheduleAnyway'%s}"
              .formatted(parts[0], parts[1].equals("host") ? HOST : parts[1], selector));
    }
    return "'topologySpreadConstraints':[%s]".formatted(String.join(",", written));
  }
}
