package dev.fairlead.apiserver.registry.strategy.pod;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a container runs as, and what it may. */
class SecurityContextRulesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          securityContext: {runAsUser: -1} | .runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive
          securityContext: {runAsGroup: 4294967296} | .runAsGroup: Invalid value: 4294967296: must be between 0 and 2147483647, inclusive
          securityContext: {runAsUser: 2147483648, runAsGroup: -9223372036854775808} | .runAsUser: Invalid value: 2147483648: must be between 0 and 2147483647, inclusive && .runAsGroup: Invalid value: -9223372036854775808: must be between 0 and 2147483647, inclusive
          securityContext: {seccompProfile: {}, allowPrivilegeEscalation: false, privileged: true, appArmorProfile: {}, windowsOptions: {runAsUserName: ''}} | .seccompProfile.type: Required value: type is required when seccompProfile is set && : Invalid value: {"seccompProfile":{},"allowPrivilegeEscalation":false,"privileged":true,"appArmorProfile":{},"windowsOptions":{"runAsUserName":""}}: cannot set `allowPrivilegeEscalation` to false and `privileged` to true && .windowsOptions.runAsUserName: Invalid value: "": runAsUserName cannot be an empty string && .appArmorProfile.type: Required value: type is required when appArmorProfile is set
          securityContext: {procMount: Some} | .procMount: Unsupported value: "Some": supported values: "Default", "Unmasked"
          securityContext: {procMount: Unmasked} | .procMount: Invalid value: "Unmasked": `hostUsers` must be false to use `Unmasked`
          securityContext: {allowPrivilegeEscalation: false, privileged: true} | : Invalid value: {"allowPrivilegeEscalation":false,"privileged":true}: cannot set `allowPrivilegeEscalation` to false and `privileged` to true
          securityContext: {allowPrivilegeEscalation: false, capabilities: {add: [CAP_SYS_ADMIN]}} | : Invalid value: {"allowPrivilegeEscalation":false,"capabilities":{"add":["CAP_SYS_ADMIN"]}}: cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN
          securityContext: {seccompProfile: {}} | .seccompProfile.type: Required value: type is required when seccompProfile is set
          securityContext: {seccompProfile: {type: X}} | .seccompProfile.type: Unsupported value: "X": supported values: "Localhost", "RuntimeDefault", "Unconfined"
          securityContext: {seccompProfile: {type: Localhost}} | .seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost
          securityContext: {seccompProfile: {type: Localhost, localhostProfile: ../x}} | .seccompProfile.localhostProfile: Invalid value: "../x": must not contain '..'
          securityContext: {seccompProfile: {type: Unconfined, localhostProfile: x}} | .seccompProfile.localhostProfile: Invalid value: {"type":"Unconfined","localhostProfile":"x"}: can only be set when seccomp type is Localhost
          securityContext: {appArmorProfile: {}} | .appArmorProfile.type: Required value: type is required when appArmorProfile is set
          securityContext: {appArmorProfile: {type: Localhost, localhostProfile: ' x'}} | .appArmorProfile.localhostProfile: Invalid value: " x": must not be padded with whitespace
          securityContext: {appArmorProfile: {type: RuntimeDefault, localhostProfile: x}} | .appArmorProfile.localhostProfile: Invalid value: "x": can only be set when AppArmor type is Localhost
          securityContext: {windowsOptions: {runAsUserName: ''}} | .windowsOptions.runAsUserName: Invalid value: "": runAsUserName cannot be an empty string
          securityContext: {windowsOptions: {runAsUserName: 'a\\b\\c'}} | .windowsOptions.runAsUserName: Invalid value: "a\\\\b\\\\c": runAsUserName cannot contain more than one backslash
          securityContext: {windowsOptions: {runAsUserName: 'a@b'}} | .windowsOptions.runAsUserName: Invalid value: "a@b": runAsUserName's User cannot contain the following characters: "/\\:;PIPE=,+*?<>@[]
          """)
  void refused(String fields, String errors) {
    PodErrors.assertSame(
        PodErrors.ofContainer(fields),
        errors.replace("PIPE", "|"),
        "spec.containers[0].securityContext");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          fsGroup: -1, runAsUser: -1, runAsGroup: -1 | .fsGroup: Invalid value: -1: must be between 0 and 2147483647, inclusive && .runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive && .runAsGroup: Invalid value: -1: must be between 0 and 2147483647, inclusive
          fsGroup: 2147483648 | .fsGroup: Invalid value: 2147483648: must be between 0 and 2147483647, inclusive
          supplementalGroups: [0, -1, 2147483647, 2147483648] | .supplementalGroups[1]: Invalid value: -1: must be between 0 and 2147483647, inclusive && .supplementalGroups[3]: Invalid value: 2147483648: must be between 0 and 2147483647, inclusive
          fsGroupChangePolicy: Never | .fsGroupChangePolicy: Unsupported value: "Never": supported values: "Always", "OnRootMismatch"
          supplementalGroupsPolicy: Never | .supplementalGroupsPolicy: Unsupported value: "Never": supported values: "Merge", "Strict"
          seccompProfile: {type: Localhost, localhostProfile: /x} | .seccompProfile.localhostProfile: Invalid value: "/x": must be a relative path
          """)
  void ofPodsRefused(String fields, String errors) {
    PodErrors.assertSame(
        PodErrors.ofSpec("securityContext: {%s}".formatted(fields)),
        errors,
        "spec.securityContext");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "securityContext: {runAsUser: 0, runAsGroup: 2147483647, runAsNonRoot: false, readOnlyRootFilesystem: true}",
        "securityContext: {privileged: true, allowPrivilegeEscalation: true, capabilities: {add: [NET_ADMIN], drop: [ALL]}}",
        "securityContext: {seccompProfile: {type: Localhost, localhostProfile: a/b.json}, appArmorProfile: {type: Unconfined}}",
      })
  void accepted(String fields) {
    assertThat(PodErrors.ofContainer(fields)).isEmpty();
  }
}
