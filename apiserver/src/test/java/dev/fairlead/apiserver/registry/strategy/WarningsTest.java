package dev.fairlead.apiserver.registry.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.codec.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written, and what the writer hears though it is accepted. */
class WarningsTest {
  private static final Map<ResourceType, Strategy> STRATEGIES = Strategies.all();

  private static List<String> of(ResourceType type, String yaml) {
    Document object = Document.of(Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8)));
    return STRATEGIES.get(type).warnings(object.asCreated());
  }

  private static void assertSame(List<String> warnings, String cell) {
    List<String> expected = cell == null ? List.of() : Arrays.asList(cell.split(" && "));
    assertThat(warnings).containsExactlyElementsOf(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          containers: [{name: c}] |
          nodeSelector: {beta.kubernetes.io/os: linux} | spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead
          affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: node-role.kubernetes.io/master}]}]}}} | spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].key: node-role.kubernetes.io/master is use "node-role.kubernetes.io/control-plane" instead
          topologySpreadConstraints: [{topologyKey: a}] | spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod
          affinity: {podAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{podAffinityTerm: {}}]}} | spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.labelSelector: a null labelSelector results in matching no pod
          volumes: [{gitRepo: {}}, {cephfs: {}}] | spec.volumes[0].gitRepo: deprecated in v1.11, and disabled by default in v1.33+ && spec.volumes[1].cephfs: deprecated in v1.28, non-functional in v1.31+
          volumes: [{projected: {sources: [{serviceAccountToken: {path: t}}, {configMap: {items: [{path: t}]}}]}}] | spec.volumes[0].projected.sources.configMap[0]: has duplicated path with ServiceAccountToken "t"
          hostAliases: [{ip: 10.0.0.1}, {ip: 10.0.0.1}] | spec.hostAliases[1].ip: duplicate ip "10.0.0.1"
          imagePullSecrets: [{name: a}, {name: a}, {}] | spec.imagePullSecrets[1].name: duplicate name "a" && spec.imagePullSecrets[2].name: invalid empty name ""
          terminationGracePeriodSeconds: -1 | spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1
          containers: [{resources: {limits: {memory: 100m}}}] | spec.containers[0].resources.limits[memory]: fractional byte value "100m" is invalid, must be an integer
          containers: [{env: [{name: A, value: x}, {name: A, value: y}]}] | spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply
          containers: [{env: [{name: A, value: x}, {name: A, value: '$(A)y'}]}] |
          containers: [{ports: [{containerPort: 80, protocol: TCP}]}, {ports: [{containerPort: 80, protocol: TCP}]}] | spec.containers[1].ports[0]: duplicate port definition with spec.containers[0].ports[0]
          containers: [{ports: [{containerPort: 80, protocol: TCP, hostPort: 80}, {containerPort: 80, protocol: TCP}]}] | spec.containers[0].ports[1]: overlapping port definition with spec.containers[0].ports[0]
          containers: [{ports: [{containerPort: 80, protocol: TCP, hostPort: 80}, {containerPort: 80, protocol: TCP, hostPort: 80, hostIP: 10.0.0.1}]}] | spec.containers[0].ports[1]: dangerously ambiguous port definition with spec.containers[0].ports[0]
          containers: [{ports: [{containerPort: 80, protocol: TCP, hostIP: 10.0.0.1}]}] | spec.containers[0].ports[0]: hostIP set without hostPort: {Name: HostPort:0 ContainerPort:80 Protocol:TCP HostIP:10.0.0.1}
          """)
  void pods(String spec, String warnings) {
    assertSame(of(Kinds.POD, "{metadata: {name: p}, spec: {%s}}".formatted(spec)), warnings);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          scheduler.alpha.kubernetes.io/critical-pod | non-functional in v1.16+; use the "priorityClassName" field instead
          seccomp.security.alpha.kubernetes.io/pod | non-functional in v1.27+; use the "seccompProfile" field instead
          container.seccomp.security.alpha.kubernetes.io/c | non-functional in v1.27+; use the "seccompProfile" field instead
          container.apparmor.security.beta.kubernetes.io/c | deprecated since v1.30; use the "appArmorProfile" field instead
          """)
  void annotationsOfTemplates(String key, String why) {
    String template = "{metadata: {annotations: {%s: x}}, spec: {containers: [{name: c}]}}";
    assertThat(
            of(
                Kinds.DEPLOYMENT,
                "{metadata: {name: d}, spec: {template: %s}}".formatted(template.formatted(key))))
        .containsExactly("spec.template.metadata.annotations[%s]: %s".formatted(key, why));
  }

  @Test
  void namesBecomeHostNames() {
    assertThat(of(Kinds.POD, "{metadata: {name: a.b}}"))
        .containsExactly(
            "metadata.name: this is used in the Pod's hostname, which can result in surprising"
                + " behavior; a DNS label is recommended: [must not contain dots]");
    assertThat(of(Kinds.DEPLOYMENT, "{metadata: {name: a.b}}"))
        .containsExactly(
            "metadata.name: this is used in Pod names and hostnames, which can result in surprising"
                + " behavior; a DNS label is recommended: [must not contain dots]");
  }

  /** A change of a pod is no news to a person. */
  @Test
  void onlyNewPods() {
    Document pod =
        Document.of(Yaml.parse("{metadata: {name: a.b}}".getBytes(StandardCharsets.UTF_8)));
    assertThat(STRATEGIES.get(Kinds.POD).warnings(pod)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          type: ClusterIP, sessionAffinity: None |
          type: ClusterIP, clusterIP: None, sessionAffinity: ClientIP | spec.SessionAffinity is ignored for headless services
          type: ClusterIP, clusterIP: None, sessionAffinity: None, externalIPs: [10.0.0.1], loadBalancerIP: 10.0.0.1 | spec.loadBalancerIP is ignored for headless services && spec.externalIPs is ignored for headless services
          type: ExternalName, externalIPs: [10.0.0.1] | spec.externalIPs is ignored when spec.type is "ExternalName"
          type: ClusterIP, externalName: a | spec.externalName is ignored when spec.type is not "ExternalName"
          type: ClusterIP, externalIPs: ['2001:DB8::1'] | spec.externalIPs[0]: IPv6 address "2001:DB8::1" should be in RFC 5952 canonical format ("2001:db8::1")
          type: LoadBalancer, loadBalancerSourceRanges: ['2001:db8:0::/48'] | spec.loadBalancerSourceRanges[0]: IPv6 CIDR value "2001:db8:0::/48" should be in RFC 5952 canonical format ("2001:db8::/48")
          """)
  void services(String spec, String warnings) {
    assertSame(of(Kinds.SERVICE, "{metadata: {name: s}, spec: {%s}}".formatted(spec)), warnings);
  }

  @Test
  void hintsHaveANewerName() {
    assertThat(
            of(
                Kinds.SERVICE,
                "{metadata: {name: s, annotations: {service.kubernetes.io/topology-aware-hints:"
                    + " auto}}, spec: {}}"))
        .containsExactly(
            "annotation service.kubernetes.io/topology-aware-hints is deprecated, please use"
                + " service.kubernetes.io/topology-mode instead");
  }
}
