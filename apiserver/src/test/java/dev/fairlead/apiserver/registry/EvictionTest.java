package dev.fairlead.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvictionTest {
  @AutoClose private final Bench bench = new Bench();

  @Test
  void anEvictionUsesUpADisruptionAndDeletesThePod() {
    budget(
        "b", "observedGeneration: 1, disruptionsAllowed: 1, currentHealthy: 2, desiredHealthy: 1");
    pod("a", true);
    pod("b", true);
    assertThat(Bench.text(evict("a", "{}"), "/status")).isEqualTo("\"Success\"");
    Document pod = bench.get(Kinds.POD, "default", "a");
    Document budget = bench.get(Kinds.POD_DISRUPTION_BUDGET, "default", "b");
    assertThat(pod.meta().deleting()).isTrue();
    assertThat(Bench.text(pod, "/status/conditions/1/reason"))
        .isEqualTo("\"EvictionByEvictionAPI\"");
    assertThat(budget.meta().resourceVersion()).isEqualTo(pod.meta().resourceVersion());
    assertThat(Bench.text(budget, "/status/disruptionsAllowed")).isEqualTo("0");
    assertThat(Bench.text(budget, "/status/disruptedPods/a")).isEqualTo("\"" + Bench.NOW + "\"");
    assertThat(Bench.text(budget, "/status/conditions/0/reason")).isEqualTo("\"InsufficientPods\"");
    assertThatThrownBy(() -> evict("b", "{}"))
        .isInstanceOfSatisfying(
            ApiException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(429);
              assertThat(refusal.reason()).isEqualTo("TooManyRequests");
              assertThat(refusal.message())
                  .isEqualTo("Cannot evict pod as it would violate the pod's disruption budget.");
              assertThat(Bench.text(refusal.status(), "/details/causes"))
                  .isEqualTo(
                      "[{\"reason\":\"DisruptionBudget\",\"message\":\"The disruption budget b does not allow evicting pods currently\"}]");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'observedGeneration: 1, disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 1' | The disruption budget b needs 1 healthy pods and has 1 currently
          'disruptionsAllowed: 1, currentHealthy: 2, desiredHealthy: 1'                        | The disruption budget b is still being processed by the server.
          'observedGeneration: 1, conditions: [{type: DisruptionAllowed, status: "False", reason: SyncFailed, message: oh no}]' | The disruption budget b does not allow evicting pods currently because it failed sync: oh no
          """)
  void whatSpeaksAgainstItIsTheCause(String status, String why) {
    budget("b", status);
    pod("a", true);
    assertThatThrownBy(() -> evict("a", "{}"))
        .isInstanceOfSatisfying(
            ApiException.class,
            refusal ->
                assertThat(refusal.status().tree().at("/details/causes/0/message").asText())
                    .isEqualTo(why));
    assertThat(bench.get(Kinds.POD, "default", "a").meta().deleting()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          IfHealthyBudget | 2 | 2 | true
          IfHealthyBudget | 1 | 2 | false
          AlwaysAllow     | 1 | 2 | true
          """)
  void podsThatAreNotReady(String policy, int healthy, int desired, boolean may) {
    bench.status(
        Kinds.POD_DISRUPTION_BUDGET,
        bench
            .create(
                Kinds.POD_DISRUPTION_BUDGET,
                "default",
                "{metadata: {name: b}, spec: {minAvailable: 2, selector: {matchLabels: {app: a}}, unhealthyPodEvictionPolicy: %s}}"
                    .formatted(policy))
            .with(tree ->
                tree.set(
                    "status",
                    Bench.document(
                            "{observedGeneration: 1, disruptionsAllowed: 0, currentHealthy: %d, desiredHealthy: %d}"
                                .formatted(healthy, desired))
                        .tree())));
    pod("a", false);
    if (may) {
      evict("a", "{}");
      assertThat(bench.get(Kinds.POD, "default", "a").meta().deleting()).isTrue();
    } else {
      assertThatThrownBy(() -> evict("a", "{}")).hasMessageContaining("disruption budget");
    }
  }

  @Test
  void twoBudgetsAreTooMany() {
    budget("b", "observedGeneration: 1, disruptionsAllowed: 1");
    budget("c", "observedGeneration: 1, disruptionsAllowed: 1");
    pod("a", true);
    assertThatThrownBy(() -> evict("a", "{}"))
        .hasMessage(
            "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.")
        .isInstanceOfSatisfying(
            ApiException.class, refusal -> assertThat(refusal.code()).isEqualTo(500));
  }

  @Test
  void dryRunsPreconditionsAndNames() {
    budget(
        "b", "observedGeneration: 1, disruptionsAllowed: 1, currentHealthy: 2, desiredHealthy: 1");
    pod("a", true);
    evict("a", "{deleteOptions: {dryRun: [All]}}");
    assertThat(bench.get(Kinds.POD, "default", "a").meta().deleting()).isFalse();
    assertThatThrownBy(() -> evict("a", "{deleteOptions: {preconditions: {uid: other}}}"))
        .hasMessageContaining(
            "the UID in the precondition (other) does not match the UID in record");
    assertThatThrownBy(() -> evict("a", "{metadata: {name: z}}"))
        .hasMessage("name in URL does not match name in Eviction object");
    assertThatThrownBy(() -> evict("nobody", "{}")).hasMessage("pods \"nobody\" not found");
    Document budget = bench.get(Kinds.POD_DISRUPTION_BUDGET, "default", "b");
    assertThat(Bench.text(budget, "/status/disruptionsAllowed")).isEqualTo("1");
  }

  @Test
  void manyAtOnceGetNoMoreThanTheBudget() throws Exception {
    budget(
        "b",
        "observedGeneration: 1, disruptionsAllowed: 3, currentHealthy: 20, desiredHealthy: 17");
    for (int i = 0; i < 20; i++) {
      pod("p" + i, true);
    }
    List<Future<Boolean>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        String name = "p" + i;
        all.add(threads.submit(() -> evicted(name)));
      }
    }
    int evicted = 0;
    for (Future<Boolean> each : all) {
      evicted += each.get() ? 1 : 0;
    }
    assertThat(evicted).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'minAvailable: 1, maxUnavailable: 1'  | spec: Invalid value: {"minAvailable":1,"maxUnavailable":1}: minAvailable and maxUnavailable cannot be both set
          'minAvailable: -1'                    | spec.minAvailable: Invalid value: -1: must be greater than or equal to 0
          'maxUnavailable: 101%'                | spec.maxUnavailable: Invalid value: "101%": must not be greater than 100%
          'unhealthyPodEvictionPolicy: Never'   | spec.unhealthyPodEvictionPolicy: Unsupported value: "Never": supported values: "AlwaysAllow", "IfHealthyBudget"
          """)
  void budgetsAreValidated(String spec, String why) {
    assertThatThrownBy(() ->
            bench.create(
                Kinds.POD_DISRUPTION_BUDGET,
                "default",
                "{metadata: {name: b}, spec: {%s}}".formatted(spec)))
        .hasMessage("PodDisruptionBudget.policy \"b\" is invalid: " + why);
  }

  private boolean evicted(String name) {
    try {
      evict(name, "{}");
      return true;
    } catch (ApiException e) {
      assertThat(e.code()).isEqualTo(429);
      return false;
    }
  }

  private Document evict(String name, String body) {
    return bench.registry.create(
        Target.object(Kinds.POD, "default", name).sub("eviction"),
        Bench.document(body).with(tree -> name(tree.withObject("metadata"), name)),
        WriteOptions.NONE);
  }

  private static void name(ObjectNode metadata, String name) {
    if (!metadata.has("name")) {
      metadata.put("name", name);
    }
  }

  private void budget(String name, String status) {
    Document made =
        bench.create(
            Kinds.POD_DISRUPTION_BUDGET,
            "default",
            "{metadata: {name: %s}, spec: {minAvailable: 1, selector: {matchLabels: {app: a}}}}"
                .formatted(name));
    bench.status(
        Kinds.POD_DISRUPTION_BUDGET,
        made.with(tree -> tree.set("status", Bench.document("{%s}".formatted(status)).tree())));
  }

  private void pod(String name, boolean ready) {
    Document pod =
        bench.create(
            Kinds.POD,
            "default",
            "{metadata: {name: %s, labels: {app: a}}, spec: {nodeName: node-1, containers: [{name: c, image: i}]}}"
                .formatted(name));
    bench.status(
        Kinds.POD,
        pod.with(tree -> {
          ObjectNode status = (ObjectNode) tree.get("status");
          status.put("phase", "Running");
          status
              .putArray("conditions")
              .addObject()
              .put("type", "Ready")
              .put("status", ready ? "True" : "False");
        }));
  }
}
