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
  private static final String FUTURE =
      "will be considered invalid in a future Kubernetes release: use";

  private static List<String> of(ResourceType type, String yaml) {
    return STRATEGIES.get(type).warnings(object(yaml), null);
  }

  private static ResourceType kind(String name) {
    return Kinds.ALL.stream().filter(each -> each.kind().equals(name)).findFirst().orElseThrow();
  }

  private static Document object(String yaml) {
    return Document.of(Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8)));
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
          volumes: [{name: v, configMap: {name: m, items: [{path: a/}, {path: a/b}, {path: ab}]}}, {name: w, secret: {secretName: s, items: [{path: a}, {path: a}]}}] | volume "v" (ConfigMap "m"): overlapping paths: "a/b" with "a" && volume "w" (Secret "s"): overlapping paths: "a" with "a"
          volumes: [{name: v, downwardAPI: {items: [{path: a/b}, {path: a}, {path: ''}]}}] | volume "v" (DownwardAPI): overlapping paths: "a" with "a/b"
          volumes: [{name: v, projected: {sources: [{configMap: {name: m, items: [{path: t}]}}, {serviceAccountToken: {path: t}}, {}]}}] | volume "v" (Projected) has no sources provided && volume "v" (Projected): overlapping paths: "t" (ServiceAccountToken) with "t" (ConfigMap "m")
          volumes: [{name: v, projected: {sources: [{clusterTrustBundle: {signerName: c, path: t/t}}, {downwardAPI: {items: [{path: t}]}}, {secret: {name: s, items: [{path: u}]}}]}}] | volume "v" (Projected): overlapping paths: "t" (DownwardAPI) with "t/t" (ClusterTrustBundle "c")
          volumes: [{ephemeral: {volumeClaimTemplate: {spec: {resources: {requests: {storage: 1500m}, limits: {storage: 2}}}}}}] | spec.volumes[0].ephemeral.volumeClaimTemplate.spec.resources.requests[storage]: fractional byte value "1500m" is invalid, must be an integer
          hostAliases: [{ip: 10.0.0.1}, {ip: 10.0.0.1}] | spec.hostAliases[1].ip: duplicate ip "10.0.0.1"
          imagePullSecrets: [{name: a}, {name: a}, {}] | spec.imagePullSecrets[1].name: duplicate name "a" && spec.imagePullSecrets[2].name: invalid empty name ""
          terminationGracePeriodSeconds: -1 | spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1
          containers: [{resources: {limits: {memory: 100m}}}] | spec.containers[0].resources.limits[memory]: fractional byte value "100m" is invalid, must be an integer
          containers: [{env: [{name: A, value: x}, {name: A, value: y}]}] | spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply
          containers: [{env: [{name: A, value: x}, {name: A, value: '$(A)y'}]}] |
          containers: [{ports: [{containerPort: 80, protocol: TCP}]}, {ports: [{containerPort: 80, protocol: TCP}]}] | spec.containers[1].ports[0]: duplicate port definition with spec.containers[0].ports[0]
          containers: [{ports: [{containerPort: 80, protocol: TCP, hostPort: 80}, {containerPort: 80, protocol: TCP}]}] | spec.containers[0].ports[1]: overlapping port definition with spec.containers[0].ports[0]
          containers: [{ports: [{containerPort: 80, protocol: TCP, hostPort: 80}, {containerPort: 80, protocol: TCP, hostPort: 80, hostIP: 10.0.0.1}]}] | spec.containers[0].ports[1]: dangerously ambiguous port definition with spec.containers[0].ports[0]
          initContainers: [{ports: [{name: p, containerPort: 80}]}], containers: [{ports: [{name: q, containerPort: 81}, {name: p, containerPort: 82}]}, {ports: [{name: p, containerPort: 83}]}] | spec.containers[0].ports[1]: duplicate port name "p" with spec.initContainers[0].ports[0], services and probes that select ports by name will use spec.initContainers[0].ports[0] && spec.containers[1].ports[0]: duplicate port name "p" with spec.initContainers[0].ports[0], services and probes that select ports by name will use spec.initContainers[0].ports[0]
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
    Document pod = object("{metadata: {name: a.b}}");
    assertThat(STRATEGIES.get(Kinds.POD).warnings(pod, pod)).isEmpty();
  }

  /** A name is all that a template's owner does not hear again; metadata changes no template. */
  @ParameterizedTest
  @CsvSource({
    "Deployment, 1, 0",
    "Deployment, 2, 1",
    "ReplicaSet, 1, 0",
    "ReplicaSet, 2, 1",
    "StatefulSet, 1, 0",
    "StatefulSet, 2, 1",
    "DaemonSet, 1, 0",
    "DaemonSet, 2, 1",
    "ReplicationController, 1, 0",
    "ReplicationController, 2, 1",
  })
  void templatesThatChange(String kind, int generation, int warnings) {
    ResourceType type = kind(kind);
    String template = "{spec: {containers: [], volumes: [{gitRepo: {}}]}}";
    String owner = "{metadata: {name: a.b, generation: %d}, spec: {template: %s}}";
    Document before = object(owner.formatted(1, template));
    Document after = object(owner.formatted(generation, template));
    assertThat(STRATEGIES.get(type).warnings(after, before)).hasSize(warnings);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          Endpoints | {subsets: [{addresses: [{ip: 10.0.0.01}], notReadyAddresses: [{ip: 10.0.0.1}, {ip: '2001:DB8::1'}]}]} | subsets[0].addresses[0].ip: non-standard IP address "10.0.0.01" FUTURE "10.0.0.1" && subsets[0].notReadyAddresses[1].ip: IPv6 address "2001:DB8::1" should be in RFC 5952 canonical format ("2001:db8::1")
          Endpoints | {metadata: {labels: {endpoints.kubernetes.io/managed-by: endpoint-controller}}, subsets: [{addresses: [{ip: 10.0.0.01}]}]} |
          EndpointSlice | {addressType: IPv4, endpoints: [{addresses: [10.0.0.01]}]} | endpoints[0].addresses[0]: non-standard IP address "10.0.0.01" FUTURE "10.0.0.1"
          EndpointSlice | {metadata: {labels: {endpointslice.kubernetes.io/managed-by: endpointslice-controller.k8s.io}}, endpoints: [{addresses: [10.0.0.01]}]} |
          EndpointSlice | {addressType: FQDN, endpoints: [{addresses: [a.b]}]} | spec.addressType: FQDN endpoints are deprecated
          Node | {spec: {podCIDRs: [10.0.0.1/24]}} | spec.podCIDRs[0]: CIDR value "10.0.0.1/24" is ambiguous in this context (should be "10.0.0.0/24" or "10.0.0.1/32"?)
          Node | {spec: {configSource: {}, externalID: a}} | spec.configSource: the feature is removed && spec.externalID: this field is deprecated, and is unused by Kubernetes
          NetworkPolicy | {metadata: {name: a}, spec: {ingress: [{from: [{ipBlock: {cidr: 010.0.0.0/8, except: [10.0.0.0/016]}}]}], egress: [{to: [{ipBlock: {cidr: 10.0.0.0/08}}]}]}} | NetworkPolicy "a" is stored but not enforced by this cluster && spec.ingress[0].from[0].ipBlock.cidr: non-standard CIDR value "010.0.0.0/8" FUTURE "10.0.0.0/8" && spec.ingress[0].from[0].ipBlock.except[0]: non-standard CIDR value "10.0.0.0/016" FUTURE "10.0.0.0/16" && spec.egress[0].to[0].ipBlock.cidr: non-standard CIDR value "10.0.0.0/08" FUTURE "10.0.0.0/8"
          Pod | {metadata: {name: a}, spec: {dnsConfig: {nameservers: [1.2.3.4, 05.06.07.08]}, hostAliases: [{ip: '::ffff:1.2.3.4'}]}} | spec.dnsConfig.nameservers[1]: non-standard IP address "05.06.07.08" FUTURE "5.6.7.8" && spec.hostAliases[0].ip: non-standard IP address "::ffff:1.2.3.4" FUTURE "1.2.3.4"
          """)
  void addresses(String kind, String yaml, String warnings) {
    ResourceType type = kind(kind);
    assertSame(of(type, yaml), warnings == null ? null : warnings.replace("FUTURE", FUTURE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          Pod | {status: {podIPs: [{ip: 10.0.0.01}], hostIPs: [{ip: 10.0.0.02}]}} | status.podIPs[0].ip: non-standard IP address "10.0.0.01" FUTURE "10.0.0.1" && status.hostIPs[0].ip: non-standard IP address "10.0.0.02" FUTURE "10.0.0.2"
          Service | {status: {loadBalancer: {ingress: [{hostname: a}, {ip: 10.0.0.01}]}}} | status.loadBalancer.ingress[1]: non-standard IP address "10.0.0.01" FUTURE "10.0.0.1"
          Ingress | {status: {loadBalancer: {ingress: [{hostname: a}, {ip: '2001:DB8::1'}]}}} | status.loadBalancer.ingress[1]: IPv6 address "2001:DB8::1" should be in RFC 5952 canonical format ("2001:db8::1")
          Node | {status: {addresses: [{type: InternalIP, address: 10.0.0.01}]}} |
          """)
  void addressesInStatus(String kind, String yaml, String warnings) {
    ResourceType type = kind(kind);
    assertSame(
        STRATEGIES.get(type).statusWarnings(object(yaml)),
        warnings == null ? null : warnings.replace("FUTURE", FUTURE));
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
          type: ClusterIP, clusterIPs: [010.115.240.9], externalIPs: [10.0.0.01] | spec.clusterIPs[0]: non-standard IP address "010.115.240.9" will be considered invalid in a future Kubernetes release: use "10.115.240.9" && spec.externalIPs[0]: non-standard IP address "10.0.0.01" will be considered invalid in a future Kubernetes release: use "10.0.0.1"
          type: LoadBalancer, loadBalancerIP: 10.0.0.01, loadBalancerSourceRanges: [10.0.0.1/8] | spec.loadBalancerIP: non-standard IP address "10.0.0.01" will be considered invalid in a future Kubernetes release: use "10.0.0.1" && spec.loadBalancerSourceRanges[0]: CIDR value "10.0.0.1/8" is ambiguous in this context (should be "10.0.0.0/8" or "10.0.0.1/32"?)
          type: ClusterIP, externalIPs: ['2001:DB8::1'] | spec.externalIPs[0]: IPv6 address "2001:DB8::1" should be in RFC 5952 canonical format ("2001:db8::1")
          type: LoadBalancer, loadBalancerSourceRanges: ['2001:db8:0::/48'] | spec.loadBalancerSourceRanges[0]: IPv6 CIDR value "2001:db8:0::/48" should be in RFC 5952 canonical format ("2001:db8::/48")
          """)
  void services(String spec, String warnings) {
    assertSame(of(Kinds.SERVICE, "{metadata: {name: s}, spec: {%s}}".formatted(spec)), warnings);
  }

  /** What a change hears depends on what was there before. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          ServiceAccount |     | {metadata: {annotations: {kubernetes.io/enforce-mountable-secrets: 'true'}}} | metadata.annotations[kubernetes.io/enforce-mountable-secrets]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets
          ServiceAccount | {}  | {metadata: {annotations: {kubernetes.io/enforce-mountable-secrets: 'true'}}} | metadata.annotations[kubernetes.io/enforce-mountable-secrets]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets
          ServiceAccount | {metadata: {annotations: {kubernetes.io/enforce-mountable-secrets: 'false'}}} | {metadata: {annotations: {kubernetes.io/enforce-mountable-secrets: 'true'}}} |
          ServiceAccount |     | {} |
          StatefulSet    |     | {spec: {revisionHistoryLimit: -1}} | spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended
          StatefulSet    | {spec: {revisionHistoryLimit: -1}} | {spec: {revisionHistoryLimit: -1}} | spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended
          StatefulSet    |     | {spec: {revisionHistoryLimit: 0}} |
          Ingress        |     | {metadata: {name: i, annotations: {kubernetes.io/ingress.class: a}}} | annotation "kubernetes.io/ingress.class" is deprecated, please use 'spec.ingressClassName' instead && Ingress "i" is stored, but no ingress controller comes with this cluster
          Ingress        | {}  | {metadata: {name: i, annotations: {kubernetes.io/ingress.class: a}}} | Ingress "i" is stored, but no ingress controller comes with this cluster
          Secret         |     | {type: kubernetes.io/tls, data: {tls.crt: '', tls.key: ''}} | tls: failed to find any PEM data in certificate input
          Secret         | {}  | {type: kubernetes.io/tls, data: {}} | tls: failed to find any PEM data in certificate input
          Secret         |     | {type: Opaque, data: {tls.crt: '', tls.key: ''}} |
          """)
  void news(String kind, String before, String after, String warnings) {
    Document old = before == null ? null : object(before);
    assertSame(STRATEGIES.get(kind(kind)).warnings(object(after), old), warnings);
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
