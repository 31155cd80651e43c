package dev.fairlead.apiserver.registry.strategy.pod;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests and limits of containers. */
class ResourceRulesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          resources: {limits: {cpu: '-1'}} | .limits[cpu]: Invalid value: "-1": must be greater than or equal to 0 && .requests[cpu]: Invalid value: "-1": must be greater than or equal to 0
          resources: {requests: {cpu: 2}, limits: {cpu: 1}} | .requests: Invalid value: "2": must be less than or equal to cpu limit of 1
          resources: {requests: {memory: 2Gi}, limits: {memory: 1024Mi}} | .requests: Invalid value: "2Gi": must be less than or equal to memory limit of 1Gi
          resources: {requests: {disk: 1}} | .requests[disk]: Invalid value: "disk": must be a standard resource type or fully qualified && .requests[disk]: Invalid value: "disk": must be a standard resource for containers
          resources: {requests: {storage: 1}} | .requests[storage]: Invalid value: "storage": must be a standard resource for containers
          resources: {requests: {example.com/gpu: 1}} | .limits: Required value: Limit must be set for non overcommitable resources
          resources: {requests: {example.com/gpu: 1}, limits: {example.com/gpu: 2}} | .requests: Invalid value: "1": must be equal to example.com/gpu limit of 2
          resources: {limits: {example.com/gpu: 500m}} | .limits[example.com/gpu]: Invalid value: "500m": must be an integer && .requests[example.com/gpu]: Invalid value: "500m": must be an integer
          resources: {limits: {requests.example.com/gpu: 1}} | .limits[requests.example.com/gpu]: Invalid value: "requests.example.com/gpu": doesn't follow extended resource name standard && .requests[requests.example.com/gpu]: Invalid value: "requests.example.com/gpu": doesn't follow extended resource name standard
          resources: {limits: {hugepages-2Mi: 2Mi}} | : Forbidden: HugePages require cpu or memory
          resources: {limits: {hugepages-2Mi: 3Mi, cpu: 1}} | .limits[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive integer multiple of hugepages-2Mi && .requests[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive integer multiple of hugepages-2Mi
          resources: {claims: [{name: c}]} | .claims[0]: Not found: "c": must be one of the names in pod.spec.resourceClaims which is empty
          resources: {claims: [{}]} | .claims[0]: Required value
          """)
  void refused(String fields, String errors) {
    PodErrors.assertSame(PodErrors.ofContainer(fields), errors, "spec.containers[0].resources");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resources: {requests: {cpu: 100m, memory: 64Mi, ephemeral-storage: 1Gi}, limits: {cpu: 0.5}}",
        "resources: {limits: {example.com/gpu: 2, hugepages-2Mi: 4Mi, memory: 1Gi}}",
        "resources: {requests: {cpu: 1000m}, limits: {cpu: 1}}",
      })
  void accepted(String fields) {
    assertThat(PodErrors.ofContainer(fields)).isEmpty();
  }
}
