package dev.fairlead.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import dev.fairlead.api.view.EndpointSlice;
import dev.fairlead.api.view.Service;
import dev.fairlead.discovery.ServiceImage.Endpoint;
import dev.fairlead.discovery.ServiceImage.Protocol;
import dev.fairlead.discovery.ServiceImage.TargetPort;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceJoinTest {
  @Test
  void readsTheServicesFields() {
    ServiceImage image =
        join(
            Objects.json(
                """
                {"metadata":{"name":"web","namespace":"shop"},
                 "spec":{"type":"LoadBalancer","clusterIPs":["10.0.0.1","fd00::1"],
                  "externalIPs":["192.0.2.7"],"externalTrafficPolicy":"Local",
                  "internalTrafficPolicy":"Local","healthCheckNodePort":30100,
                  "loadBalancerSourceRanges":["192.0.2.0/24"],"publishNotReadyAddresses":true,
                  "sessionAffinity":"ClientIP",
                  "sessionAffinityConfig":{"clientIP":{"timeoutSeconds":60}},
                  "ports":[{"name":"dns","protocol":"UDP","port":53,"nodePort":30053}]},
                 "status":{"loadBalancer":{"ingress":[{"ip":"192.0.2.1"},
                  {"ip":"192.0.2.2","ipMode":"Proxy"},{"hostname":"x"}]}}}\
                """));

    assertThat(image.key()).hasToString("shop/web");
    assertThat(image.type()).isEqualTo(ServiceImage.Type.LOAD_BALANCER);
    assertThat(image.clusterIps()).containsExactly("10.0.0.1");
    assertThat(image.externalIps()).containsExactly("192.0.2.7");
    assertThat(image.loadBalancerIps()).containsExactly("192.0.2.1");
    assertThat(image.loadBalancerSourceRanges()).containsExactly("192.0.2.0/24");
    assertThat(image.externalTrafficLocal()).isTrue();
    assertThat(image.internalTrafficLocal()).isTrue();
    assertThat(image.healthCheckNodePort()).isEqualTo(30100);
    assertThat(image.publishNotReadyAddresses()).isTrue();
    assertThat(image.affinityTimeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(image.ports())
        .containsExactly(new ServiceImage.Port("dns", Protocol.UDP, 53, 30053));
  }

  @Test
  void aHeadlessServiceHasNoVirtualAddress() {
    ServiceImage image = join(Objects.service("db", "\"clusterIP\":\"None\""));

    assertThat(image.headless()).isTrue();
    assertThat(image.clusterIps()).isEmpty();
  }

  @Test
  void anExternalNameHasNothingButItsName() {
    ServiceImage image =
        join(
            Objects.service("out", "\"type\":\"ExternalName\",\"externalName\":\"example.com\""),
            Objects.slice("a", "out", Objects.port("", 80), Objects.endpoint("10.0.0.1", "")));

    assertThat(image.externalName()).isEqualTo("example.com");
    assertThat(image.endpoints()).isEmpty();
  }

  @Test
  void conditionsThatAreNotGivenMeanReady() {
    Endpoint endpoint = only(Objects.endpoint("10.1.0.1", ""));

    assertThat(endpoint.ready()).isTrue();
    assertThat(endpoint.serving()).isTrue();
    assertThat(endpoint.terminating()).isFalse();
  }

  @Test
  void servingFollowsReadyUnlessGiven() {
    assertThat(only(Objects.endpoint("10.1.0.1", "\"ready\":false")).serving()).isFalse();

    Endpoint leaving =
        only(Objects.endpoint("10.1.0.1", "\"ready\":false,\"serving\":true,\"terminating\":true"));
    assertThat(leaving.serving()).isTrue();
    assertThat(leaving.terminating()).isTrue();
  }

  @Test
  void eachSliceBringsItsOwnPorts() {
    ServiceImage image =
        join(
            Objects.service("web"),
            Objects.slice(
                "b", "web", Objects.port("http", 8081), Objects.endpoint("10.1.0.10", "")),
            Objects.slice(
                "a", "web", Objects.port("http", 8080), Objects.endpoint("10.1.0.9", "")));

    assertThat(image.endpoints())
        .extracting(Endpoint::address)
        .containsExactly("10.1.0.9", "10.1.0.10");
    assertThat(image.endpoints().getFirst().ports())
        .containsExactly(new TargetPort("http", Protocol.TCP, 8080));
    assertThat(image.endpoints().getLast().ports())
        .containsExactly(new TargetPort("http", Protocol.TCP, 8081));
  }

  @Test
  void anAddressInTwoSlicesStandsOnceAndTheReadyOneSpeaks() {
    ServiceImage image =
        join(
            Objects.service("web"),
            Objects.slice(
                "a",
                "web",
                Objects.port("http", 8080) + "," + Objects.port("admin", 9090),
                Objects.endpoint("10.1.0.1", "\"ready\":false")),
            Objects.slice(
                "b", "web", Objects.port("http", 8081), Objects.endpoint("10.1.0.1", "")));

    assertThat(image.endpoints()).hasSize(1);
    assertThat(image.endpoints().getFirst().ready()).isTrue();
    assertThat(image.endpoints().getFirst().ports())
        .containsExactlyInAnyOrder(
            new TargetPort("http", Protocol.TCP, 8081),
            new TargetPort("admin", Protocol.TCP, 9090));
  }

  @Test
  void otherFamiliesAndNonsenseAreLeftOut() {
    Document six =
        Objects.slice("a", "web", "", Objects.endpoint("fd00::1", ""))
            .with(tree -> tree.put("addressType", "IPv6"));
    Document odd =
        Objects.slice("b", "web", "", "{\"addresses\":[]}," + Objects.endpoint("1.2.3", ""));

    assertThat(join(Objects.service("web"), six, odd).endpoints()).isEmpty();
  }

  private static Endpoint only(String endpoint) {
    return join(Objects.service("web"), Objects.slice("a", "web", Objects.port("", 80), endpoint))
        .endpoints()
        .getFirst();
  }

  private static ServiceImage join(Document service, Document... slices) {
    List<EndpointSlice> views = Arrays.stream(slices).map(EndpointSlice::of).toList();
    return ServiceJoin.join(Service.of(service), views);
  }
}
