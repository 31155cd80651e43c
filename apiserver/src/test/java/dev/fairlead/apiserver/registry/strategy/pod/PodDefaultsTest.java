package dev.fairlead.apiserver.registry.strategy.pod;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.api.quota.QosClass;
import dev.fairlead.api.schema.QuantityFields;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was given, where to look, and what upstream makes of it. */
class PodDefaultsTest {
  private static ObjectNode spec(String yaml) {
    ObjectNode spec = Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8));
    QuantityFields.canonicalize(Kinds.POD, Json.object().set("spec", spec));
    return spec;
  }

  private static String at(JsonNode tree, String pointer) {
    JsonNode found = tree.at(pointer);
    return found.isMissingNode() ? "nothing" : Json.text(found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          {} | /terminationGracePeriodSeconds | 30
          {} | /dnsPolicy | "ClusterFirst"
          {} | /enableServiceLinks | true
          {serviceAccount: a} | /serviceAccountName | "a"
          {containers: [{image: x}]} | /containers/0/imagePullPolicy | "Always"
          {containers: [{image: x:1}]} | /containers/0/imagePullPolicy | "IfNotPresent"
          {containers: [{image: r:5/x@sha256:1}]} | /containers/0/imagePullPolicy | "IfNotPresent"
          {containers: [{resources: {limits: {cpu: 0.5, memory: 1024Mi}}}]} | /containers/0/resources | {"limits":{"cpu":"500m","memory":"1Gi"},"requests":{"cpu":"500m","memory":"1Gi"}}
          {containers: [{resources: {limits: {cpu: 2}, requests: {cpu: 1000m}}}]} | /containers/0/resources/requests | {"cpu":"1"}
          {ephemeralContainers: [{image: x}]} | /ephemeralContainers/0/resources | {}
          {hostNetwork: true, containers: [{ports: [{containerPort: 80}]}]} | /containers/0/ports/0/hostPort | 80
          {containers: [{ports: [{containerPort: 80}]}]} | /containers/0/ports/0 | {"containerPort":80,"protocol":"TCP"}
          {containers: [{env: [{name: A, valueFrom: {fieldRef: {fieldPath: x}}}]}]} | /containers/0/env/0/valueFrom/fieldRef/apiVersion | "v1"
          {containers: [{env: [{name: A, valueFrom: {resourceFieldRef: {resource: x}}}]}]} | /containers/0/env/0/valueFrom/resourceFieldRef/divisor | "0"
          {containers: [{livenessProbe: {httpGet: {port: 1}}}]} | /containers/0/livenessProbe | {"httpGet":{"port":1,"path":"/","scheme":"HTTP"},"timeoutSeconds":1,"periodSeconds":10,"successThreshold":1,"failureThreshold":3}
          {volumes: [{name: a}]} | /volumes/0/emptyDir | {}
          {volumes: [{name: a, emptyDir: {sizeLimit: 1024Mi}}]} | /volumes/0/emptyDir/sizeLimit | "1Gi"
          {volumes: [{name: a, secret: {}}]} | /volumes/0/secret/defaultMode | 420
          {volumes: [{name: a, hostPath: {path: /x}}]} | /volumes/0/hostPath/type | ""
          {volumes: [{name: a, projected: {sources: [{serviceAccountToken: {}}]}}]} | /volumes/0/projected/sources/0/serviceAccountToken/expirationSeconds | 3600
          {volumes: [{name: a, projected: {sources: [{downwardAPI: {items: [{fieldRef: {}}]}}]}}]} | /volumes/0/projected/sources/0/downwardAPI/items/0/fieldRef/apiVersion | "v1"
          {volumes: [{name: a, downwardAPI: {items: [{fieldRef: {}}]}}]} | /volumes/0/downwardAPI/items/0/fieldRef/apiVersion | "v1"
          {volumes: [{name: a, image: {reference: 'x:2'}}]} | /volumes/0/image/pullPolicy | "IfNotPresent"
          {volumes: [{name: a, iscsi: {}}]} | /volumes/0/iscsi/iscsiInterface | "default"
          {overhead: {cpu: 1000m}} | /overhead/cpu | "1"
          """)
  void ofAPod(String given, String pointer, String expected) {
    ObjectNode spec = spec(given);
    PodDefaults.pod(spec);
    assertThat(at(spec, pointer)).isEqualTo(expected);
  }

  /** A template keeps what was said; only the pods made from it are completed further. */
  @Test
  void ofATemplate() {
    ObjectNode spec =
        spec(
            "{hostNetwork: true, containers: [{ports: [{containerPort: 80}],"
                + " resources: {limits: {cpu: 1}}}]}");
    PodDefaults.template(spec);
    assertThat(at(spec, "/containers/0/resources")).isEqualTo("{\"limits\":{\"cpu\":\"1\"}}");
    assertThat(at(spec, "/containers/0/ports/0/hostPort")).isEqualTo("nothing");
    assertThat(at(spec, "/enableServiceLinks")).isEqualTo("nothing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          {containers: [{resources: {limits: {cpu: 1, memory: 1Gi}}}]} | Guaranteed
          {containers: [{resources: {limits: {cpu: 1, memory: 1Gi}, requests: {cpu: 1000m, memory: 1024Mi}}}]} | Guaranteed
          {containers: [{resources: {limits: {cpu: 1, memory: 1Gi}}}, {}]} | Burstable
          """)
  void theClassOfService(String given, String expected) {
    ObjectNode spec = spec(given);
    PodDefaults.pod(spec);
    assertThat(QosClass.of(spec)).isEqualTo(expected);
  }

  @Test
  void keysOfLabelsBecomeSelectors() {
    ObjectNode pod =
        spec(
            "{metadata: {labels: {a: b}}, spec: {affinity: {podAntiAffinity:"
                + " {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: z,"
                + " labelSelector: {}, matchLabelKeys: [a, c], mismatchLabelKeys: [a]}]}}}}");
    MatchLabelKeys.apply(pod);
    assertThat(
            at(
                pod,
                "/spec/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/0/labelSelector"))
        .isEqualTo(
            "{\"matchExpressions\":[{\"key\":\"a\",\"operator\":\"In\",\"values\":[\"b\"]},"
                + "{\"key\":\"a\",\"operator\":\"NotIn\",\"values\":[\"b\"]}]}");
  }
}
