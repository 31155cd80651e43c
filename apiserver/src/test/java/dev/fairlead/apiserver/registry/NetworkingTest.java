package dev.fairlead.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.Warnings;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkingTest {
  private static final String BACKEND = "backend: {service: {name: web, port: {number: 80}}}";
  @AutoClose private final Bench bench = new Bench();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          {} | spec: Invalid value: null: either `defaultBackend` or `rules` must be specified
          defaultBackend: {} | spec.defaultBackend: Invalid value: "": resource or service backend is required
          defaultBackend: {service: {port: {number: 80}}} | spec.defaultBackend.service.name: Required value
          defaultBackend: {service: {name: web}} | spec.defaultBackend: Required value: port name or number is required
          defaultBackend: {service: {name: web, port: {number: 70000}}} | spec.defaultBackend.service.port.number: Invalid value: 70000: must be between 1 and 65535, inclusive
          defaultBackend: {service: {name: web, port: {name: "1"}}} | spec.defaultBackend.service.port.name: Invalid value: "1": must contain at least one letter (a-z)
          defaultBackend: {service: {name: web, port: {name: a, number: 1}}} | spec.defaultBackend: Invalid value: "": cannot set both port name & port number
          defaultBackend: {service: {name: web, port: {number: 1}}, resource: {kind: A, name: b}} | spec.defaultBackend: Invalid value: "": cannot set both resource and service backends
          defaultBackend: {resource: {name: a/b}} | [spec.defaultBackend.resource.kind: Required value, spec.defaultBackend.resource.name: Invalid value: "a/b": may not contain '/']
          rules: [{host: 1.2.3.4, http: {paths: [{path: /, pathType: Prefix, BACKEND}]}}] | spec.rules[0].host: Invalid value: "1.2.3.4": must be a DNS name, not an IP address
          rules: [{host: "*", http: {paths: [{path: /, pathType: Prefix, BACKEND}]}}] | spec.rules[0].host: Invalid value: "*": a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
          rules: [{http: {}}] | spec.rules[0].http.paths: Required value
          rules: [{http: {paths: [{path: /, BACKEND}]}}] | spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified
          rules: [{http: {paths: [{path: /, pathType: Fuzzy, BACKEND}]}}] | spec.rules[0].http.paths[0].pathType: Unsupported value: "Fuzzy": supported values: "Exact", "ImplementationSpecific", "Prefix"
          rules: [{http: {paths: [{path: a, pathType: Exact, BACKEND}]}}] | spec.rules[0].http.paths[0].path: Invalid value: "a": must be an absolute path
          rules: [{http: {paths: [{pathType: Exact, BACKEND}]}}] | spec.rules[0].http.paths[0].path: Invalid value: "": must be an absolute path
          rules: [{http: {paths: [{path: a, pathType: ImplementationSpecific, BACKEND}]}}] | spec.rules[0].http.paths[0].path: Invalid value: "a": must be an absolute path
          rules: [{http: {paths: [{path: //a/.., pathType: Exact, BACKEND}]}}] | [spec.rules[0].http.paths[0].path: Invalid value: "//a/..": must not contain '//', spec.rules[0].http.paths[0].path: Invalid value: "//a/..": cannot end with '/..']
          rules: [{http: {paths: [{path: /, pathType: Exact}]}}] | spec.rules[0].http.paths[0].backend: Invalid value: "": resource or service backend is required
          defaultBackend: {service: {name: 1web, port: {number: 1}}} | spec.defaultBackend.service.name: Invalid value: "1web": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')
          tls: [{secretName: A}], defaultBackend: {service: {name: web, port: {number: 1}}} | spec.tls[0].secretName: Invalid value: "A": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
          """)
  void ingressesAreRefusedAsUpstream(String spec, String why) {
    assertThatThrownBy(() -> ingress("a", "", spec))
        .hasMessage("Ingress.networking.k8s.io \"a\" is invalid: " + why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          rules: [{host: "*.example.com", http: {paths: [{path: /, pathType: Prefix, BACKEND}]}}]
          rules: [{host: a.example.com}]
          rules: [{http: {paths: [{pathType: ImplementationSpecific, backend: {resource: {apiGroup: k8s.example.com, kind: Bucket, name: b}}}]}}]
          tls: [{hosts: [a.b, "*.a.b"], secretName: s}], defaultBackend: {service: {name: web, port: {name: http}}}
          """)
  void ingressesAreAccepted(String spec) {
    assertThat(ingress("a", "", spec).meta().generation()).isOne();
  }

  @Test
  void anIngressWithoutClassGetsTheDefaultOne() {
    String marked = "annotations: {ingressclass.kubernetes.io/is-default-class: 'true'}";
    ingressClass("other", "", "controller: a.b/c");
    assertThat(ingress("none", "", "rules: [{host: a.b}]").spec().has("ingressClassName"))
        .isFalse();
    ingressClass("one", marked, "controller: a.b/c");
    assertThat(className(ingress("a", "", "rules: [{host: a.b}]"))).isEqualTo("one");
    assertThat(className(ingress("b", "", "rules: [{host: a.b}], ingressClassName: other")))
        .isEqualTo("other");
    String old = "annotations: {kubernetes.io/ingress.class: other}";
    assertThat(className(ingress("c", old, "rules: [{host: a.b}]"))).isEmpty();
    ingressClass("two", marked, "controller: a.b/c");
    assertThatThrownBy(() -> ingress("d", "", "rules: [{host: a.b}]"))
        .hasMessage(
            "ingresses.networking.k8s.io \"d\" is forbidden: Internal error occurred: 2 default"
                + " IngressClasses were found, only 1 allowed");
  }

  @Test
  void theOldAnnotationMustAgreeWithTheClass() {
    String old = "annotations: {kubernetes.io/ingress.class: x}";
    assertThatThrownBy(() -> ingress("a", old, "rules: [{host: a.b}], ingressClassName: y"))
        .hasMessage(
            "Ingress.networking.k8s.io \"a\" is invalid: annotations.kubernetes.io/ingress.class:"
                + " Invalid value: \"x\": must match `ingressClassName` when both are specified");
    assertThat(heard(() -> ingress("a", old, "rules: [{host: a.b}]")))
        .containsExactly(
            "annotation \"kubernetes.io/ingress.class\" is deprecated, please use"
                + " 'spec.ingressClassName' instead",
            "Ingress \"a\" is stored, but no ingress controller comes with this cluster");
  }

  @Test
  void anIngressHasAStatusOfItsOwn() {
    Document made = ingress("a", "", "rules: [{host: a.b}]");
    assertThat(Bench.text(made, "/status")).isEqualTo("{\"loadBalancer\":{}}");
    assertThatThrownBy(() -> bench.status(Kinds.INGRESS, at(made, "1.2.3", "1.2.3.4")))
        .hasMessageContaining(
            "status.loadBalancer.ingress[0].ip: Invalid value: \"1.2.3\": must be a valid IP address")
        .hasMessageContaining(
            "status.loadBalancer.ingress[0].hostname: Invalid value: \"1.2.3.4\": must be a DNS"
                + " name, not an IP address");
    Document set = bench.status(Kinds.INGRESS, at(made, "1.2.3.4", "a.b"));
    assertThat(Bench.text(set, "/status/loadBalancer/ingress/0/ip")).isEqualTo("\"1.2.3.4\"");
    assertThat(set.meta().generation()).isOne();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          {} | spec.controller: Required value
          controller: nginx | spec.controller: Invalid value: "nginx": must be a domain-prefixed path (such as "acme.io/foo")
          controller: a.b/c d | spec.controller: Invalid value: "c d": Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')
          controller: a.b/c, parameters: {kind: K} | spec.parameters.name: Required value
          controller: a.b/c, parameters: {name: n, kind: K, scope: Galaxy} | spec.parameters.scope: Unsupported value: "Galaxy": supported values: "Cluster", "Namespace"
          controller: a.b/c, parameters: {name: n, kind: K, scope: Namespace} | spec.parameters.namespace: Required value: `parameters.scope` is set to 'Namespace'
          controller: a.b/c, parameters: {name: n, kind: K, namespace: x} | spec.parameters.namespace: Forbidden: `parameters.scope` is set to 'Cluster'
          """)
  void ingressClassesAreRefusedAsUpstream(String spec, String why) {
    assertThatThrownBy(() -> ingressClass("a", "", spec))
        .hasMessage("IngressClass.networking.k8s.io \"a\" is invalid: " + why);
  }

  @Test
  void theControllerOfAClassNeverChanges() {
    Document made = ingressClass("a", "", "controller: a.b/c, parameters: {kind: K, name: n}");
    assertThat(Bench.text(made, "/spec/parameters/scope")).isEqualTo("\"Cluster\"");
    Document changed = made.with(t -> ((ObjectNode) t.get("spec")).put("controller", "a.b/d"));
    assertThatThrownBy(() -> bench.update(Kinds.INGRESS_CLASS, changed))
        .hasMessage(
            "IngressClass.networking.k8s.io \"a\" is invalid: spec.controller: Invalid value:"
                + " \"a.b/d\": field is immutable");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          podSelector: {matchLabels: {"a b": c}} | spec.podSelector.matchLabels: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
          podSelector: {}, ingress: [{ports: [{protocol: ICMP}]}] | spec.ingress[0].ports[0].protocol: Unsupported value: "ICMP": supported values: "TCP", "UDP", "SCTP"
          podSelector: {}, ingress: [{ports: [{port: 0}]}] | spec.ingress[0].ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive
          podSelector: {}, ingress: [{ports: [{port: 80, endPort: 79}]}] | spec.ingress[0].ports[0].endPort: Invalid value: 79: must be greater than or equal to `port`
          podSelector: {}, ingress: [{ports: [{port: http, endPort: 80}]}] | spec.ingress[0].ports[0].endPort: Invalid value: 80: may not be specified when `port` is non-numeric
          podSelector: {}, egress: [{ports: [{endPort: 80}]}] | spec.egress[0].ports[0].endPort: Invalid value: 80: may not be specified when `port` is not specified
          podSelector: {}, ingress: [{from: [{}]}] | spec.ingress[0].from[0]: Required value: must specify a peer
          podSelector: {}, egress: [{to: [{podSelector: {}, ipBlock: {cidr: 10.0.0.0/8}}]}] | spec.egress[0].to[0]: Forbidden: may not specify both ipBlock and another peer
          podSelector: {}, egress: [{to: [{ipBlock: {}}]}] | spec.egress[0].to[0].ipBlock.cidr: Required value
          podSelector: {}, egress: [{to: [{ipBlock: {cidr: 10.0.0.0/33}}]}] | spec.egress[0].to[0].ipBlock.cidr: Invalid value: "10.0.0.0/33": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)
          podSelector: {}, egress: [{to: [{ipBlock: {cidr: "::ffff:10.0.0.0/104", except: [10.0.0.0/8]}}]}] | spec.egress[0].to[0].ipBlock.except[0]: Invalid value: "10.0.0.0/8": must be a strict subset of `cidr`
          podSelector: {}, egress: [{to: [{ipBlock: {cidr: x}}]}] | spec.egress[0].to[0].ipBlock.cidr: Invalid value: "x": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)
          podSelector: {}, egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [11.0.0.0/9]}}]}] | spec.egress[0].to[0].ipBlock.except[0]: Invalid value: "11.0.0.0/9": must be a strict subset of `cidr`
          podSelector: {}, egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/8]}}]}] | spec.egress[0].to[0].ipBlock.except[0]: Invalid value: "10.0.0.0/8": must be a strict subset of `cidr`
          podSelector: {}, policyTypes: [Sideways] | spec.policyTypes[0]: Unsupported value: "Sideways": supported values: "Ingress", "Egress"
          podSelector: {}, policyTypes: [Ingress, Egress, Ingress] | spec.policyTypes: Invalid value: ["Ingress","Egress","Ingress"]: may not specify more than two policyTypes
          """)
  void networkPoliciesAreRefusedAsUpstream(String spec, String why) {
    assertThatThrownBy(() -> networkPolicy(spec))
        .hasMessage("NetworkPolicy.networking.k8s.io \"a\" is invalid: " + why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          podSelector: {} | {"podSelector":{},"policyTypes":["Ingress"]}
          egress: [{}] | {"egress":[{}],"podSelector":{},"policyTypes":["Ingress","Egress"]}
          ingress: [{ports: [{port: 80}]}] | {"ingress":[{"ports":[{"port":80,"protocol":"TCP"}]}],"podSelector":{},"policyTypes":["Ingress"]}
          egress: [{to: [{ipBlock: {cidr: "2001:db8::/64", except: ["2001:db8::/96"]}}]}], policyTypes: [Egress] | {"egress":[{"to":[{"ipBlock":{"cidr":"2001:db8::/64","except":["2001:db8::/96"]}}]}],"policyTypes":["Egress"],"podSelector":{}}
          """)
  void networkPoliciesGetTheirDefaults(String spec, String stored) {
    assertThat(heard(() -> assertThat(text(networkPolicy(spec))).isEqualTo(stored)))
        .containsExactly("NetworkPolicy \"a\" is stored but not enforced by this cluster");
  }

  private static String text(Document made) {
    return Bench.text(made, "/spec");
  }

  private static List<String> heard(Runnable write) {
    try (Warnings _ = Warnings.open()) {
      write.run();
      return Warnings.texts();
    }
  }

  private Document ingress(String name, String metadata, String spec) {
    return bench.create(
        Kinds.INGRESS, "default", object(name, metadata, spec.replace("BACKEND", BACKEND)));
  }

  private Document ingressClass(String name, String metadata, String spec) {
    return bench.create(Kinds.INGRESS_CLASS, "", object(name, metadata, spec));
  }

  private Document networkPolicy(String spec) {
    return bench.create(Kinds.NETWORK_POLICY, "default", object("a", "", spec));
  }

  private static String object(String name, String metadata, String spec) {
    String inner = spec.equals("{}") ? "" : spec;
    return "{metadata: {name: %s, %s}, spec: {%s}}".formatted(name, metadata, inner);
  }

  private static String className(Document ingress) {
    return ingress.spec().path("ingressClassName").asText("");
  }

  private static Document at(Document ingress, String ip, String host) {
    return ingress.with(tree ->
        ((ObjectNode) tree.get("status"))
            .putObject("loadBalancer")
            .putArray("ingress")
            .addObject()
            .put("ip", ip)
            .put("hostname", host));
  }
}
