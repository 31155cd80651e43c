package dev.fairlead.controllers.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.controllers.scheduler.Board.Given;
import dev.fairlead.controllers.scheduler.Placement.Decision;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who has to go for whom. Pods are written as {@code name:priority:cpu}, with {@code :started} in
 * seconds, and {@code :label} that a budget may select; nodes have 10 CPUs.
 */
final class PreemptionTest {
  private static final String LACKS = "0/%1$d nodes are available: %1$d Insufficient cpu.";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // new pod | pods of node a | pods of node b | who has to go
        "n:10:4 | x:1:4 y:2:4     | z:20:8          | a: x",
        "n:10:8 | x:1:4 y:2:4     | z:20:8          | a: y x",
        "n:10:2 | x:1:2 y:2:2 w:3:6 | z:20:8        | b: ",
        "n:10:4 | x:1:8           | z:2:8           | a: x",
        "n:10:4 | x:3:8           | z:2:8           | b: z",
        "n:10:8 | x:2:4 y:2:4     | z:2:8           | b: z",
        "n:10:8 | x:2:4 y:1:4     | z:2:4 w:2:4     | a: x y",
        "n:10:8 | x:2:8:100       | z:2:8:200       | b: z",
        "n:10:4 | x:1:4:100 y:1:4:200 | z:20:8      | a: y",
      })
  void theLeastHarmIsDone(String pod, String a, String b, String victims) {
    Decision decision = decide(pod(pod), List.of(), node("a", a), node("b", b));
    assertThat(said(decision)).isEqualTo(victims.strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n:10:4  | x:10:8 | 1 No preemption victims found for incoming pod.",
        "n:10:4  | x:20:8 | 1 No preemption victims found for incoming pod.",
        "n:10:4  | x:20:8 y:1:1 | 1 Insufficient cpu.",
        "n:10:11 | x:1:8  | 1 Preemption is not helpful for scheduling.",
      })
  void whereNobodysEndHelps(String pod, String there, String why) {
    assertThat(decide(pod(pod), List.of(), node("a", there)))
        .isEqualTo(
            new Decision.Unschedulable(
                LACKS.formatted(1) + " preemption: 0/1 nodes are available: " + why, true));
  }

  @Test
  void aPodThatPreemptsNobodyWaits() {
    Document never = pod("n:10:4:::'preemptionPolicy':'Never',");
    assertThat(decide(never, List.of(), node("a", "x:1:8")))
        .isEqualTo(
            new Decision.Unschedulable(
                LACKS.formatted(1) + " preemption: not eligible due to preemptionPolicy=Never.",
                false));
  }

  @Test
  void budgetsAreKeptWherePossible() {
    List<Document> budget =
        List.of(
            document(
                "{'metadata':{'namespace':'default','name':'b','uid':'b'},'spec':{'selector':{'matchLabels':{'l':'db'}}},'status':{'disruptionsAllowed':1}}"));
    assertThat(said(decide(pod("n:10:8"), budget, node("a", "x:1:4::db y:1:4::db"))))
        .as("there is no other way")
        .isEqualTo("a: y x");
    assertThat(
            said(
                decide(
                    pod("n:10:8"),
                    budget,
                    node("a", "x:1:4::db y:1:4::db"),
                    node("b", "z:5:4 w:5:4"))))
        .isEqualTo("b: z w");
    assertThat(said(decide(pod("n:10:4"), budget, node("a", "x:3:4::db y:2:4::db z:4:2"))))
        .as("one may go; the budget would keep the second, so that is spared first")
        .isEqualTo("a: x");
  }

  /** Pods with the label are in the way; the new one is more important than some. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x:1:1::foo y:2:1::bar | z:20:1::foo          | a: x",
        "x:1:1::foo y:2:1::foo | z:20:1::foo          | a: y x",
        "x:1:1::foo y:20:1::foo | z:3:1::foo w:4:1::foo | b: w z",
      })
  void whoIsInTheWayHasToGo(String a, String b, String victims) {
    String term = "{'topologyKey':'node','labelSelector':{'matchLabels':{'l':'foo'}}}";
    Document pod =
        pod(
            "n:10:1:::'affinity':{'podAntiAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[%s]}},"
                .formatted(term));
    assertThat(said(decide(pod, List.of(), node("a", a), node("b", b)))).isEqualTo(victims);
  }

  /** The end of pods on one node cannot help against one on another node of the same domain. */
  @Test
  void whoIsInTheWayElsewhereStays() {
    String term = "{'topologyKey':'zone','labelSelector':{'matchLabels':{'l':'foo'}}}";
    Document pod =
        pod(
            "n:10:1:::'affinity':{'podAntiAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[%s]}},"
                .formatted(term));
    assertThat(said(decide(pod, List.of(), node("a", "x:1:1::foo"), node("b", "y:1:1::foo"))))
        .isEqualTo(
            "0/2 nodes are available: 2 node(s) didn't match pod anti-affinity rules. preemption: 0/2 nodes are available: 2 node(s) didn't match pod anti-affinity rules.");
  }

  /** a has two more than b; of the two the less important goes. */
  @Test
  void whoMakesADomainTooFullHasToGo() {
    String constraint =
        "{'maxSkew':1,'topologyKey':'node','whenUnsatisfiable':'DoNotSchedule','labelSelector':{'matchLabels':{'l':'foo'}}}";
    Document pod = pod("n:10:1::foo:'topologySpreadConstraints':[%s],".formatted(constraint));
    assertThat(
            said(
                decide(
                    pod,
                    List.of(),
                    node("a", "x:1:1::foo y:2:1::foo"),
                    node("b", "z:20:9.5::foo"))))
        .isEqualTo("a: x");
  }

  @Test
  void whatWasPromisedToTheImportantIsNotGivenToOthers() {
    Document promised = pod("p:10:8");
    Given node = new Given(node("a", "").node(), List.of(), List.of(promised, pod("low:1:8")));
    assertThat(decide(pod("n:5:4"), List.of(), node)).isInstanceOf(Decision.Unschedulable.class);
    assertThat(decide(pod("n:10:4"), List.of(), node)).isInstanceOf(Decision.Unschedulable.class);
    assertThat(decide(pod("n:11:4"), List.of(), node)).isEqualTo(new Decision.Bind("a"));
    assertThat(decide(promised, List.of(), node)).isEqualTo(new Decision.Bind("a"));
  }

  @Test
  void roomThatIsBeingMadeIsWaitedFor() {
    Document going =
        pod("x:1:8")
            .with(tree -> {
              tree.withObjectProperty("metadata").put("deletionTimestamp", "2026-01-01T00:00:00Z");
              tree.withObjectProperty("status")
                  .putArray("conditions")
                  .addObject()
                  .put("type", "DisruptionTarget")
                  .put("status", "True")
                  .put("reason", "PreemptionByScheduler");
            });
    Document pod =
        pod("n:10:4").with(tree -> tree.withObjectProperty("status").put("nominatedNodeName", "a"));
    Given node = new Given(node("a", "").node(), List.of(going), List.of(pod));
    assertThat(decide(pod, List.of(), node, node("b", "y:1:8")))
        .isEqualTo(
            new Decision.Unschedulable(
                LACKS.formatted(2)
                    + " preemption: not eligible due to a terminating pod on the nominated node.",
                false));
  }

  @Test
  void theImportantComeFirstAndEqualsInTurn() {
    Map<String, Integer> priorities = new HashMap<>(Map.of("low", 1, "first", 5, "second", 5));
    ByPriority queue = new ByPriority(key -> priorities.getOrDefault(key.name(), 0));
    Stream.of("low", "first", "gone", "second")
        .map(name -> new ObjectKey("default", name))
        .forEach(queue::add);
    priorities.clear();
    assertThat(queue.peek()).isEqualTo(new ObjectKey("default", "first"));
    assertThat(Stream.generate(queue::poll).limit(4).map(ObjectKey::name))
        .containsExactly("first", "second", "low", "gone");
    assertThat(queue.poll()).isNull();
  }

  @Test
  void requestsAreThoseOfTheMomentWhenTheyAreMost() {
    String container = "{'resources':{'requests':{'cpu':'%s'}}%s}";
    String sidecar = ",'restartPolicy':'Always'";
    String spec = "{'spec':{'initContainers':[%s,%s,%s],'containers':[%s],'overhead':{'cpu':'1'}}}";
    assertThat(
            Requests.of(
                    document(
                        spec.formatted(
                            container.formatted("2", ""),
                            container.formatted("3", sidecar),
                            container.formatted("4", ""),
                            container.formatted("500m", ""))))
                .get("cpu"))
        .as("the third init container beside the sidecar, and the overhead")
        .isEqualByComparingTo("8");
    assertThat(
            Requests.of(
                    document(
                        spec.formatted(
                            container.formatted("2", ""),
                            container.formatted("3", sidecar),
                            container.formatted("1", ""),
                            container.formatted("1500m", ""))))
                .get("cpu"))
        .as("the container beside the sidecar, and the overhead")
        .isEqualByComparingTo("5.5");
  }

  private static String said(Decision decision) {
    return switch (decision) {
      case Decision.Bind(String node) -> node + ":";
      case Decision.Preempt(Victims victims, String message) ->
          victims.node()
              + ": "
              + String.join(" ", victims.pods().stream().map(Document::name).toList());
      case Decision.Unschedulable(String message, boolean hopeless) -> message;
    };
  }

  private static Decision decide(Document pod, List<Document> budgets, Given... nodes) {
    return Placement.decide(PodInfo.of(pod), Board.snapshot(List.of(nodes)), budgets);
  }

  private static Given node(String name, String pods) {
    return new Given(
        document(
            "{'metadata':{'name':'%1$s','labels':{'node':'%1$s','zone':'z'}},'status':{'allocatable':{'cpu':'10','pods':'110'},'conditions':[{'type':'Ready','status':'True'}]}}"
                .formatted(name)),
        Stream.of(pods.strip().split(" +"))
            .filter(each -> !each.isEmpty())
            .map(PreemptionTest::pod)
            .toList(),
        List.of());
  }

  private static Document pod(String text) {
    String[] parts = text.strip().split(":", 6);
    String started = parts.length > 3 && !parts[3].isEmpty() ? parts[3] : "0";
    String label = parts.length > 4 ? parts[4] : "";
    String more = parts.length > 5 ? parts[5] : "";
    return document(
        "{'metadata':{'namespace':'default','name':'%s','uid':'%s','labels':{'l':'%s'}},'spec':{%s'priority':%s,'containers':[{'resources':{'requests':{'cpu':'%s'}}}]},'status':{'startTime':'2026-01-01T00:%02d:%02dZ'}}"
            .formatted(
                parts[0],
                parts[0],
                label,
                more,
                parts[1],
                parts[2],
                Integer.parseInt(started) / 60,
                Integer.parseInt(started) % 60));
  }

  private static Document document(String json) {
    return Document.ofJson(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
