package dev.fairlead.kubelet.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.view.Service;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceVariablesTest {
  private static final Service KUBERNETES =
      service("default", "kubernetes", "10.115.240.1", "{'name':'https','port':443}");

  private static Service service(String namespace, String name, String ip, String ports) {
    String json =
        "{'metadata':{'namespace':'%s','name':'%s'},'spec':{'clusterIP':'%s','ports':[%s]}}"
            .formatted(namespace, name, ip, ports);
    return Service.of(
        Document.of(Json.tree(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void aServiceGivesTheSevenVariables() {
    var alpaca = service("default", "alpaca-prod", "10.115.245.13", "{'port':8080}");
    assertThat(ServiceVariables.of(List.of(alpaca), "default", true))
        .containsOnly(
            java.util.Map.entry("ALPACA_PROD_SERVICE_HOST", "10.115.245.13"),
            java.util.Map.entry("ALPACA_PROD_SERVICE_PORT", "8080"),
            java.util.Map.entry("ALPACA_PROD_PORT", "tcp://10.115.245.13:8080"),
            java.util.Map.entry("ALPACA_PROD_PORT_8080_TCP", "tcp://10.115.245.13:8080"),
            java.util.Map.entry("ALPACA_PROD_PORT_8080_TCP_PROTO", "tcp"),
            java.util.Map.entry("ALPACA_PROD_PORT_8080_TCP_PORT", "8080"),
            java.util.Map.entry("ALPACA_PROD_PORT_8080_TCP_ADDR", "10.115.245.13"));
  }

  @Test
  void namedPortsAndOtherProtocolsHaveTheirOwn() {
    var dns =
        service(
            "a",
            "1dns",
            "10.0.0.1",
            "{'name':'dns','port':53,'protocol':'UDP'},{'name':'dns-tcp','port':53}");
    assertThat(ServiceVariables.of(List.of(dns), "a", true))
        .containsEntry("_1DNS_SERVICE_PORT_DNS_TCP", "53")
        .containsEntry("_1DNS_PORT", "udp://10.0.0.1:53")
        .containsEntry("_1DNS_PORT_53_UDP_PROTO", "udp")
        .containsEntry("_1DNS_PORT_53_TCP_PROTO", "tcp");
  }

  @Test
  void theMasterIsEverywhereOthersOnlyAtHomeAndHeadlessNowhere() {
    var all =
        List.of(
            KUBERNETES,
            service("default", "web", "10.0.0.2", "{'port':1}"),
            service("default", "headless", "None", "{'port':1}"));
    assertThat(ServiceVariables.of(all, "default", true))
        .containsKeys("WEB_SERVICE_HOST", "KUBERNETES_SERVICE_PORT_HTTPS")
        .doesNotContainKey("HEADLESS_SERVICE_HOST");
    assertThat(ServiceVariables.of(all, "other", true))
        .containsKey("KUBERNETES_SERVICE_HOST")
        .doesNotContainKey("WEB_SERVICE_HOST");
    assertThat(ServiceVariables.of(all, "default", false))
        .containsEntry("KUBERNETES_SERVICE_HOST", "10.115.240.1")
        .doesNotContainKey("WEB_SERVICE_HOST");
  }
}
