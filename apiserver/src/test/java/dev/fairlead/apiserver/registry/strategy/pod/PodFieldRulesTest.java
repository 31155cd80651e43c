package dev.fairlead.apiserver.registry.strategy.pod;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fields of a pod's spec. */
class PodFieldRulesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          tolerations: [{key: 'a b'}] | tolerations[0].key: Invalid value: "a b": NAME_PART
          tolerations: [{}] | tolerations[0].operator: Invalid value: "": operator must be Exists when `key` is empty, which means "match all values and all keys"
          tolerations: [{key: a, tolerationSeconds: 1}] | tolerations[0].effect: Invalid value: "": effect must be 'NoExecute' when `tolerationSeconds` is set
          tolerations: [{key: a, operator: Exists, value: b}] | tolerations[0].operator: Invalid value: "b": value must be empty when `operator` is 'Exists'
          tolerations: [{key: a, operator: Like}] | tolerations[0].operator: Unsupported value: "Like": supported values: "Equal", "Exists"
          tolerations: [{key: a, effect: Never}] | tolerations[0].effect: Unsupported value: "Never": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"
          tolerations: [{key: a, value: '-'}] | tolerations[0].operator: Invalid value: "-": LABEL_VALUE
          topologySpreadConstraints: [{maxSkew: 0, whenUnsatisfiable: Never}] | topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero && topologySpreadConstraints[0].topologyKey: Required value: can not be empty && topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: "Never": supported values: "DoNotSchedule", "ScheduleAnyway"
          topologySpreadConstraints: [{maxSkew: 1, topologyKey: z, whenUnsatisfiable: DoNotSchedule}, {maxSkew: 2, topologyKey: z, whenUnsatisfiable: DoNotSchedule}] | topologySpreadConstraints[0].{topologyKey, whenUnsatisfiable}: Duplicate value: "{z, DoNotSchedule}"
          topologySpreadConstraints: [{maxSkew: 1, topologyKey: z, whenUnsatisfiable: ScheduleAnyway, minDomains: 0}] | topologySpreadConstraints[0].minDomains: Invalid value: 0: must be greater than zero && topologySpreadConstraints[0].minDomains: Invalid value: 0: can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ScheduleAnyway
          topologySpreadConstraints: [{maxSkew: 1, topologyKey: z, whenUnsatisfiable: DoNotSchedule, nodeTaintsPolicy: Skip}] | topologySpreadConstraints[0].nodeTaintsPolicy: Unsupported value: "Skip": supported values: "Honor", "Ignore"
          topologySpreadConstraints: [{maxSkew: 1, topologyKey: z, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {a: b}}, matchLabelKeys: [a]}] | topologySpreadConstraints[0].matchLabelKeys[0]: Invalid value: "a": exists in both matchLabelKeys and labelSelector
          topologySpreadConstraints: [{maxSkew: 1, topologyKey: z, whenUnsatisfiable: DoNotSchedule, matchLabelKeys: [a]}] | topologySpreadConstraints[0].matchLabelKeys: Forbidden: must not be specified when labelSelector is not set
          readinessGates: [{conditionType: 'a b'}] | readinessGates[0].conditionType: Invalid value: "a b": NAME_PART
          schedulingGates: [{name: a}, {name: a}] | schedulingGates[1]: Duplicate value: "a"
          schedulingGates: [{name: ''}] | schedulingGates[0]: Invalid value: "": name part must be non-empty && schedulingGates[0]: Invalid value: "": NAME_PART
          resourceClaims: [{name: a}] | resourceClaims[0]: Invalid value: {"name":"a"}: must specify one of: `resourceClaimName`, `resourceClaimTemplateName`
          nodeSelector: {'a b': c} | nodeSelector: Invalid value: "a b": NAME_PART
          restartPolicy: Sometimes | restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"
          dnsPolicy: Mine | dnsPolicy: Unsupported value: "Mine": supported values: "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"
          dnsConfig: {searches: [A]} | dnsConfig.searches[0]: Invalid value: "A": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*')
          activeDeadlineSeconds: 0 | activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive
          hostname: a.b | hostname: Invalid value: "a.b": must not contain dots
          subdomain: A | subdomain: Invalid value: "A": LABEL
          serviceAccountName: A | serviceAccountName: Invalid value: "A": SUBDOMAIN
          nodeName: A | nodeName: Invalid value: "A": SUBDOMAIN
          priorityClassName: A | priorityClassName: Invalid value: "A": SUBDOMAIN
          runtimeClassName: A | runtimeClassName: Invalid value: "A": SUBDOMAIN
          preemptionPolicy: Some | preemptionPolicy: Unsupported value: "Some": supported values: "PreemptLowerPriority", "Never"
          overhead: {cpu: '-1'} | overhead.limits[cpu]: Invalid value: "-1": must be greater than or equal to 0
          os: {name: plan9} | os: Unsupported value: "plan9": supported values: "linux", "windows"
          os: {} | os.name: Required value: cannot be empty
          os: {name: linux}, securityContext: {windowsOptions: {hostProcess: false}} | securityContext.windowsOptions: Forbidden: windows options cannot be set for a linux pod
          os: {name: windows}, hostPID: true, securityContext: {runAsUser: 1} | securityContext.runAsUser: Forbidden: cannot be set for a windows pod && hostPID: Forbidden: cannot be set for a windows pod
          hostUsers: false, hostNetwork: true, hostPID: true | hostNetwork: Forbidden: when `pod.Spec.HostUsers` is false && HostPID: Forbidden: when `pod.Spec.HostUsers` is false
          hostPID: true, shareProcessNamespace: true, securityContext: {fsGroup: -1} | securityContext.fsGroup: Invalid value: -1: must be between 0 and 2147483647, inclusive && securityContext.shareProcessNamespace: Invalid value: true: ShareProcessNamespace and HostPID cannot both be enabled
          securityContext: {windowsOptions: {hostProcess: true}} | hostNetwork: Invalid value: false: hostNetwork must be true if pod contains any hostProcess containers
          securityContext: {supplementalGroups: [1, -1]} | securityContext.supplementalGroups[1]: Invalid value: -1: must be between 0 and 2147483647, inclusive
          securityContext: {fsGroupChangePolicy: Never} | securityContext.fsGroupChangePolicy: Unsupported value: "Never": supported values: "Always", "OnRootMismatch"
          securityContext: {supplementalGroupsPolicy: Never} | securityContext.supplementalGroupsPolicy: Unsupported value: "Never": supported values: "Merge", "Strict"
          securityContext: {sysctls: [{name: a}, {name: a}, {name: A}, {}]} | securityContext.sysctls[1].name: Duplicate value: "a" && securityContext.sysctls[2].name: Invalid value: "A": must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$ && securityContext.sysctls[3].name: Required value
          hostNetwork: true, securityContext: {sysctls: [{name: net/ipv4/ip_forward}]} | securityContext.sysctls[0].name: Invalid value: "net/ipv4/ip_forward": may not be specified when 'hostNetwork' is true
          hostIPC: true, securityContext: {sysctls: [{name: kernel.shmmax}]} | securityContext.sysctls[0].name: Invalid value: "kernel.shmmax": may not be specified when 'hostIPC' is true
          """)
  void refused(String fields, String errors) {
    PodErrors.assertSame(PodErrors.ofSpec(fields), errors, "spec.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tolerations: [{operator: Exists}, {key: a, operator: Equal, value: b, effect: NoExecute, tolerationSeconds: -1}]",
        "topologySpreadConstraints: [{maxSkew: 1, topologyKey: z, whenUnsatisfiable: DoNotSchedule, minDomains: 2, nodeAffinityPolicy: Ignore, labelSelector: {matchLabels: {a: b}}, matchLabelKeys: [c]}]",
        "terminationGracePeriodSeconds: -1",
        "dnsConfig: {searches: [., _a.b_c.d, example.com.]}",
        "securityContext: {runAsUser: 1000, fsGroup: 0, sysctls: [{name: kernel.shm_rmid_forced, value: '1'}, {name: net/ipv4/ip_local_port_range}]}",
        "os: {name: linux}, hostUsers: false, preemptionPolicy: Never, overhead: {cpu: 100m}",
        "hostNetwork: true, hostPID: true, hostIPC: true, shareProcessNamespace: false",
        "imagePullSecrets: [{name: a}, {}]",
      })
  void accepted(String fields) {
    assertThat(PodErrors.ofSpec(fields)).isEmpty();
  }
}
