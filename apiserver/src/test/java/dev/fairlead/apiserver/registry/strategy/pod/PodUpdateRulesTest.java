package dev.fairlead.apiserver.registry.strategy.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may change of a pod: the spec before, the spec after, and what upstream says. */
class PodUpdateRulesTest {
  private static final String POD = "{metadata: {name: p}, spec: {%s}}";
  private static final String ONE = "containers: [{name: c, image: x}]";

  private static List<String> errors(String before, String after) {
    return PodErrors.texts(PodUpdateRules.validate(pod(after), pod(before)));
  }

  private static Document pod(String spec) {
    return PodErrors.pod(POD.formatted(spec.contains("containers") ? spec : ONE + ", " + spec));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          containers: [{name: c, image: x}] | containers: [{name: c, image: x}, {name: d, image: x}] | containers: Forbidden: pod updates may not add or remove containers
          containers: [{name: c, image: x}] | containers: [{name: c, image: ' x'}] | containers[0].image: Invalid value: " x": must not have leading or trailing whitespace
          activeDeadlineSeconds: 10 | activeDeadlineSeconds: 11 | activeDeadlineSeconds: Invalid value: 11: must be less than or equal to previous value
          activeDeadlineSeconds: 10 | hostPID: false | activeDeadlineSeconds: Invalid value: "null": must not update from a positive integer to nil value
          tolerations: [{key: a, operator: Exists}] | tolerations: [] | tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds
          schedulingGates: [{name: a}] | schedulingGates: [{name: a}, {name: b}] | schedulingGates[1].name: Forbidden: only deletion is allowed, but found new scheduling gate 'b'
          schedulingGates: [{name: a}], nodeSelector: {x: y} | schedulingGates: [{name: a}], nodeSelector: {x: z} | nodeSelector: Invalid value: {"x":"z"}: only additions to spec.nodeSelector are allowed (no mutations or deletions)
          """)
  void refused(String before, String after, String error) {
    PodErrors.assertSame(errors(before, after), error, "spec.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          containers: [{name: c, image: x}] | containers: [{name: c, image: y, imagePullPolicy: Always}]
          hostPID: false | activeDeadlineSeconds: 5, hostPID: false
          activeDeadlineSeconds: 10 | activeDeadlineSeconds: 3
          nodeSelector: {a: b} | nodeSelector: {a: b}, hostNetwork: false, hostAliases: [], hostname: ''
          containers: [{name: c, image: x, tty: false}] | containers: [{name: c, image: x, stdin: false, command: []}]
          tolerations: [{key: a, operator: Exists, effect: NoExecute}] | tolerations: [{key: a, operator: Exists, effect: NoExecute, tolerationSeconds: 3}, {key: b}]
          terminationGracePeriodSeconds: -1 | terminationGracePeriodSeconds: 1
          schedulingGates: [{name: a}, {name: b}] | schedulingGates: [{name: b}]
          schedulingGates: [{name: a}] | schedulingGates: [{name: a}], nodeSelector: {x: y}
          schedulingGates: [{name: a}] | schedulingGates: [{name: a}], affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Exists}]}]}}}
          schedulingGates: [{name: a}], affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Exists}]}]}}} | schedulingGates: [{name: a}], affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Exists}, {key: b, operator: Exists}]}]}}}
          """)
  void accepted(String before, String after) {
    assertThat(errors(before, after)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          hostPID: false | hostPID: true | hostPID: true
          nodeSelector: {a: b} | nodeSelector: {a: c} | nodeSelector: {"a":"c"}
          terminationGracePeriodSeconds: 30 | terminationGracePeriodSeconds: 1 | terminationGracePeriodSeconds: 1
          containers: [{name: c, image: x}] | containers: [{name: c, image: y, command: [a]}] | "command":["a"]
          """)
  void anythingElseIsShown(String before, String after, String difference) {
    assertThat(errors(before, after))
        .singleElement()
        .asString()
        .startsWith(
            "spec: Forbidden: pod updates may not change fields other than"
                + " `spec.containers[*].image`,`spec.initContainers[*].image`,")
        .contains(difference);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '' | kubernetes.io/config.mirror: x | may not add mirror pod annotation
          kubernetes.io/config.mirror: x | kubernetes.io/config.mirror: y | may not remove or update mirror pod annotation
          container.apparmor.security.beta.kubernetes.io/c: unconfined | '' | may not remove or update AppArmor annotations
          """)
  void annotationsThatStay(String before, String after, String why) {
    String pod = "{metadata: {name: p, annotations: {%s}}, spec: {nodeName: n, " + ONE + "}}";
    assertThat(
            PodUpdateRules.validate(
                PodErrors.pod(pod.formatted(after)), PodErrors.pod(pod.formatted(before))))
        .singleElement()
        .asString()
        .endsWith("Forbidden: " + why);
  }

  @Test
  void newTermsNeedNewGates() {
    String affinity =
        "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution:"
            + " {nodeSelectorTerms: [%s]}}}";
    String term = "{matchExpressions: [{key: a, operator: Exists}]}";
    String gate = "schedulingGates: [{name: g}], ";
    assertThat(
            errors(gate + affinity.formatted(term), gate + affinity.formatted(term + ", " + term)))
        .containsExactly(
            "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms:"
                + " Invalid value: [{\"matchExpressions\":[{\"key\":\"a\",\"operator\":\"Exists\"}]},"
                + "{\"matchExpressions\":[{\"key\":\"a\",\"operator\":\"Exists\"}]}]: no"
                + " additions/deletions to non-empty NodeSelectorTerms list are allowed");
  }
}
