package dev.fairlead.api.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.codec.Yaml;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was written, where, and what is kept. */
class QuantityFieldsTest {
  private static ObjectNode rewritten(ResourceType type, String yaml) {
    ObjectNode tree = Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8));
    QuantityFields.canonicalize(type, tree);
    return tree;
  }

  private static ResourceType kind(String name) {
    return Kinds.ALL.stream().filter(each -> each.kind().equals(name)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          ResourceQuota | {spec: {hard: {cpu: 1000m, pods: 2, memory: 1024Mi}}} | {"spec":{"hard":{"cpu":"1","pods":"2","memory":"1Gi"}}}
          ResourceQuota | {status: {used: {cpu: 0.5}}} | {"status":{"used":{"cpu":"500m"}}}
          LimitRange | {spec: {limits: [{max: {cpu: 2000m}, maxLimitRequestRatio: {cpu: 1.5}}]}} | {"spec":{"limits":[{"max":{"cpu":"2"},"maxLimitRequestRatio":{"cpu":"1500m"}}]}}
          Node | {status: {capacity: {memory: 2048Ki, pods: 1000}}} | {"status":{"capacity":{"memory":"2Mi","pods":"1k"}}}
          StatefulSet | {spec: {volumeClaimTemplates: [{spec: {resources: {requests: {storage: 1.5Gi}}}}]}} | {"spec":{"volumeClaimTemplates":[{"spec":{"resources":{"requests":{"storage":"1536Mi"}}}}]}}
          Deployment | {spec: {template: {spec: {containers: [{resources: {limits: {cpu: 1000m}}}]}}}} | {"spec":{"template":{"spec":{"containers":[{"resources":{"limits":{"cpu":"1"}}}]}}}}
          ReplicationController | {spec: {template: {spec: {overhead: {cpu: 1000m}}}}} | {"spec":{"template":{"spec":{"overhead":{"cpu":"1"}}}}}
          PodTemplate | {template: {spec: {volumes: [{emptyDir: {sizeLimit: '1e3'}}]}}} | {"template":{"spec":{"volumes":[{"emptyDir":{"sizeLimit":"1e3"}}]}}}
          Pod | {spec: {containers: [{env: [{valueFrom: {resourceFieldRef: {divisor: 1000}}}]}]}} | {"spec":{"containers":[{"env":[{"valueFrom":{"resourceFieldRef":{"divisor":"1k"}}}]}]}}
          Pod | {status: {containerStatuses: [{allocatedResources: {cpu: 1000m}}]}} | {"status":{"containerStatuses":[{"allocatedResources":{"cpu":"1"}}]}}
          Pod | {spec: {overhead: {cpu: 100n}, volumes: [{emptyDir: {sizeLimit: 100n}}]}} | {"spec":{"overhead":{"cpu":"1m"},"volumes":[{"emptyDir":{"sizeLimit":"100n"}}]}}
          Pod | {spec: {nodeSelector: {cpu: 1000m}}, other: {cpu: 1000m}} | {"spec":{"nodeSelector":{"cpu":"1000m"}},"other":{"cpu":"1000m"}}
          Pod | {spec: {containers: {resources: 1}, overhead: []}} | {"spec":{"containers":{"resources":1},"overhead":[]}}
          ConfigMap | {data: {cpu: 1000m}} | {"data":{"cpu":"1000m"}}
          """)
  void amountsAreCanonical(String kind, String given, String kept) {
    assertThat(Json.text(rewritten(kind(kind), given))).isEqualTo(kept);
  }

  @Test
  void whatIsNoAmountIsRefused() {
    assertThatThrownBy(() -> rewritten(Kinds.POD, "{spec: {overhead: {cpu: much}}}"))
        .isInstanceOf(ApiException.class)
        .hasMessage(
            "quantities must match the regular expression"
                + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
  }
}
