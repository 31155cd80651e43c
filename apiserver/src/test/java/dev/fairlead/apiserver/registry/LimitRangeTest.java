package dev.fairlead.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitRangeTest {
  @AutoClose private final Bench bench = new Bench();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          default: {cpu: '1'}                                  | {}                                    | {"limits":{"cpu":"1"},"requests":{"cpu":"1"}}
          default: {cpu: '1'}, defaultRequest: {cpu: 500m}     | {}                                    | {"limits":{"cpu":"1"},"requests":{"cpu":"500m"}}
          default: {cpu: '1'}, defaultRequest: {cpu: 500m}     | {limits: {cpu: 750m}}                 | {"limits":{"cpu":"750m"},"requests":{"cpu":"750m"}}
          default: {cpu: '1'}, defaultRequest: {cpu: 500m}     | {requests: {cpu: 100m}}               | {"limits":{"cpu":"1"},"requests":{"cpu":"100m"}}
          max: {cpu: '2'}                                    | {}                                    | {"limits":{"cpu":"2"},"requests":{"cpu":"2"}}
          min: {memory: 1Mi}                                 | {}                                    | {"requests":{"memory":"1Mi"}}
          """)
  void containersGetDefaults(String limit, String resources, String expected) {
    range("c", "type: Container, " + limit);
    Document pod = pod(resources);
    assertThat(pod.tree().at("/spec/containers/0/resources"))
        .isEqualTo(Bench.document(expected).tree());
  }

  @Test
  void anAnnotationSaysWhatWasFilledIn() {
    range("c", "type: Container, default: {cpu: 1, memory: 1Gi}, defaultRequest: {cpu: 500m}");
    assertThat(pod("{}").meta().annotations())
        .containsEntry(
            "kubernetes.io/limit-ranger",
            "LimitRanger plugin set: cpu, memory request for container c; cpu, memory limit for container c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Container | max: {cpu: 1}    | {limits: {cpu: 2}, requests: {cpu: 1}}      | maximum cpu usage per Container is 1, but limit is 2
          Container | min: {cpu: 100m} | {limits: {cpu: 1}, requests: {cpu: 10m}}    | minimum cpu usage per Container is 100m, but request is 10m
          Container | maxLimitRequestRatio: {cpu: 2} | {limits: {cpu: 3}, requests: {cpu: 1}} | cpu max limit to request ratio per Container is 2, but provided ratio is 3.000000
          Container | maxLimitRequestRatio: {cpu: 2} | {}                            | cpu max limit to request ratio per Container is 2, but no request is specified or request is 0
          Container | min: {cpu: 1, memory: 1Gi}  | {requests: {cpu: 500m, memory: 1Mi}} | [minimum cpu usage per Container is 1, but request is 500m, minimum memory usage per Container is 1Gi, but request is 1Mi]
          Pod       | max: {cpu: 1}    | {}                                          | maximum cpu usage per Pod is 1.  No limit is specified
          Pod       | min: {cpu: 1}    | {}                                          | minimum cpu usage per Pod is 1.  No request is specified
          Pod       | max: {memory: 1Gi} | {limits: {memory: 2Gi}}                   | maximum memory usage per Pod is 1Gi, but limit is 2Gi
          """)
  void boundsAreKept(String type, String limit, String resources, String why) {
    range("c", "type: %s, %s".formatted(type, limit));
    assertThatThrownBy(() -> pod(resources)).hasMessage("pods \"p\" is forbidden: " + why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          type: Thing                                            | spec.limits[0].type: Invalid value: "Thing": must be a standard limit type or fully qualified
          type: Pod, default: {cpu: '1'}                           | spec.limits[0].default: Forbidden: may not be specified when `type` is 'Pod'
          type: Container, min: {cpu: 2}, max: {cpu: 1}          | [spec.limits[0].min[cpu]: Invalid value: "2": min value 2 is greater than max value 1, spec.limits[0].defaultRequest[cpu]: Invalid value: "1": min value 2 is greater than default request value 1, spec.limits[0].default[cpu]: Invalid value: "2": min value 2 is greater than default value 1]
          type: Container, max: {pods: 1}                        | [spec.limits[0].max[pods]: Invalid value: "pods": must be a standard resource for containers, spec.limits[0].default[pods]: Invalid value: "pods": must be a standard resource for containers, spec.limits[0].defaultRequest[pods]: Invalid value: "pods": must be a standard resource for containers]
          type: Pod, maxLimitRequestRatio: {cpu: 500m}           | spec.limits[0].maxLimitRequestRatio[cpu]: Invalid value: "500m": ratio 500m is less than 1
          type: Pod, min: {cpu: 1}, max: {cpu: 2}, maxLimitRequestRatio: {cpu: 3} | spec.limits[0].maxLimitRequestRatio[cpu]: Invalid value: "3": ratio 3 is greater than max/min = 2.000000
          type: PersistentVolumeClaim                            | spec.limits[0].limits: Required value: either minimum or maximum storage value is required, but neither was provided
          """)
  void rangesAreValidated(String limit, String why) {
    assertThatThrownBy(() -> range("r", limit)).hasMessage("LimitRange \"r\" is invalid: " + why);
  }

  private void range(String name, String limit) {
    bench.create(
        Kinds.LIMIT_RANGE,
        "default",
        "{metadata: {name: %s}, spec: {limits: [{%s}]}}".formatted(name, limit));
  }

  private Document pod(String resources) {
    return bench.create(
        Kinds.POD,
        "default",
        "{metadata: {name: p}, spec: {containers: [{name: c, image: i, resources: %s}]}}"
            .formatted(resources));
  }
}
