package dev.fairlead.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.codec.Yaml;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What upstream 1.33 stores of what is sent, for it decodes into Go structs and encodes again. */
class CanonicalFormTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {metadata: {name: a, generateName: "", labels: {}, annotations: {}}}    | {"metadata":{"name":"a"}}
          {metadata: {finalizers: [], ownerReferences: [], managedFields: []}}    | {"metadata":{"managedFields":[]}}
          {metadata: {labels: {a: "", b: null}}}                                  | {"metadata":{"labels":{"a":"","b":""}}}
          {spec: {hostNetwork: false, hostname: "", nodeSelector: {}}}            | {"spec":{}}
          {spec: {automountServiceAccountToken: false, enableServiceLinks: false}} | {"spec":{"automountServiceAccountToken":false,"enableServiceLinks":false}}
          {spec: {terminationGracePeriodSeconds: 0, priority: 0}}                 | {"spec":{"terminationGracePeriodSeconds":0,"priority":0}}
          {spec: {runtimeClassName: "", serviceAccountName: ""}}                  | {"spec":{"runtimeClassName":""}}
          {spec: {volumes: [], containers: [], initContainers: null}}             | {"spec":{"containers":[]}}
          {spec: {volumes: [{name: v, emptyDir: {}}]}}                            | {"spec":{"volumes":[{"name":"v","emptyDir":{}}]}}
          {spec: {volumes: [{name: v, projected: {sources: []}}]}}                | {"spec":{"volumes":[{"name":"v","projected":{"sources":[]}}]}}
          {spec: {containers: [{name: c, command: [], env: [], tty: false}]}}     | {"spec":{"containers":[{"name":"c"}]}}
          {spec: {containers: [{name: c, env: [{name: A, value: ""}]}]}}          | {"spec":{"containers":[{"name":"c","env":[{"name":"A"}]}]}}
          {spec: {containers: [{name: c, args: ["", null]}]}}                     | {"spec":{"containers":[{"name":"c","args":["",""]}]}}
          {spec: {containers: [{name: c, resources: {limits: {}}}]}}              | {"spec":{"containers":[{"name":"c","resources":{}}]}}
          {spec: {containers: [{name: c, resources: {limits: {cpu: "0"}}}]}}      | {"spec":{"containers":[{"name":"c","resources":{"limits":{"cpu":"0"}}}]}}
          {spec: {containers: [{name: c, livenessProbe: {periodSeconds: 0}}]}}    | {"spec":{"containers":[{"name":"c","livenessProbe":{}}]}}
          {spec: {affinity: {}, securityContext: {}}, status: {}}                 | {"spec":{"affinity":{},"securityContext":{}},"status":{}}
          {status: {containerStatuses: [{restartCount: 0, ready: false, started: false, image: ""}]}} | {"status":{"containerStatuses":[{"restartCount":0,"ready":false,"started":false,"image":""}]}}
          {spec: {unheard: {of: []}}}                                             | {"spec":{"unheard":{"of":[]}}}
          """)
  void aPod(String sent, String stored) {
    ObjectNode tree = Yaml.parse(sent.getBytes(StandardCharsets.UTF_8));
    CanonicalForm.give(Schema.load().of(Kinds.POD), tree);
    assertThat(Json.text(tree)).isEqualTo(stored);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {data: {a: [], b: null, c: {d: 0}}, revision: 0} | {"data":{"a":[],"b":null,"c":{"d":0}},"revision":0}
          {data: null, revision: 1}                        | {"revision":1}
          """)
  void whatHasNoTypeStays(String sent, String stored) {
    ObjectNode tree = Yaml.parse(sent.getBytes(StandardCharsets.UTF_8));
    CanonicalForm.give(Schema.load().of(Kinds.CONTROLLER_REVISION), tree);
    assertThat(Json.text(tree)).isEqualTo(stored);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {addressType: IPv4, endpoints: [], ports: []}                        | {"addressType":"IPv4","endpoints":[],"ports":[]}
          {endpoints: [{addresses: [], conditions: {ready: false}, nodeName: ""}]} | {"endpoints":[{"addresses":[],"conditions":{"ready":false},"nodeName":""}]}
          {ports: [{name: "", port: 0, protocol: TCP}]}                        | {"ports":[{"name":"","port":0,"protocol":"TCP"}]}
          """)
  void anEndpointSlice(String sent, String stored) {
    ObjectNode tree = Yaml.parse(sent.getBytes(StandardCharsets.UTF_8));
    CanonicalForm.give(Schema.load().of(Kinds.ENDPOINT_SLICE), tree);
    assertThat(Json.text(tree)).isEqualTo(stored);
  }
}
