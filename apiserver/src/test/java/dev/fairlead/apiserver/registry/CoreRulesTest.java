package dev.fairlead.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The smaller kinds, rule by rule: what is written, and what upstream answers. */
class CoreRulesTest {
  private static final String SUBDOMAIN =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
          + " used for validation is"
          + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
  private static final String LABEL =
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and"
          + " must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex"
          + " used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
  private static final String NAME_PART =
      "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end"
          + " with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used"
          + " for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

  @AutoClose private final Bench bench = new Bench();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          subsets: [{}] | subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`
          subsets: [{addresses: [{ip: x, hostname: A}]}] | [subsets[0].addresses[0].ip: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff), subsets[0].addresses[0].hostname: Invalid value: "A": LABEL, subsets[0].addresses[0].ip: Invalid value: "x": must be a valid IP address]
          subsets: [{addresses: [{ip: 169.254.1.1}]}] | subsets[0].addresses[0].ip: Invalid value: "169.254.1.1": may not be in the link-local range (169.254.0.0/16, fe80::/10)
          subsets: [{notReadyAddresses: [{ip: 224.0.0.1}]}] | subsets[0].notReadyAddresses[0].ip: Invalid value: "224.0.0.1": may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)
          subsets: [{addresses: [{ip: '::1'}]}] | subsets[0].addresses[0].ip: Invalid value: "::1": may not be in the loopback range (127.0.0.0/8, ::1/128)
          subsets: [{addresses: [{ip: 10.0.0.1, hostname: A}]}] | subsets[0].addresses[0].hostname: Invalid value: "A": LABEL
          subsets: [{addresses: [{ip: 10.0.0.1, nodeName: A}]}] | subsets[0].addresses[0].nodeName: Invalid value: "A": SUBDOMAIN
          subsets: [{addresses: [{ip: 10.0.0.1}], ports: [{port: 80}, {port: 81, name: b}]}] | subsets[0].ports[0].name: Required value
          subsets: [{addresses: [{ip: 10.0.0.1}], ports: [{port: 0}]}] | subsets[0].ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive
          subsets: [{addresses: [{ip: 10.0.0.1}], ports: [{port: 1, protocol: X}]}] | subsets[0].ports[0].protocol: Unsupported value: "X": supported values: "SCTP", "TCP", "UDP"
          subsets: [{addresses: [{ip: 10.0.0.1}], ports: [{port: 1, appProtocol: 'a b'}]}] | subsets[0].ports[0].appProtocol: Invalid value: "a b": NAME_PART
          """)
  void endpoints(String fields, String why) {
    refused(Kinds.ENDPOINTS, fields, "Endpoints \"a\" is invalid: " + why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          endpoints: [] | addressType: Required value
          addressType: IPX | addressType: Unsupported value: "IPX": supported values: "FQDN", "IPv4", "IPv6"
          addressType: IPv4, endpoints: [{}] | endpoints[0].addresses: Required value: must contain at least 1 address
          addressType: IPv4, endpoints: [{addresses: ['fd00::1']}] | endpoints[0].addresses[0]: Invalid value: "fd00::1": must be a valid IPv4 address
          addressType: IPv6, endpoints: [{addresses: [10.0.0.1]}] | endpoints[0].addresses[0]: Invalid value: "10.0.0.1": must be a valid IPv6 address
          addressType: IPv4, endpoints: [{addresses: [x]}] | [endpoints[0].addresses[0]: Invalid value: "x": must be a valid IPv4 address, endpoints[0].addresses[0]: Invalid value: "x": must be a valid IP address]
          addressType: IPv6, endpoints: [{addresses: ['::ffff:10.0.0.1']}] | endpoints[0].addresses[0]: Invalid value: "::ffff:10.0.0.1": must be a valid IPv6 address
          addressType: IPv4, endpoints: [{addresses: [127.0.0.01]}] | endpoints[0].addresses[0]: Invalid value: "127.0.0.01": may not be in the loopback range (127.0.0.0/8, ::1/128)
          addressType: IPv4, endpoints: [{addresses: [127.0.0.1]}] | endpoints[0].addresses[0]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)
          addressType: FQDN, endpoints: [{addresses: [a]}] | endpoints[0].addresses[0]: Invalid value: "a": should be a domain with at least two segments separated by dots
          addressType: IPv4, endpoints: [{addresses: [10.0.0.1], nodeName: A}] | endpoints[0].nodeName: Invalid value: "A": SUBDOMAIN
          addressType: IPv4, endpoints: [{addresses: [10.0.0.1], hostname: A}] | endpoints[0].hostname: Invalid value: "A": LABEL
          addressType: IPv4, endpoints: [{addresses: [10.0.0.1], hints: {forZones: [{name: a}, {name: a}, {}]}}] | [endpoints[0].hints.forZones[1].name: Duplicate value: "a", endpoints[0].hints.forZones[2].name: Required value]
          addressType: IPv4, ports: [{name: a}, {name: a}] | ports[1].name: Duplicate value: "a"
          addressType: IPv4, ports: [{protocol: X}] | ports[0].protocol: Unsupported value: "X": supported values: "SCTP", "TCP", "UDP"
          addressType: IPv4, ports: [{appProtocol: 'a b'}] | ports[0].appProtocol: Invalid value: "a b": NAME_PART
          """)
  void endpointSlices(String fields, String why) {
    refused(
        Kinds.ENDPOINT_SLICE, fields, "EndpointSlice.discovery.k8s.io \"a\" is invalid: " + why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          spec: {taints: [{key: a}]} | metadata.taints[0].effect: Required value
          spec: {taints: [{key: a, effect: Never}]} | metadata.taints[0].effect: Unsupported value: "Never": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"
          spec: {taints: [{key: 'a b', effect: NoExecute}]} | metadata.taints[0].key: Invalid value: "a b": NAME_PART
          spec: {taints: [{key: a, effect: NoExecute}, {key: a, value: b, effect: NoExecute}]} | metadata.taints[1]: Duplicate value: {"key":"a","value":"b","effect":"NoExecute"}: taints must be unique by key and effect pair
          spec: {podCIDR: 10.0.0.1} | spec.podCIDRs[0]: Invalid value: "10.0.0.1": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)
          spec: {podCIDRs: [10.0.0.0/24, 10.0.1.0/24]} | spec.podCIDRs: Invalid value: ["10.0.0.0/24","10.0.1.0/24"]: may specify no more than one CIDR for each IP family
          status: {capacity: {cpu: 1}, allocatable: {cpu: '-1'}} | status.allocatable.cpu: Invalid value: "-1": must be greater than or equal to 0
          status: {capacity: {example.com/gpu: 1500m}, allocatable: {cpu: 1}} | status.capacity.example.com/gpu: Invalid value: "1500m": must be an integer
          """)
  void nodes(String fields, String why) {
    refused(Kinds.NODE, fields, "Node \"a\" is invalid: " + why);
  }

  @Test
  void aNodeSaysEachAddressOnce() {
    Document node = create(Kinds.NODE, "status: {capacity: {cpu: 2}}");
    assertThat(Bench.text(node, "/status/allocatable")).isEqualTo("{\"cpu\":\"2\"}");
    Document twice =
        node.with(tree -> {
          for (int i = 0; i < 2; i++) {
            ((ObjectNode) tree.get("status"))
                .withArray("addresses")
                .addObject()
                .put("type", "InternalIP")
                .put("address", "a");
          }
        });
    assertThatThrownBy(() -> bench.status(Kinds.NODE, twice))
        .hasMessage(
            "Node \"a\" is invalid: status.addresses[1]: Duplicate value:"
                + " {\"type\":\"InternalIP\",\"address\":\"a\"}");
  }

  @Test
  void theRangeOfANodeIsSetOnce() {
    Document node = create(Kinds.NODE, "spec: {podCIDR: 10.0.0.0/24}");
    assertThat(Bench.text(node, "/spec/podCIDRs")).isEqualTo("[\"10.0.0.0/24\"]");
    Document moved =
        node.with(tree -> ((ObjectNode) tree.get("spec")).put("podCIDR", "10.0.1.0/24"));
    assertThatThrownBy(() -> bench.update(Kinds.NODE, moved))
        .hasMessage(
            "Node \"a\" is invalid: spec.podCIDRs: Forbidden: node updates may not change podCIDR"
                + " except from \"\" to valid");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          type: kubernetes.io/tls | [data[tls.crt]: Required value, data[tls.key]: Required value]
          type: kubernetes.io/basic-auth | [data[username]: Required value, data[password]: Required value]
          type: kubernetes.io/ssh-auth | data[ssh-privatekey]: Required value
          type: kubernetes.io/dockerconfigjson | data[.dockerconfigjson]: Required value
          type: kubernetes.io/service-account-token | metadata.annotations[kubernetes.io/service-account.name]: Required value
          stringData: {'a/b': c} | data[a/b]: Invalid value: "a/b": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')
          """)
  void secrets(String fields, String why) {
    refused(Kinds.SECRET, fields, "Secret \"a\" is invalid: " + why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          name: A | metadata.name: Invalid value: "A": SUBDOMAIN
          labels: {a: b} | metadata.name: Required value: name or generateName is required
          name: a, labels: {'x y': b} | metadata.labels: Invalid value: "x y": NAME_PART
          name: a, labels: {'/b': c} | metadata.labels: Invalid value: "/b": prefix part must be non-empty
          name: a, annotations: {'x y': b} | metadata.annotations: Invalid value: "x y": NAME_PART
          name: a, finalizers: [x] | metadata.finalizers[0]: Invalid value: "x": name is neither a standard finalizer name nor is it fully qualified
          name: a, ownerReferences: [{kind: K, name: n, uid: u}] | metadata.ownerReferences.apiVersion: Invalid value: "": version must not be empty
          name: a, ownerReferences: [{apiVersion: v1}] | [metadata.ownerReferences.kind: Invalid value: "": must not be empty, metadata.ownerReferences.name: Invalid value: "": must not be empty, metadata.ownerReferences.uid: Invalid value: "": must not be empty]
          """)
  void metadata(String fields, String why) {
    String shown = fields.startsWith("name: ") ? fields.split("[ ,]")[1] : "";
    assertThatThrownBy(
            () -> bench.create(Kinds.CONFIG_MAP, "default", "{metadata: {%s}}".formatted(fields)))
        .hasMessage("ConfigMap \"%s\" is invalid: %s".formatted(shown, words(why)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          involvedObject: {namespace: other} | involvedObject.namespace: Invalid value: "other": does not match event.namespace
          eventTime: '2026-01-01T00:00:00.000000Z' | [reportingController: Required value, reportingController: Invalid value: "": name part must be non-empty, reportingController: Invalid value: "": NAME_PART, reportingInstance: Required value, action: Required value, reason: Required value]
          eventTime: '2026-01-01T00:00:00.000000Z', reportingComponent: 'a b', reportingInstance: i, action: a, reason: r | reportingController: Invalid value: "a b": NAME_PART
          """)
  void events(String fields, String why) {
    refused(Kinds.EVENT, fields, "Event \"a\" is invalid: " + why);
  }

  @Test
  void newEventsMayBeAboutOtherNamespaces() {
    create(
        Kinds.EVENT,
        "eventTime: '2026-01-01T00:00:00.000000Z', reportingComponent: c, reportingInstance: i,"
            + " action: a, reason: r, involvedObject: {namespace: other}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          spec: {leaseDurationSeconds: 0} | spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0
          spec: {leaseTransitions: -1} | spec.leaseTransitions: Invalid value: -1: must be greater than or equal to 0
          """)
  void leases(String fields, String why) {
    refused(Kinds.LEASE, fields, "Lease.coordination.k8s.io \"a\" is invalid: " + why);
  }

  @Test
  void finalizersOfNamespacesHaveDomains() {
    refused(
        Kinds.NAMESPACE,
        "spec: {finalizers: [x]}",
        "Namespace \"a\" is invalid: spec.finalizers: Invalid value: \"x\": name is neither a"
            + " standard finalizer name nor is it fully qualified");
    create(Kinds.NAMESPACE, "spec: {finalizers: [example.com/x]}");
    Target finalize = Target.object(Kinds.NAMESPACE, "", "a").sub("finalize");
    Document wrong = Bench.document("{metadata: {name: a}, spec: {finalizers: [kubernetes, x]}}");
    assertThatThrownBy(() -> bench.registry.update(finalize, wrong, WriteOptions.NONE))
        .hasMessage(
            "Namespace \"a\" is invalid: spec.finalizers[1]: Invalid value: \"x\": name is"
                + " neither a standard finalizer name nor is it fully qualified");
  }

  @Test
  void thePhaseOfANamespaceFollowsItsDeletion() {
    Document namespace = create(Kinds.NAMESPACE, "spec: {}");
    Document gone =
        namespace.with(tree -> ((ObjectNode) tree.get("status")).put("phase", "Terminating"));
    assertThatThrownBy(() -> bench.status(Kinds.NAMESPACE, gone))
        .hasMessage(
            "Namespace \"a\" is invalid: status.Phase: Invalid value: \"Terminating\": may only be"
                + " 'Active' if `deletionTimestamp` is empty");
  }

  @Test
  void annotationsHaveABound() {
    String large = "x".repeat(256 * 1024);
    assertThatThrownBy(() ->
            bench.create(
                Kinds.CONFIG_MAP,
                "default",
                "{metadata: {name: a, annotations: {k: %s}}}".formatted(large)))
        .hasMessage(
            "ConfigMap \"a\" is invalid: metadata.annotations: Too long: may not be more than"
                + " 262144 bytes");
  }

  private void refused(ResourceType type, String fields, String message) {
    assertThatThrownBy(() -> create(type, fields)).hasMessage(words(message));
  }

  private static String words(String message) {
    return message
        .replace("SUBDOMAIN", SUBDOMAIN)
        .replace("LABEL", LABEL)
        .replace("NAME_PART", NAME_PART);
  }

  private Document create(ResourceType type, String fields) {
    return bench.create(
        type, type.namespaced() ? "default" : "", "{metadata: {name: a}, %s}".formatted(fields));
  }
}
