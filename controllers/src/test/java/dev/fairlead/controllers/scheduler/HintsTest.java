package dev.fairlead.controllers.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who is tried again after which change of another pod, by table. That pod is written {@code
 * where:labels}: where is a node, {@code ~} for none, {@code ~a} for room promised on node {@code
 * a}, and {@code $} for finished; {@code !} after says that it is on its way out.
 */
final class HintsTest {
  private static final String SPREAD =
      "'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'zone','whenUnsatisfiable':'%s','labelSelector':{'matchExpressions':[{'key':'foo','operator':'Exists'}]}}]";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // before | after | any | near foo | far from foo | spread with foo | spread softly
        "a:foo  | -      | true  | true  | true  | true  | true",
        "a:foo  | $:foo  | true  | true  | true  | true  | true",
        "~:foo  | -      | false | false | false | false | false",
        "~a:foo | -      | true  | true  | true  | true  | true",
        "~a:foo | ~:foo  | true  | true  | true  | true  | true",
        "~a:foo | ~b:foo | true  | true  | true  | true  | true",
        "~:foo  | ~a:foo | false | false | false | false | false",
        "-      | ~:foo  | false | false | false | false | false",
        "~:foo  | a:foo  | false | true  | false | true  | false",
        "~a:foo | a:foo  | false | true  | false | true  | false",
        "-      | a:foo  | false | true  | false | true  | false",
        "~:bar  | a:bar  | false | false | false | false | false",
        "a:foo  | a:foo  | false | false | false | false | false",
        "a:foo  | a:bar  | false | true  | true  | true  | false",
        "a:bar  | a:foo  | false | true  | true  | true  | false",
        "a:bar  | a:baz  | false | false | false | false | false",
        "a:foo  | a:foo! | false | true  | true  | true  | false",
        "$:foo  | -      | false | false | false | false | false",
      })
  void whatCouldHelp(
      @Nullable String before,
      @Nullable String after,
      boolean any,
      boolean near,
      boolean far,
      boolean spread,
      boolean softly) {
    assertThat(helps("", before, after)).isEqualTo(any);
    assertThat(helps(InterPodAffinityTest.affinity("+zone foo"), before, after)).isEqualTo(near);
    assertThat(helps(InterPodAffinityTest.affinity("-zone foo"), before, after)).isEqualTo(far);
    assertThat(helps(SPREAD.formatted("DoNotSchedule"), before, after)).isEqualTo(spread);
    assertThat(helps(SPREAD.formatted("ScheduleAnyway"), before, after)).isEqualTo(softly);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'metadata':{'labels':{'a':'b'}}} | true",
        "{'metadata':{'resourceVersion':'2'}} | false",
        "{'spec':{'unschedulable':true}} | true",
        "{'status':{'allocatable':{'cpu':'2'}}} | true",
        "{'status':{'conditions':[{'type':'Ready','status':'True','lastHeartbeatTime':'now'}]}} | true",
        "{'status':{'conditions':[{'type':'Ready','status':'False'}]}} | false",
      })
  void whatCouldHelpOfANode(String after, boolean helps) {
    assertThat(Hints.nodeDiffers(Board.document("{}"), Board.document(after))).isEqualTo(helps);
  }

  /**
   * A pod on a node needs less: that helps those who ask for what it gives back. A row: CPUs that
   * it wants and has, before and after; whether that helps.
   */
  @ParameterizedTest
  @CsvSource({
    "2, 2, 1, 2, false", // it has them still
    "1, 2, 1, 1, true",
    "2, 1, 1, 1, true", // what it has never got is not wanted any more
    "1, 1, 2, 1, false",
    "1, 1, 1, 2, false",
    "1, 1, 1, 1, false",
  })
  void whatAResizedPodGivesBackCouldHelp(int wanted, int had, int wants, int has, boolean helps) {
    Document before = sized(wanted, had, 1);
    Document after = sized(wants, has, wanted == wants ? 1 : 2);
    String asks = "'containers':[{'name':'c','resources':{'requests':{'%s':'1'}}}]";
    assertThat(
            Hints.helps(Board.incoming("", asks.formatted("cpu")), before, after, Board.NO_LABELS))
        .isEqualTo(helps);
    assertThat(
            Hints.helps(
                Board.incoming("", asks.formatted("memory")), before, after, Board.NO_LABELS))
        .isFalse();
  }

  private static Document sized(int wants, int has, int generation) {
    return Board.document(
        "{'metadata':{'namespace':'default','name':'p','generation':%d},'spec':{'nodeName':'a','containers':[{'name':'c','resources':{'requests':{'cpu':'%d'}}}]},'status':{'containerStatuses':[{'name':'c','resources':{'requests':{'cpu':'%d'}}}]}}"
            .formatted(generation, wants, has));
  }

  private static boolean helps(String spec, @Nullable String before, @Nullable String after) {
    PodInfo waiting = Board.incoming("", spec);
    return Hints.helps(
        waiting,
        before == null ? null : pod(before),
        after == null ? null : pod(after),
        Board.NO_LABELS);
  }

  private static Document pod(String word) {
    String[] parts = word.split(":", 2);
    return Board.pod("default", "other", parts[1].replace("!", ""), "")
        .with(tree -> {
          if (parts[1].endsWith("!")) {
            tree.withObjectProperty("metadata").put("deletionTimestamp", "2026-01-01T00:00:00Z");
          }
          if (parts[0].startsWith("~")) {
            tree.withObjectProperty("status").put("nominatedNodeName", parts[0].substring(1));
          } else {
            tree.withObjectProperty("spec").put("nodeName", "a");
          }
          if (parts[0].equals("$")) {
            tree.withObjectProperty("status").put("phase", "Succeeded");
          }
        });
  }
}
