package dev.fairlead.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services, rule by rule: what is written, and what upstream answers. */
class ServiceRulesTest {
  @AutoClose private final Bench bench = new Bench();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          ports: [{port: 65536}] | [spec.ports[0].port: Invalid value: 65536: must be between 1 and 65535, inclusive, spec.ports[0].targetPort: Invalid value: 65536: must be between 1 and 65535, inclusive]
          ports: [{port: 80, targetPort: no_good}] | spec.ports[0].targetPort: Invalid value: "no_good": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)
          ports: [{port: 80, targetPort: 70000}] | spec.ports[0].targetPort: Invalid value: 70000: must be between 1 and 65535, inclusive
          ports: [{port: 80, name: A}] | spec.ports[0].name: Invalid value: "A": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')
          ports: [{port: 80, name: a}, {port: 81, name: a}] | spec.ports[1].name: Duplicate value: "a"
          ports: [{port: 80, appProtocol: 'a b'}] | spec.ports[0].appProtocol: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
          type: NodePort, ports: [{port: 80, nodePort: 30080, name: a}, {port: 81, nodePort: 30080, name: b}] | spec.ports[1].nodePort: Duplicate value: 30080
          selector: {app: 'a b'}, ports: [{port: 80}] | spec.selector: Invalid value: "a b": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')
          sessionAffinity: Cookie, ports: [{port: 80}] | spec.sessionAffinity: Unsupported value: "Cookie": supported values: "ClientIP", "None"
          sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: 0}}, ports: [{port: 80}] | spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 0: must be greater than 0 and less than or equal to 86400
          sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: 86401}}, ports: [{port: 80}] | spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 86401: must be greater than 0 and less than or equal to 86400
          clusterIP: 1.2.3, ports: [{port: 80}] | spec.clusterIPs[0]: Invalid value: "1.2.3": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)
          clusterIP: 10.115.240, ports: [{port: 80}] | spec.clusterIPs[0]: Invalid value: "10.115.240": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)
          clusterIP: 10.115.240.9, clusterIPs: [10.115.240.8], ports: [{port: 80}] | spec.clusterIPs: Invalid value: ["10.115.240.8"]: first value must match `clusterIP`
          clusterIPs: [10.115.240.8, 10.115.240.9], ports: [{port: 80}] | spec.clusterIPs: Invalid value: ["10.115.240.8","10.115.240.9"]: may specify no more than one IP for each IP family
          clusterIPs: [None, 10.115.240.9], ports: [{port: 80}] | spec.clusterIPs: Invalid value: ["None","10.115.240.9"]: 'None' must be the first and only value
          clusterIP: 'fd00::1', ports: [{port: 80}] | spec.clusterIPs[0]: Invalid value: "fd00::1": expected an IPv4 value as indicated by `ipFamilies[0]`
          ipFamilies: [IPv5], ports: [{port: 80}] | spec.ipFamilies[0]: Unsupported value: "IPv5": supported values: "IPv4", "IPv6"
          ipFamilies: [IPv4, IPv4], ports: [{port: 80}] | spec.ipFamilies[1]: Duplicate value: "IPv4"
          ipFamilies: [IPv6], ports: [{port: 80}] | spec.ipFamilies[0]: Invalid value: "IPv6": not configured on this cluster
          ipFamilyPolicy: Both, ports: [{port: 80}] | spec.ipFamilyPolicy: Unsupported value: "Both": supported values: "PreferDualStack", "RequireDualStack", "SingleStack"
          ipFamilyPolicy: RequireDualStack, ports: [{port: 80}] | spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services
          externalIPs: [127.0.0.1], ports: [{port: 80}] | spec.externalIPs[0]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)
          externalIPs: [0.0.0.0, x], ports: [{port: 80}] | [spec.externalIPs[0]: Invalid value: "0.0.0.0": may not be unspecified (0.0.0.0), spec.externalIPs[1]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)]
          externalTrafficPolicy: Local, ports: [{port: 80}] | spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services
          type: NodePort, externalTrafficPolicy: Near, ports: [{port: 80}] | spec.externalTrafficPolicy: Unsupported value: "Near": supported values: "Cluster", "Local"
          internalTrafficPolicy: Near, ports: [{port: 80}] | spec.internalTrafficPolicy: Unsupported value: "Near": supported values: "Cluster", "Local"
          trafficDistribution: Near, ports: [{port: 80}] | spec.trafficDistribution: Unsupported value: "Near": supported values: "PreferClose"
          healthCheckNodePort: 30000, ports: [{port: 80}] | spec.healthCheckNodePort: Invalid value: 30000: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'
          loadBalancerSourceRanges: [10.0.0.0/8], ports: [{port: 80}] | spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'
          type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0], ports: [{port: 80}] | spec.LoadBalancerSourceRanges[0]: Invalid value: "10.0.0.0": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)
          allocateLoadBalancerNodePorts: true, ports: [{port: 80}] | spec.allocateLoadBalancerNodePorts: Forbidden: may only be used when `type` is 'LoadBalancer'
          loadBalancerClass: a.b/c, ports: [{port: 80}] | spec.loadBalancerClass: Forbidden: may only be used when `type` is 'LoadBalancer'
          type: LoadBalancer, loadBalancerClass: a/b/c, ports: [{port: 80}] | spec.loadBalancerClass: Invalid value: "a/b/c": a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')
          type: NodePort, clusterIP: None, ports: [{port: 80}] | spec.clusterIPs[0]: Invalid value: "None": may not be set to 'None' for NodePort services
          type: ExternalName, externalName: a_b | spec.externalName: Invalid value: "a_b": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
          type: ExternalName, externalName: a.b, ipFamilyPolicy: SingleStack | spec.ipFamilyPolicy: Forbidden: may not be set for ExternalName services
          """)
  void refusals(String spec, String why) {
    assertThatThrownBy(() -> service(spec)).hasMessage("Service \"a\" is invalid: " + why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          ports: [{port: 80}] | /spec/internalTrafficPolicy | "Cluster"
          ports: [{port: 80, targetPort: http}] | /spec/ports/0/targetPort | "http"
          ports: [{port: 80}], externalIPs: [192.0.2.1] | /spec/externalTrafficPolicy | "Cluster"
          ports: [{port: 80}], sessionAffinity: ClientIP | /spec/sessionAffinityConfig/clientIP/timeoutSeconds | 10800
          ports: [{port: 80}], sessionAffinityConfig: {clientIP: {timeoutSeconds: 3}} | /spec/sessionAffinityConfig |
          ports: [{port: 80}], trafficDistribution: PreferClose | /spec/trafficDistribution | "PreferClose"
          ports: [{port: 80}], publishNotReadyAddresses: true | /spec/publishNotReadyAddresses | true
          ports: [{port: 80}], ipFamilyPolicy: PreferDualStack | /spec/ipFamilies | ["IPv4"]
          type: LoadBalancer, ports: [{port: 80}] | /spec/allocateLoadBalancerNodePorts | true
          type: LoadBalancer, allocateLoadBalancerNodePorts: false, ports: [{port: 80}] | /spec/ports/0/nodePort |
          type: LoadBalancer, loadBalancerSourceRanges: [' 10.0.0.0/8 '], ports: [{port: 80}] | /spec/loadBalancerSourceRanges/0 | " 10.0.0.0/8 "
          clusterIP: None | /spec/ipFamilyPolicy | "RequireDualStack"
          clusterIP: None, ipFamilies: [IPv6] | /spec/ipFamilies/0 | "IPv6"
          type: ExternalName, externalName: a.b. | /spec/externalName | "a.b."
          type: ExternalName, externalName: a.b | /spec/internalTrafficPolicy |
          """)
  void acceptedAndFilled(String spec, String pointer, String value) {
    assertThat(Bench.text(service(spec), pointer)).isEqualTo(value == null ? "" : value);
  }

  @Test
  void aLocalLoadBalancerGetsAHealthCheckPort_thatNeverChanges() {
    Document made =
        service("type: LoadBalancer, externalTrafficPolicy: Local, ports: [{port: 80}]");
    int port = made.spec().path("healthCheckNodePort").asInt();
    assertThat(port).isBetween(30_000, 32_767);
    refused(
        made,
        spec -> spec.put("healthCheckNodePort", port == 30_001 ? 30_002 : 30_001),
        "spec.healthCheckNodePort: Forbidden: field is immutable");
    Document kept = change(made, spec -> spec.remove("healthCheckNodePort"));
    assertThat(kept.spec().path("healthCheckNodePort").asInt()).isEqualTo(port);
    Document cluster = change(kept, spec -> spec.put("externalTrafficPolicy", "Cluster"));
    assertThat(cluster.spec().has("healthCheckNodePort")).isFalse();
  }

  @Test
  void theClassOfALoadBalancerNeverChanges_andGoesWithTheType() {
    Document made = service("type: LoadBalancer, loadBalancerClass: a.b/c, ports: [{port: 80}]");
    refused(
        made,
        spec -> spec.put("loadBalancerClass", "a.b/d"),
        "spec.loadBalancerClass: Invalid value: \"a.b/d\": field is immutable");
    Document plain = change(made, spec -> spec.put("type", "ClusterIP"));
    assertThat(plain.spec().has("loadBalancerClass")).isFalse();
    assertThat(plain.spec().has("allocateLoadBalancerNodePorts")).isFalse();
    assertThat(plain.spec().path("ports").path(0).has("nodePort")).isFalse();
    assertThat(plain.spec().has("externalTrafficPolicy")).isFalse();
  }

  @Test
  void statusIsOfLoadBalancersOnly() {
    Document plain = service("ports: [{port: 80}]");
    assertThatThrownBy(() -> bench.status(Kinds.SERVICE, balanced(plain, "192.0.2.1", "VIP")))
        .hasMessageContaining(
            "status.loadBalancer.ingress: Forbidden: may only be used when `spec.type` is"
                + " \"LoadBalancer\"");
    Document balancer = change(plain, spec -> spec.put("type", "LoadBalancer"));
    assertThatThrownBy(() -> bench.status(Kinds.SERVICE, balanced(balancer, "192.0.2.1", "Odd")))
        .hasMessageContaining(
            "status.loadBalancer.ingress[0].ipMode: Unsupported value: \"Odd\": supported values:"
                + " \"Proxy\", \"VIP\"");
    assertThatThrownBy(() -> bench.status(Kinds.SERVICE, balanced(balancer, "", "VIP")))
        .hasMessageContaining(
            "status.loadBalancer.ingress[0].ipMode: Forbidden: may not be specified when `ip` is"
                + " not set");
    bench.status(Kinds.SERVICE, balanced(balancer, "192.0.2.1", "VIP"));
  }

  private static Document balanced(Document service, String ip, String mode) {
    return service.with(tree ->
        tree.putObject("status")
            .putObject("loadBalancer")
            .putArray("ingress")
            .addObject()
            .put("ip", ip)
            .put("ipMode", mode));
  }

  private void refused(Document service, Consumer<ObjectNode> change, String why) {
    assertThatThrownBy(() -> change(service, change)).hasMessageContaining(why);
  }

  private Document change(Document service, Consumer<ObjectNode> change) {
    return bench.update(
        Kinds.SERVICE, service.with(tree -> change.accept((ObjectNode) tree.get("spec"))));
  }

  private Document service(String spec) {
    return bench.create(
        Kinds.SERVICE, "default", "{metadata: {name: a}, spec: {%s}}".formatted(spec));
  }
}
