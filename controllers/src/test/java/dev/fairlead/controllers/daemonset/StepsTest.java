package dev.fairlead.controllers.daemonset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.api.view.DaemonSet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done next about the pods of a DaemonSet on three nodes. */
class StepsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String SURGE = "rollingUpdate: {maxSurge: %s, maxUnavailable: 0}";

  /**
   * A row: maximum unavailable, or +surge; pods as {@code node:revision:state}, where + is
   * available, - not ready, x failed, d being deleted; what placement does; what an update does.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 | '' | +1 +2 +3 | ''
          1 | 1:new:+ 2:new:- 3:new:d | '' | ''
          1 | 1:new:+ 2:new:+ | +3 | ''
          1 | 1:new:+ 1:new:- 2:new:+ 3:new:+ | -1b | ''
          1 | 1:new:x 2:new:+ 3:new:+ | -1a | ''
          1 | 1:new:+ 2:new:+ 3:new:+ 9:new:+ | '' | ''
          1 | 1:old:+ 2:old:+ 3:old:+ | '' | -1a
          2 | 1:old:+ 2:old:+ 3:old:+ | '' | -1a -2a
          50% | 1:old:+ 2:old:+ 3:old:+ | '' | -1a -2a
          1 | 1:new:- 2:old:+ 3:old:+ | '' | ''
          1 | 1:new:+ 2:old:+ 3:old:+ | '' | -2a
          1 | 1:old:- 2:old:- 3:old:+ | '' | -1a -2a
          1 | 1:old:d 2:old:+ 3:old:+ | '' | ''
          +1 | 1:old:+ 2:old:+ 3:old:+ | '' | +1
          +2 | 1:old:+ 2:old:+ 3:old:+ | '' | +1 +2
          +1 | 1:old:+ 1:new:- 2:old:+ 3:old:+ | '' | ''
          +1 | 1:old:+ 1:new:+ 2:old:+ 3:old:+ | -1a | -1a +2
          +1 | 1:old:- 1:new:- 2:old:+ 3:old:+ | -1a | ''
          +1 | 1:old:- 2:old:+ 3:old:- | '' | +1 +3 +2
          """)
  void decides(String limit, String pods, String placement, String update) {
    String strategy =
        limit.startsWith("+")
            ? SURGE.formatted(limit.substring(1))
            : "rollingUpdate: {maxUnavailable: '%s', maxSurge: 0}".formatted(limit);
    Deployed deployed =
        Deployed.of(set("updateStrategy: {" + strategy + "}"), nodes(), pods(pods), "new", NOW);
    assertThat(text(Placement.of(deployed))).isEqualTo(placement);
    assertThat(sorted(text(Replacement.of(deployed)))).isEqualTo(sorted(update));
  }

  /** A row: the template's pod; the node; whether a pod shall come, and may stay. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {} | {} | true true
          {nodeName: n} | {} | true true
          {nodeName: m} | {} | false false
          {nodeSelector: {a: b}} | {} | false false
          {nodeSelector: {a: b}} | {labels: {a: b}} | true true
          {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchFields: [{key: metadata.name, operator: In, values: [n]}]}]}}}} | {} | true true
          {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchFields: [{key: metadata.name, operator: NotIn, values: [n]}]}]}}}} | {} | false false
          {} | {taints: [{key: k, effect: NoSchedule}]} | false true
          {} | {taints: [{key: k, effect: NoExecute}]} | false false
          {} | {taints: [{key: k, effect: PreferNoSchedule}]} | true true
          {tolerations: [{operator: Exists}]} | {taints: [{key: k, effect: NoExecute}]} | true true
          {} | {taints: [{key: node.kubernetes.io/unschedulable, effect: NoSchedule}]} | true true
          {} | {taints: [{key: node.kubernetes.io/not-ready, effect: NoExecute}]} | true true
          {} | {taints: [{key: node.kubernetes.io/not-ready, effect: NoSchedule}]} | false true
          {} | {taints: [{key: node.kubernetes.io/network-unavailable, effect: NoSchedule}]} | false true
          {hostNetwork: true} | {taints: [{key: node.kubernetes.io/network-unavailable, effect: NoSchedule}]} | true true
          """)
  void knowsWhichNodesAreMeant(String pod, String node, String expected) {
    Document set = set("template: {spec: " + pod + "}");
    Document known = document(node);
    Document full =
        document("metadata: {name: n}")
            .with(tree -> {
              tree.withObjectProperty("metadata").set("labels", known.tree().path("labels"));
              tree.withObjectProperty("spec").set("taints", known.tree().path("taints"));
            });
    Eligibility eligible = Eligibility.of(DaemonSet.of(set), full);
    assertThat(eligible.run() + " " + eligible.stay()).isEqualTo(expected);
  }

  @Test
  void aPodIsForItsNodeAlone() {
    Document set =
        set(
            "template: {spec: {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Exists}]}]}}}, tolerations: [{key: mine}]}}");
    Document pod = DaemonPod.of(set, DaemonSet.of(set), "node-7", "h");
    assertThat(DaemonPod.node(pod)).isEqualTo("node-7");
    assertThat(pod.spec().at("/affinity/nodeAffinity").toString())
        .isEqualTo(
            "{\"requiredDuringSchedulingIgnoredDuringExecution\":{\"nodeSelectorTerms\":[{\"matchFields\":[{\"key\":\"metadata.name\",\"operator\":\"In\",\"values\":[\"node-7\"]}]}]}}");
    assertThat(pod.spec().path("tolerations").path(0).path("key").asText()).isEqualTo("mine");
    assertThat(pod.spec().path("tolerations")).hasSize(7);
    assertThat(DaemonPod.updated(pod, "h")).isTrue();
  }

  @Test
  void failuresInARowWaitLonger() {
    FailedPods failed = new FailedPods();
    assertThat(failed.hold("u", "n", NOW)).isZero();
    assertThat(failed.hold("u", "n", NOW)).isEqualTo(Duration.ofSeconds(1));
    assertThat(failed.hold("u", "other", NOW)).isZero();
    assertThat(failed.hold("u", "n", NOW.plusSeconds(1))).isZero();
    assertThat(failed.hold("u", "n", NOW.plusSeconds(2))).isEqualTo(Duration.ofSeconds(1));
    assertThat(failed.hold("u", "n", NOW.plus(Duration.ofHours(1)))).isZero();
    assertThat(failed.hold("u", "n", NOW.plus(Duration.ofHours(1))))
        .isEqualTo(Duration.ofSeconds(1));
  }

  private static Document set(String spec) {
    return document(
        "{kind: DaemonSet, apiVersion: apps/v1, metadata: {name: d, namespace: n, uid: u}, spec: {"
            + spec
            + "}}");
  }

  private static List<Document> nodes() {
    return Stream.of("1", "2", "3")
        .map(name -> document("metadata: {name: '%s'}".formatted(name)))
        .toList();
  }

  /** Named by their node and a letter in order of age: 1a, 1b. */
  private static List<Document> pods(String text) {
    List<Document> pods = new ArrayList<>();
    for (String each : text.isEmpty() ? new String[0] : text.split(" ")) {
      String[] parts = each.split(":");
      long before = pods.stream().filter(pod -> pod.name().startsWith(parts[0])).count();
      pods.add(pod(parts[0] + (char) ('a' + before), parts[0], parts[1], parts[2].charAt(0)));
    }
    return pods;
  }

  private static Document pod(String name, String node, String revision, char state) {
    String deleted = state == 'd' ? "deletionTimestamp: '2026-03-01T11:59:00Z'," : "";
    return document(
        """
        {metadata: {name: %s, %s labels: {controller-revision-hash: %s}}, spec: {nodeName: '%s'},
        status: {phase: %s, conditions: [{type: Ready, status: '%s'}]}}
        """
            .formatted(
                name,
                deleted,
                revision,
                node,
                state == 'x' ? "Failed" : "Running",
                state == '+' ? "True" : "False"));
  }

  private static String text(Steps steps) {
    return Stream.concat(
            steps.delete().stream().map(pod -> "-" + pod.name()),
            steps.create().stream().map(node -> "+" + node))
        .collect(Collectors.joining(" "));
  }

  private static List<String> sorted(String steps) {
    return Stream.of(steps.split(" ")).sorted().toList();
  }

  private static Document document(String yaml) {
    return Document.of(Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8)));
  }
}
