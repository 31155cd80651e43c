package dev.fairlead.apiserver.registry.strategy.pod;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a container finds its volumes. */
class MountRulesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          volumeMounts: [{}] | volumeMounts[0].name: Required value && volumeMounts[0].name: Not found: "" && volumeMounts[0].mountPath: Required value
          volumeMounts: [{name: x, mountPath: /a}] | volumeMounts[0].name: Not found: "x"
          volumeMounts: [{name: v, mountPath: /a}, {name: v, mountPath: /a}] | volumeMounts[1].mountPath: Invalid value: "/a": must be unique
          volumeMounts: [{name: v, mountPath: /a, subPath: /b}] | volumeMounts.subPath: Invalid value: "/b": must be a relative path
          volumeMounts: [{name: v, mountPath: /a, subPath: b/../c}] | volumeMounts.subPath: Invalid value: "b/../c": must not contain '..'
          volumeMounts: [{name: v, mountPath: /a, subPath: b, subPathExpr: c}] | volumeMounts[0].subPathExpr: Invalid value: "c": subPathExpr and subPath are mutually exclusive
          volumeMounts: [{name: v, mountPath: /a, subPathExpr: ../$(X)}] | volumeMounts.subPathExpr: Invalid value: "../$(X)": must not contain '..'
          volumeMounts: [{name: v, mountPath: /a, mountPropagation: Both}] | volumeMounts.mountPropagation: Unsupported value: "Both": supported values: "Bidirectional", "HostToContainer", "None"
          volumeMounts: [{name: v, mountPath: /a, mountPropagation: Bidirectional}] | volumeMounts.mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged containers
          volumeMounts: [{name: v, mountPath: /a, recursiveReadOnly: Enabled}] | volumeMounts.recursiveReadOnly: Forbidden: may only be specified when readOnly is true
          volumeMounts: [{name: v, mountPath: /a, readOnly: true, recursiveReadOnly: IfPossible, mountPropagation: HostToContainer}] | volumeMounts.recursiveReadOnly: Forbidden: may only be specified when mountPropagation is None or not specified
          volumeMounts: [{name: v, mountPath: /a, recursiveReadOnly: Maybe}] | volumeMounts.recursiveReadOnly: Unsupported value: "Maybe": supported values: "Disabled", "Enabled", "IfPossible"
          volumeDevices: [{name: v, devicePath: /a}] | volumeDevices[0].name: Invalid value: "v": can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode
          volumeDevices: [{name: w, devicePath: /../a}] | volumeDevices[0].devicePath: Invalid value: "/../a": can not contain backsteps ('..')
          volumeDevices: [{name: w, devicePath: /a}], volumeMounts: [{name: w, mountPath: /a}] | volumeMounts[0].name: Invalid value: "w": must not already exist in volumeDevices && volumeMounts[0].mountPath: Invalid value: "/a": must not already exist as a path in volumeDevices && volumeDevices[0].name: Invalid value: "w": must not already exist in volumeMounts && volumeDevices[0].devicePath: Invalid value: "/a": must not already exist as a path in volumeMounts
          """)
  void refused(String fields, String errors) {
    PodErrors.assertSame(PodErrors.ofContainer(fields), errors, "spec.containers[0].");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "volumeMounts: [{name: v, mountPath: a:b}, {name: v, mountPath: /c, subPath: d..e/f}]",
        "volumeMounts: [{name: v, mountPath: /a, readOnly: true, recursiveReadOnly: Enabled}]",
        "volumeMounts: [{name: v, mountPath: /a, mountPropagation: Bidirectional}], securityContext: {privileged: true}",
        "volumeDevices: [{name: w, devicePath: /dev/x}]",
      })
  void accepted(String fields) {
    assertThat(PodErrors.ofContainer(fields)).isEmpty();
  }
}
