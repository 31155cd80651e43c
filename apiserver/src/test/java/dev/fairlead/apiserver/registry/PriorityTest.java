package dev.fairlead.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.Target;
import dev.fairlead.apiserver.bootstrap.Bootstrap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriorityTest {
  @AutoClose private final Bench bench = new Bench();

  @BeforeEach
  void start() {
    Bootstrap.run(bench.registry, RegistrySettings.DEFAULT);
    priorityClass("high", "value: 1000, preemptionPolicy: Never");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                | 0          | PreemptLowerPriority
          priorityClassName: high                           | 1000       | Never
          priorityClassName: high, priority: 1000           | 1000       | Never
          priorityClassName: high, preemptionPolicy: Never  | 1000       | Never
          priorityClassName: system-node-critical           | 2000001000 | PreemptLowerPriority
          priorityClassName: system-cluster-critical        | 2000000000 | PreemptLowerPriority
          """)
  void podsGetThePriorityOfTheirClass(String spec, int priority, String policy) {
    Document pod = pod(spec);
    assertThat(pod.spec().path("priority").asInt()).isEqualTo(priority);
    assertThat(pod.spec().path("preemptionPolicy").asText()).isEqualTo(policy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          priorityClassName: nope | no PriorityClass with name nope was found
          priority: 5             | the integer value of priority (5) must not be provided in pod spec; priority admission controller computed 0 from the given PriorityClass name
          preemptionPolicy: Never | the string value of PreemptionPolicy (Never) must not be provided in pod spec; priority admission controller computed PreemptLowerPriority from the given PriorityClass name
          """)
  void podsMayNotSayOtherwise(String spec, String why) {
    assertThatThrownBy(() -> pod(spec)).hasMessage("pods \"p\" is forbidden: " + why);
  }

  @Test
  void theGlobalDefaultIsForPodsWithoutAClass() {
    priorityClass("usual", "value: 7, globalDefault: true");
    Document pod = pod("");
    assertThat(pod.spec().path("priorityClassName").asText()).isEqualTo("usual");
    assertThat(pod.spec().path("priority").asInt()).isEqualTo(7);
    assertThatThrownBy(() -> priorityClass("second", "value: 8, globalDefault: true"))
        .hasMessage(
            "priorityclasses.scheduling.k8s.io \"second\" is forbidden: PriorityClass usual is already marked as default. Only one default can exist");
    Document again = bench.get(Kinds.PRIORITY_CLASS, "", "usual");
    assertThat(
            bench.update(
                Kinds.PRIORITY_CLASS, again.with(tree -> tree.put("description", "the usual"))))
        .extracting(made -> made.tree().path("description").asText())
        .isEqualTo("the usual");
  }

  @Test
  void aClientThatDoesNotKnowTheFieldsKeepsThem() {
    Document pod = pod("priorityClassName: high");
    Document changed =
        bench.update(
            Kinds.POD,
            pod.with(tree -> {
              ObjectNode spec = (ObjectNode) tree.get("spec");
              spec.remove("priority");
              spec.remove("preemptionPolicy");
              spec.put("activeDeadlineSeconds", 5);
            }));
    assertThat(changed.spec().path("priority").asInt()).isEqualTo(1000);
    assertThat(changed.spec().path("preemptionPolicy").asText()).isEqualTo("Never");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          system-mine             | value: 1                      | metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: system-mine is not a known system priority class
          big                     | value: 1000000001             | value: Forbidden: maximum allowed value of a user defined priority is 1000000000
          odd                     | value: 1, preemptionPolicy: X | preemptionPolicy: Unsupported value: "X": supported values: "PreemptLowerPriority", "Never"
          """)
  void classesAreValidated(String name, String fields, String why) {
    assertThatThrownBy(() -> priorityClass(name, fields))
        .hasMessage("PriorityClass.scheduling.k8s.io \"%s\" is invalid: %s".formatted(name, why));
  }

  @Test
  void valuesNeverChange() {
    Document high = bench.get(Kinds.PRIORITY_CLASS, "", "high");
    assertThatThrownBy(() ->
            bench.update(
                Kinds.PRIORITY_CLASS,
                high.with(
                    tree -> tree.put("value", 1).put("preemptionPolicy", "PreemptLowerPriority"))))
        .hasMessage(
            "PriorityClass.scheduling.k8s.io \"high\" is invalid: [value: Forbidden: may not be changed in an update., preemptionPolicy: Invalid value: \"PreemptLowerPriority\": field is immutable]");
  }

  @Test
  void systemClassesStay() {
    assertThatThrownBy(() ->
            bench.registry.delete(
                Target.object(Kinds.PRIORITY_CLASS, "", "system-node-critical"),
                DeleteOptions.NONE))
        .hasMessage(
            "priorityclasses.scheduling.k8s.io \"system-node-critical\" is forbidden: this is a system priority class and cannot be deleted");
  }

  private Document priorityClass(String name, String fields) {
    return bench.create(
        Kinds.PRIORITY_CLASS, "", "{metadata: {name: %s}, %s}".formatted(name, fields));
  }

  private Document pod(String spec) {
    return bench.create(
        Kinds.POD,
        "default",
        "{metadata: {name: p}, spec: {containers: [{name: c, image: i}]%s}}"
            .formatted(spec.isEmpty() ? "" : ", " + spec));
  }
}
