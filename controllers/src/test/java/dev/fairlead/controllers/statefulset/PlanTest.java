package dev.fairlead.controllers.statefulset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.api.view.StatefulSet;
import dev.fairlead.controllers.history.Revision;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done next about the pods of a StatefulSet named {@code web} with three replicas. */
class PlanTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  /**
   * A row: more of the spec; pods as {@code number:revision:state}, where + is available, r ready
   * for five seconds, - not ready, x failed, d being deleted; the actions.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '' | '' | create web-0 new
          '' | 0:new:- | ''
          '' | 0:new:+ | create web-1 new
          '' | 0:new:+ 2:new:+ | create web-1 new
          '' | 0:new:d 1:new:+ 2:new:+ | ''
          '' | 0:new:x 1:new:+ 2:new:+ | delete web-0
          '' | 0:new:+ 1:new:+ 2:new:+ | ''
          '' | 0:new:+ 1:new:+ 2:new:+ 3:new:+ 4:new:+ | delete web-4
          '' | 0:new:+ 1:new:+ 2:new:+ 3:new:+ 4:new:d | ''
          '' | 0:new:+ 1:new:+ 2:new:+ 3:new:- 4:new:+ | delete web-4
          '' | 0:new:+ 1:new:+ 2:new:+ 3:new:- 4:new:- | ''
          '' | 0:new:+ 1:new:+ 2:new:+ 3:new:+ 4:new:- | delete web-4
          '' | 0:new:+ 1:new:- 2:new:+ 3:new:+ | ''
          '' | 0:old:+ 1:old:+ 2:old:+ | delete web-2
          '' | 0:old:+ 1:old:+ 2:old:- | ''
          '' | 0:old:+ 1:old:+ 2:new:+ | delete web-1
          '' | 0:old:+ 1:old:+ | create web-2 new
          '' | 0:old:+ 1:old:+ 2:old:+ 3:old:+ | delete web-3
          'minReadySeconds: 10,' | 0:new:r | ''
          'minReadySeconds: 3,' | 0:new:r | create web-1 new
          'updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 2}},' | 0:old:+ 1:old:+ 2:old:+ | delete web-2
          'updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 2}},' | 0:old:+ 1:old:+ 2:new:+ | ''
          'updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 2}},' | 0:old:+ 2:new:+ | create web-1 old
          'updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 9}},' | 0:old:+ 1:old:+ 2:old:+ | ''
          'updateStrategy: {type: RollingUpdate},' | 0:old:+ 1:old:+ | create web-2 new
          'updateStrategy: {type: RollingUpdate},' | 1:old:+ 2:new:+ | create web-0 old
          'updateStrategy: {type: OnDelete},' | 0:old:+ 1:old:+ 2:old:+ | ''
          'updateStrategy: {type: OnDelete},' | 0:old:+ 2:old:+ | create web-1 new
          'podManagementPolicy: Parallel,' | 1:new:- 4:new:- | create web-0 new, create web-2 new, delete web-4
          'podManagementPolicy: Parallel,' | 0:old:+ 1:old:+ 2:old:+ | delete web-2
          'podManagementPolicy: Parallel,' | 0:new:x 1:new:+ 2:new:+ | delete web-0
          'ordinals: {start: 2},' | 2:new:+ 3:new:+ 4:new:+ 1:new:+ | delete web-1
          """)
  void decides(String spec, String pods, String actions) {
    Document set =
        document(
            "{kind: StatefulSet, apiVersion: apps/v1, metadata: {name: web, namespace: n, uid: u}, spec: {replicas: 3, %s serviceName: web, template: {metadata: {labels: {app: web}}}}}"
                .formatted(spec));
    StatefulSet view = StatefulSet.of(set);
    Revisions revisions = new Revisions(revision("old"), revision("new"));
    Replicas replicas = Replicas.of(set, view, pods(pods), NOW);
    int current = StatefulSetStatus.of(replicas, revisions).current();
    assertThat(
            Plan.of(set, view, replicas, revisions, current).stream()
                .map(PlanTest::text)
                .collect(Collectors.joining(", ")))
        .isEqualTo(actions);
  }

  /** A pod without its labels gets them; it is fine otherwise. */
  @ParameterizedTest
  @CsvSource({"Parallel", "OrderedReady"})
  void tellsAPodWhoItIs(String policy) {
    Document set =
        document(
            "{kind: StatefulSet, apiVersion: apps/v1, metadata: {name: web, namespace: n, uid: u}, spec: {replicas: 1, podManagementPolicy: %s}}"
                .formatted(policy));
    StatefulSet view = StatefulSet.of(set);
    Document pod =
        document(
            "{metadata: {name: web-0, labels: {controller-revision-hash: new}}, status: {phase: Running, conditions: [{type: Ready, status: 'True'}]}}");
    Replicas replicas = Replicas.of(set, view, List.of(pod), NOW);
    Revisions revisions = new Revisions(revision("new"), revision("new"));
    assertThat(Plan.of(set, view, replicas, revisions, 1))
        .containsExactly(new Action.Relabel(pod, Identity.labels(set, 0)));
  }

  private static String text(Action action) {
    return switch (action) {
      case Action.Create(Document pod) ->
          "create %s %s".formatted(pod.name(), Identity.revision(pod));
      case Action.Delete(Document pod) -> "delete " + pod.name();
      case Action.Relabel(Document pod, var labels) -> "relabel " + pod.name() + labels;
    };
  }

  private static Revision revision(String name) {
    return Revision.of(
        document("{metadata: {name: %s}, data: {spec: {template: {spec: {}}}}}".formatted(name)));
  }

  private static List<Document> pods(String text) {
    List<Document> pods = new ArrayList<>();
    for (String each : text.isEmpty() ? new String[0] : text.split(" ")) {
      String[] parts = each.split(":");
      pods.add(pod(parts[0], parts[1], parts[2].charAt(0)));
    }
    return pods;
  }

  private static Document pod(String ordinal, String revision, char state) {
    String deleted = state == 'd' ? "deletionTimestamp: '2026-03-01T11:59:00Z'," : "";
    String since = state == 'r' ? "11:59:55" : "11:00:00";
    return document(
        """
        {metadata: {name: web-%1$s, %3$s labels: {controller-revision-hash: %2$s,
        statefulset.kubernetes.io/pod-name: web-%1$s, apps.kubernetes.io/pod-index: '%1$s'}},
        status: {phase: %4$s, conditions: [{type: Ready, status: '%5$s', lastTransitionTime: '2026-03-01T%6$sZ'}]}}
        """
            .formatted(
                ordinal,
                revision,
                deleted,
                state == 'x' ? "Failed" : "Running",
                state == '-' ? "False" : "True",
                since));
  }

  private static Document document(String yaml) {
    return Document.of(Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8)));
  }
}
