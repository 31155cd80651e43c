package dev.fairlead.controllers.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Required affinity and anti-affinity, by table. Terms are written {@code +key label}, or {@code -}
 * for anti-affinity, with fields of their own after it; a node that fits by its name, one that does
 * not by what is in the way before it: {@code !} no affinity, {@code -} anti-affinity, {@code ~}
 * the anti-affinity of those that are there.
 */
final class InterPodAffinityTest {
  private static final String FOUR = "a/zone1 b/zone1 x/zone2 y/-";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        // pods | labels of the new one | its terms | nodes
        "a:foo       | bar | +zone foo               | a b !x !y",
        "a:foo       | bar | +node foo               | a !b !x !y",
        "            | bar | +zone foo               | !a !b !x !y",
        "a:foo! b:bar | bar | +zone foo              | a b !x !y",
        // the first of a group that wants to be together, where there is such a domain
        "            | foo | +zone foo               | a b x !y",
        "            | foo | +zone foo; +node foo    | a b x !y",
        "            | foo | +zone foo; +node bar    | !a !b !x !y",
        "y:foo       | foo | +zone foo               | a b x !y",
        "y:foo       | foo | +node foo               | !a !b !x y",
        "ns1@a:foo   | foo | +zone foo               | a b x !y",
        // all terms by the same pods
        "a:foo b:bar | baz | +zone foo; +zone bar    | !a !b !x !y",
        "a:foo,bar   | baz | +zone foo; +node bar    | a !b !x !y",
        "a:foo,bar x:foo,bar | baz | +zone foo; +node bar | a !b x !y",
        // anti-affinity: any term by any pod
        "a:foo       | bar | -zone foo               | -a -b x y",
        "a:foo       | bar | -node foo               | -a b x y",
        "y:foo       | bar | -zone foo               | a b x y",
        "a:foo x:bar | baz | -zone foo; -zone bar    | -a -b -x y",
        "a:foo x:bar | baz | -node foo; -zone bar    | -a b -x y",
        "ns1@a:foo   | bar | -zone foo               | a b x y",
        "a:foo b:bar | baz | +zone foo; -node bar    | a -b !x !y",
        // other namespaces
        "ns1@a:foo   | bar | +zone foo 'namespaces':['ns1']        | a b !x !y",
        "a:foo       | foo | +zone foo 'namespaces':['ns1']        | !a !b !x !y",
        "team@a:foo x:foo | bar | +zone foo 'namespaceSelector':{'matchLabels':{'team':'one'}} | a b !x !y",
        "team@a:foo x:foo | bar | -zone foo 'namespaceSelector':{'matchLabels':{'team':'one'}} | -a -b x y",
        "ns1@a:foo x:foo  | bar | -zone foo 'namespaceSelector':{}  | -a -b -x y",
        "team@a:foo ns1@x:foo | bar | -zone foo 'namespaces':['ns1'],'namespaceSelector':{'matchLabels':{'team':'one'}} | -a -b -x y",
        // no selector means no pods
        "a:foo       | foo | +zone -                 | !a !b !x !y",
        "a:foo       | foo | -zone -                 | a b x y",
      })
  void whatAPodAsksFor(String pods, String labels, String terms, String expected) {
    Board board = board().nodes(FOUR).pods(pods == null ? "" : pods);
    assertThat(verdicts(Board.incoming(labels, affinity(terms)), board)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        // where the other is | its terms | labels of the new one | its terms | nodes
        "a | -zone foo            | foo | ''        | ~a ~b x y",
        "a | -node foo            | foo | ''        | ~a b x y",
        "a | -zone foo            | bar | ''        | a b x y",
        "y | -zone foo            | foo | ''        | a b x y",
        "a | -node bar; -zone foo | foo | ''        | ~a ~b x y",
        "a | +zone foo            | foo | ''        | a b x y",
        "a | -zone foo            | foo | +node old | ~a !b !x !y",
        "a | -zone foo            | foo | -node old | -a ~b x y",
        "a | -zone foo 'namespaces':['ns1'] | foo | '' | a b x y",
        "a | -zone foo 'namespaceSelector':{} | foo | '' | ~a ~b x y",
        "a | -zone foo 'namespaceSelector':{'matchLabels':{'team':'one'}} | foo | '' | a b x y",
      })
  void whatThoseThatAreThereAskFor(
      String node, String theirs, String labels, String terms, String expected) {
    Document other = Board.pod("default", "other", "old", affinity(theirs));
    Board board = board().nodes(FOUR).place(other, node);
    String own = terms.equals("''") ? "" : affinity(terms);
    assertThat(verdicts(Board.incoming(labels, own), board)).isEqualTo(expected);
    board.cluster().remove(other.key());
    assertThat(board.snapshot().repulsions().size()).isZero();
  }

  @Test
  void anotherNamespaceMayBeMeantByItsLabels() {
    Document other =
        Board.pod(
            "default",
            "other",
            "",
            affinity("-zone foo 'namespaceSelector':{'matchLabels':{'team':'one'}}"));
    Board board = board().nodes(FOUR).place(other, "a");
    PodInfo pod = PodInfo.of(Board.pod("team", "incoming", "foo", ""));
    assertThat(verdicts(pod, board)).isEqualTo("~a ~b x y");
  }

  @Test
  void otherPodsOnANodeAreCountedForThatNodeAlone() {
    Board board = board().nodes(FOUR).pods("a:foo b:foo x:foo");
    NodeState a = board.state("a");
    NodeState x = board.state("x");
    InterPodAffinity zone = of(board, "bar", "-zone foo");
    assertThat(zone.verdict(a.with(List.of())).reasons()).as("b still has one").hasSize(1);
    assertThat(zone.verdict(x.with(List.of())).fits()).isTrue();
    InterPodAffinity near = of(board, "bar", "+zone foo");
    assertThat(near.verdict(x).fits()).isTrue();
    assertThat(near.verdict(x.with(List.of())).fits()).as("the last one has gone").isFalse();
    assertThat(near.verdict(a.with(List.of())).fits()).as("b still has one").isTrue();
    PodInfo shy = PodInfo.of(Board.pod("default", "shy", "", affinity("-zone bar")));
    assertThat(of(board, "bar", "").verdict(x.with(List.of(shy))).reasons())
        .containsExactly(InterPodAffinity.EXISTING);
  }

  /** A domain is where a node is now: labels may change under the pods. */
  @Test
  void theLabelsOfANodeMayChange() {
    Document other = Board.pod("default", "other", "", affinity("-zone foo"));
    Board board = board().nodes("a/zone1 b/zone1 x/zone2").place(other, "a");
    PodInfo pod = Board.incoming("foo", "");
    assertThat(verdicts(pod, board)).isEqualTo("~a ~b x");
    board.nodes("a/zone2");
    assertThat(verdicts(pod, board)).isEqualTo("~a b ~x");
    board.cluster().removeNode("a");
    assertThat(verdicts(pod, board)).isEqualTo("b x");
    board.nodes("a/zone1");
    assertThat(verdicts(pod, board)).isEqualTo("~a ~b x");
  }

  private static Board board() {
    Map<String, Map<String, String>> labels = Map.of("team", Map.of("team", "one"));
    return new Board(name -> labels.getOrDefault(name, Map.of()), Board.ALONE);
  }

  private static InterPodAffinity of(Board board, String labels, String terms) {
    String spec = terms.isEmpty() ? "" : affinity(terms);
    return InterPodAffinity.of(Board.incoming(labels, spec), board.snapshot());
  }

  private static String verdicts(PodInfo pod, Board board) {
    InterPodAffinity affinity = InterPodAffinity.of(pod, board.snapshot());
    Map<List<String>, String> marks =
        Map.of(
            List.of(), "",
            List.of("node(s) didn't match pod affinity rules"), "!",
            List.of("node(s) didn't match pod anti-affinity rules"), "-",
            List.of("node(s) didn't satisfy existing pods anti-affinity rules"), "~");
    return board.verdicts(affinity::verdict, marks, Set.of("-", "~"));
  }

  /** Terms in words, as {@code spec.affinity}. */
  static String affinity(String words) {
    return "'affinity':{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[%s]},'podAntiAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[%s]}}"
        .formatted(terms(words, '+'), terms(words, '-'));
  }

  private static String terms(String words, char kind) {
    return String.join(
        ",",
        Stream.of(words.split(";"))
            .map(String::strip)
            .filter(each -> each.charAt(0) == kind)
            .map(each -> term(each.substring(1)))
            .toList());
  }

  private static String term(String words) {
    String[] parts = words.split(" ", 3);
    String selector =
        parts[1].equals("-")
            ? ""
            : ",'labelSelector':{'matchExpressions':[{'key':'%s','operator':'Exists'}]}"
                .formatted(parts[1]);
    String more = parts.length > 2 ? "," + parts[2] : "";
    return "{'topologyKey':'%s'%s%s}".formatted(parts[0], selector, more);
  }
}
