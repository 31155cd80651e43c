package dev.fairlead.controllers.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import dev.fairlead.api.select.LabelSelector;
import dev.fairlead.controllers.scheduler.Board.Given;
import dev.fairlead.controllers.scheduler.Placement.Decision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scheduler's decision, by table. Quotes in the JSON below are single. */
final class PlacementTest {
  private static final String HOPELESS = "1 Preemption is not helpful for scheduling.";
  private static final String NO_VICTIMS = "1 No preemption victims found for incoming pod.";
  private static final String READY = "'status':{'conditions':[{'type':'Ready','status':'True'}]}";

  @Test
  void aPodGoesWhereItsKindIsFewest() {
    Document first = pod("a", "'labels':{'app':'x'}", "");
    assertThat(place(pod("b", "'labels':{'app':'x'}", ""), node("node-1", first), node("node-2")))
        .isEqualTo(new Decision.Bind("node-2"));
  }

  @Test
  void spreadingCountsTheKindBeforeAllPods() {
    LabelSelector relatives = LabelSelector.ofMap(Map.of("app", ""));
    Board board =
        new Board(Board.NO_LABELS, _ -> relatives)
            .nodes("node-1/- node-2/-")
            .pods("node-1:app node-2:other node-2:other");
    assertThat(Placement.decide(Board.incoming("app", ""), board.snapshot(), List.of()))
        .isEqualTo(new Decision.Bind("node-2"));
    assertThat(
            Placement.decide(
                Board.incoming("app", ""), board.pods("node-2:app").snapshot(), List.of()))
        .isEqualTo(new Decision.Bind("node-1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "'unschedulable':true | '' | 1 node(s) were unschedulable",
        "'taints':[{'key':'k','value':'v','effect':'NoSchedule'}] | '' | 1 node(s) had untolerated taint {k: v}",
        "'x':1 | 'nodeSelector':{'disk':'ssd'} | 1 node(s) didn't match Pod's node affinity/selector",
      })
  void aNodeIsRefusedInUpstreamsWords(String nodeSpec, String podSpec, String reason) {
    String spec = podSpec.equals("''") ? "" : podSpec;
    assertThat(
            place(
                pod("p", "", spec),
                state("{'metadata':{'name':'n'},'spec':{%s},%s}".formatted(nodeSpec, READY))))
        .isEqualTo(refused("0/1 nodes are available: " + reason + ".", HOPELESS));
  }

  @Test
  void aNodeThatIsNotReadyIsRefused() {
    assertThat(place(pod("p", "", ""), state("{'metadata':{'name':'n'}}")))
        .isEqualTo(
            refused(
                "0/1 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/not-ready: }.",
                HOPELESS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'operator':'Exists'} | true",
        "{'key':'k','operator':'Exists','effect':'NoSchedule'} | true",
        "{'key':'k','value':'v'} | true",
        "{'key':'k','value':'w'} | false",
        "{'key':'k','operator':'Exists','effect':'NoExecute'} | false",
        "{'key':'other','operator':'Exists'} | false",
      })
  void tolerations(String toleration, boolean tolerated) {
    Given node =
        state(
            "{'metadata':{'name':'n'},'spec':{'taints':[{'key':'k','value':'v','effect':'NoSchedule'}]},%s}"
                .formatted(READY));
    Decision decision = place(pod("p", "", "'tolerations':[%s]".formatted(toleration)), node);
    assertThat(decision instanceof Decision.Bind).isEqualTo(tolerated);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'key':'zone','operator':'In','values':['a','b']} | true",
        "{'key':'zone','operator':'NotIn','values':['a']} | false",
        "{'key':'gpu','operator':'DoesNotExist'} | true",
        "{'key':'gpu','operator':'Exists'} | false",
        "{'key':'cores','operator':'Gt','values':['3']} | true",
        "{'key':'cores','operator':'Lt','values':['4']} | false",
      })
  void requiredNodeAffinity(String expression, boolean matches) {
    String affinity =
        "'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':[{'matchExpressions':[%s]}]}}}"
            .formatted(expression);
    Given node =
        state("{'metadata':{'name':'n','labels':{'zone':'a','cores':'4'}},%s}".formatted(READY));
    Decision decision = place(pod("p", "", affinity), node);
    assertThat(decision instanceof Decision.Bind).isEqualTo(matches);
  }

  /** As the pods of DaemonSets are pinned, even where another node would suit them better. */
  @Test
  void aFieldNamesTheNode() {
    String pinned =
        "'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':[{'matchFields':[{'key':'metadata.name','operator':'In','values':['b']}]}]}}}";
    Given busy = node("b", pod("other", "", ""));
    assertThat(place(pod("p", "", pinned), node("a"), busy, node("c")))
        .isEqualTo(new Decision.Bind("b"));
    assertThat(place(pod("p", "", pinned), node("a"), node("c")))
        .isEqualTo(
            refused(
                "0/2 nodes are available: 2 node(s) didn't satisfy plugin(s) [NodeAffinity].",
                "2 Preemption is not helpful for scheduling."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'matchFields':[%s'b']}]} | b",
        "{'matchFields':[%s'b']},%s'b','c']}]} | b",
        "{'matchFields':[%s'b']}]},{'matchFields':[%s'c']}]} | b c",
        "{'matchFields':[%s'b']},%s'c']}]} | ''",
        "{'matchFields':[%s'b']}]},{'matchExpressions':[{'key':'k','operator':'Exists'}]} | all",
        "{'matchExpressions':[{'key':'k','operator':'Exists'}]} | all",
      })
  void onlyTheNodesThatAPodNamesMayDo(String terms, String names) {
    String field = "{'key':'metadata.name','operator':'In','values':[";
    String spec =
        "{'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':[%s]}}}}"
            .formatted(terms.replace("%s", field));
    assertThat(
            PinnedNodes.of(Board.document(spec).tree())
                .map(each -> String.join(" ", new TreeSet<>(each))))
        .isEqualTo(
            names.equals("all") ? Optional.empty() : Optional.of(names.equals("''") ? "" : names));
  }

  @Test
  void namesThatContradictEachOther() {
    String fields =
        "{'key':'metadata.name','operator':'In','values':['a']},{'key':'metadata.name','operator':'In','values':['b']}";
    String spec =
        "'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':[{'matchFields':[%s]}]}}}"
            .formatted(fields);
    assertThat(place(pod("p", "", spec), node("a"), node("b")))
        .isEqualTo(
            refused(
                "0/2 nodes are available: pod affinity terms conflict.",
                "2 Preemption is not helpful for scheduling."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "-node foo | 3 node(s) didn't match pod anti-affinity rules | 3 No preemption victims found for incoming pod",
        "+node bar | 3 node(s) didn't match pod affinity rules | 3 Preemption is not helpful for scheduling",
        "+node foo; -zone foo | 2 node(s) didn't match pod anti-affinity rules, 1 node(s) didn't match pod affinity rules | 2 No preemption victims found for incoming pod, 1 Preemption is not helpful for scheduling",
      })
  void podsInTheWayInUpstreamsWords(String terms, String why, String preemption) {
    Board board = new Board().nodes("a/zone1 b/zone1 c/zone2");
    board.pods(terms.contains("zone") ? "a:foo b:foo" : "a:foo b:foo c:foo");
    PodInfo pod = Board.incoming("baz", InterPodAffinityTest.affinity(terms));
    String sorted = String.join(", ", new TreeSet<>(List.of(why.split(", "))));
    assertThat(Placement.decide(pod, board.snapshot(), List.of()))
        .isEqualTo(
            refused(
                "0/3 nodes are available: " + sorted + ".",
                String.join(", ", new TreeSet<>(List.of(preemption.split(", ")))) + "."));
  }

  @Test
  void aFullNodeIsRefused() {
    Document other = pod("other", "", "");
    Given full = node("n", Collections.nCopies(110, other).toArray(Document[]::new));
    assertThat(place(pod("p", "", ""), full))
        .isEqualTo(refused("0/1 nodes are available: 1 Too many pods.", NO_VICTIMS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'hostPort':80} | false",
        "{'hostPort':81} | true",
        "{'hostPort':80,'protocol':'UDP'} | true",
        "{'hostPort':80,'hostIP':'0.0.0.0'} | false",
        "{'hostPort':80,'hostIP':'10.111.0.11'} | false",
        "{'hostPort':90,'hostIP':'10.111.0.11'} | false",
        "{'hostPort':90,'hostIP':'127.0.0.1'} | true",
        "{'hostPort':90} | false",
        "{'hostPort':70} | false",
        "{'containerPort':80} | true",
      })
  void portsOfTheNodeMustBeFree(String port, boolean free) {
    Document there =
        pod(
            "there",
            "",
            "'initContainers':[{'restartPolicy':'Always','ports':[{'hostPort':70}]},{'ports':[{'hostPort':81}]}],"
                + "'containers':[{'ports':[{'hostPort':80},{'hostPort':90,'hostIP':'10.111.0.11'}]}]");
    Document pod = pod("p", "", "'containers':[{'ports':[%s]}]".formatted(port));
    assertThat(place(pod, node("n", there)))
        .isEqualTo(
            free
                ? new Decision.Bind("n")
                : refused(
                    "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports.",
                    NO_VICTIMS));
  }

  @Test
  void requestsMustFitWhatIsLeft() {
    String wants = "'containers':[{'resources':{'requests':{'cpu':'%s','memory':'%s'}}}]";
    Document there = pod("there", "", wants.formatted("1500m", "1Gi"));
    Given node =
        Given.of(
            Board.document(
                "{'metadata':{'name':'n'},'status':{'allocatable':{'cpu':'2','memory':'2Gi','pods':'110'},'conditions':[{'type':'Ready','status':'True'}]}}"),
            there);
    assertThat(place(pod("p", "", wants.formatted("500m", "1024Mi")), node))
        .isEqualTo(new Decision.Bind("n"));
    assertThat(place(pod("p", "", wants.formatted("501m", "1025Mi")), node))
        .isEqualTo(
            refused(
                "0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory.", NO_VICTIMS));
    assertThat(place(pod("p", "", wants.formatted("3", "1")), node))
        .as("more than the node has")
        .isEqualTo(refused("0/1 nodes are available: 1 Insufficient cpu.", HOPELESS));
  }

  /**
   * A pod that is being resized counts with the most of what it wants, was granted and has. A row:
   * these three in CPUs, why it waits, what is left of four.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, '', 3",
    "3, 1, 1, Deferred, 1",
    "3, 1, 1, Infeasible, 3",
    "3, 3, 2, '', 1",
    "1, 1, 2, '', 2",
    "1, 2, 1, '', 2",
  })
  void aPodThatIsResizedCountsWithTheMostOfAll(
      int wants, int granted, int has, String pending, int left) {
    Document there =
        Board.document(
            "{'metadata':{'namespace':'default','name':'there'},'spec':{'containers':[{'name':'c','resources':{'requests':{'cpu':'%d'}}}]},'status':{'conditions':[{'type':'PodResizePending','status':'True','reason':'%s'}],'containerStatuses':[{'name':'c','allocatedResources':{'cpu':'%d'},'resources':{'requests':{'cpu':'%d'}}}]}}"
                .formatted(wants, pending, granted, has));
    Given node =
        Given.of(
            Board.document(
                "{'metadata':{'name':'n'},'status':{'allocatable':{'cpu':'4','pods':'110'},'conditions':[{'type':'Ready','status':'True'}]}}"),
            there);
    String asks = "'containers':[{'resources':{'requests':{'cpu':'%d'}}}]";
    assertThat(place(pod("p", "", asks.formatted(left)), node)).isEqualTo(new Decision.Bind("n"));
    assertThat(place(pod("p", "", asks.formatted(left + 1)), node))
        .isInstanceOf(Decision.Unschedulable.class);
  }

  @Test
  void reasonsAreCountedAndSorted() {
    Given cordoned =
        state("{'metadata':{'name':'a'},'spec':{'unschedulable':true},%s}".formatted(READY));
    assertThat(place(pod("p", "", "'nodeSelector':{'a':'b'}"), cordoned, node("b"), node("c")))
        .isEqualTo(
            refused(
                "0/3 nodes are available: 1 node(s) were unschedulable, 2 node(s) didn't match Pod's node affinity/selector.",
                "3 Preemption is not helpful for scheduling."));
    assertThat(place(pod("p", "", "")))
        .isEqualTo(new Decision.Unschedulable("no nodes available to schedule pods", false));
  }

  /** All nodes of a message are looked at again for preemption. */
  private static Decision refused(String why, String preemption) {
    return new Decision.Unschedulable(
        "%s preemption: %s: %s".formatted(why, why.substring(0, why.indexOf(':')), preemption),
        true);
  }

  private static Decision place(Document pod, Given... nodes) {
    return Placement.decide(PodInfo.of(pod), Board.snapshot(List.of(nodes)), List.of());
  }

  private static Given node(String name, Document... pods) {
    List<Document> distinct = new ArrayList<>();
    for (Document pod : pods) {
      String unique = "%s-%s-%d".formatted(pod.name(), name, distinct.size());
      distinct.add(pod.with(tree -> tree.withObjectProperty("metadata").put("name", unique)));
    }
    return new Given(
        Board.document("{'metadata':{'name':'%s'},%s}".formatted(name, READY)),
        distinct,
        List.of());
  }

  private static Given state(String json) {
    return Given.of(Board.document(json));
  }

  private static Document pod(String name, String metadata, String spec) {
    String more = metadata.isEmpty() ? "" : "," + metadata;
    return Board.document(
        "{'metadata':{'namespace':'default','name':'%s'%s},'spec':{%s}}"
            .formatted(name, more, spec));
  }
}
