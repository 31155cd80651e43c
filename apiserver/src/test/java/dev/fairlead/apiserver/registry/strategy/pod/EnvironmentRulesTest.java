package dev.fairlead.apiserver.registry.strategy.pod;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Variables, and where their values come from. */
class EnvironmentRulesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          env: [{}] | env[0].name: Required value
          env: [{name: 'a=b'}] | env[0].name: Invalid value: "a=b": a valid environment variable name must consist only of printable ASCII characters other than '='
          env: [{name: A, valueFrom: {}}] | env[0].valueFrom: Invalid value: "": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`
          env: [{name: A, value: x, valueFrom: {fieldRef: {fieldPath: metadata.name}}}] | env[0].valueFrom: Invalid value: "": may not be specified when `value` is not empty
          env: [{name: A, valueFrom: {fieldRef: {fieldPath: metadata.name}, secretKeyRef: {name: s, key: k}}}] | env[0].valueFrom: Invalid value: "": may not have more than one field specified at a time
          env: [{name: A, valueFrom: {fieldRef: {}}}] | env[0].valueFrom.fieldRef.fieldPath: Required value
          env: [{name: A, valueFrom: {fieldRef: {fieldPath: metadata.whatever}}}] | env[0].valueFrom.fieldRef.fieldPath: Invalid value: "metadata.whatever": error converting fieldPath: field label not supported: metadata.whatever
          env: [{name: A, valueFrom: {fieldRef: {fieldPath: metadata.labels}}}] | env[0].valueFrom.fieldRef.fieldPath: Unsupported value: "metadata.labels": supported values: "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"
          env: [{name: A, valueFrom: {fieldRef: {fieldPath: 'metadata.name[''a'']'}}}] | env[0].valueFrom.fieldRef.fieldPath: Invalid value: "metadata.name['a']": error converting fieldPath: field label does not support subscript: metadata.name['a']
          env: [{name: A, valueFrom: {fieldRef: {fieldPath: 'metadata.labels[''a b'']'}}}] | env[0].valueFrom.fieldRef: Invalid value: "a b": NAME_PART
          env: [{name: A, valueFrom: {fieldRef: {apiVersion: v2, fieldPath: metadata.name}}}] | env[0].valueFrom.fieldRef.fieldPath: Invalid value: "metadata.name": error converting fieldPath: unsupported pod version: v2
          env: [{name: A, valueFrom: {resourceFieldRef: {}}}] | env[0].valueFrom.resourceFieldRef.resource: Required value
          env: [{name: A, valueFrom: {resourceFieldRef: {resource: limits.disk}}}] | env[0].valueFrom.resourceFieldRef.resource: Unsupported value: "limits.disk": supported values: "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"
          env: [{name: A, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: 2}}}] | env[0].valueFrom.resourceFieldRef.divisor: Invalid value: "limits.cpu": only divisor's values 1m and 1 are supported with the cpu resource
          env: [{name: A, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 3Mi}}}] | env[0].valueFrom.resourceFieldRef.divisor: Invalid value: "limits.memory": only divisor's values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are supported with the memory resource
          env: [{name: A, valueFrom: {configMapKeyRef: {name: m}}}] | env[0].valueFrom.configMapKeyRef.key: Required value
          env: [{name: A, valueFrom: {secretKeyRef: {name: A, key: k}}}] | env[0].valueFrom.secretKeyRef.name: Invalid value: "A": SUBDOMAIN
          env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: ..}}}] | env[0].valueFrom.secretKeyRef.key: Invalid value: "..": must not be '..'
          envFrom: [{}] | envFrom: Invalid value: "": must specify one of: `configMapRef` or `secretRef`
          envFrom: [{configMapRef: {}}] | envFrom[0].configMapRef.name: Required value
          envFrom: [{configMapRef: {name: a}, secretRef: {name: a}}] | envFrom: Invalid value: "": may not have more than one field specified at a time
          envFrom: [{prefix: 'a=', secretRef: {name: a}}] | envFrom[0].prefix: Invalid value: "a=": a valid environment variable name must consist only of printable ASCII characters other than '='
          """)
  void refused(String fields, String errors) {
    PodErrors.assertSame(PodErrors.ofContainer(fields), errors, "spec.containers[0].");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "env: [{name: 1.a-B_c, value: x}, {name: 'a b!', value: ''}]",
        "env: [{name: A, valueFrom: {fieldRef: {fieldPath: status.podIPs}}}, {name: B, valueFrom: {fieldRef: {fieldPath: 'metadata.annotations[''A.b/c'']'}}}]",
        "env: [{name: A, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: 1m}}}, {name: B, valueFrom: {resourceFieldRef: {resource: requests.hugepages-2Mi}}}]",
        "env: [{name: A, valueFrom: {configMapKeyRef: {name: m, key: k.x, optional: true}}}]",
        "envFrom: [{prefix: X_, configMapRef: {name: a}}, {secretRef: {name: b}}]",
      })
  void accepted(String fields) {
    assertThat(PodErrors.ofContainer(fields)).isEmpty();
  }
}
