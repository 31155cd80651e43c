package dev.fairlead.proxy;

import static dev.fairlead.proxy.Services.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.proxy.Element.Value;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final String VIP = "10.115.240.5";
  private static final String KEY = VIP + " . tcp . 80";

  private static Map<String, String> plan(Services service) {
    Map<String, String> elements = new TreeMap<>();
    ServicePlan plan = new Planner(Services.SETTINGS).plan(service.image(), ServicePlan.NONE);
    for (Map.Entry<Element, Value> entry : plan.elements().entrySet()) {
      Element element = entry.getKey();
      if (element.container() != Container.HAIRPIN
          && element.container() != Container.CLUSTER_IPS) {
        elements.put(element.container().nftName() + " " + element.key(), entry.getValue().data());
      }
    }
    return elements;
  }

  @Test
  void aClusterIpPicksAmongItsEndpoints() {
    assertThat(plan(service("web", VIP).ready("10.112.1.2", "10.112.1.3")))
        .isEqualTo(
            Map.of(
                "services " + KEY, "goto pick-2",
                "endpoints " + KEY + " . 0", "10.112.1.2 . 8080",
                "endpoints " + KEY + " . 1", "10.112.1.3 . 8080"));
  }

  @Test
  void withoutEndpointsItRefuses() {
    assertThat(plan(service("web", VIP).nodePort(30080).external("10.9.0.1")))
        .isEqualTo(
            Map.of(
                "no-endpoints " + KEY,
                "goto refuse",
                "no-endpoints 10.9.0.1 . tcp . 80",
                "goto refuse",
                "no-nodeport-endpoints tcp . 30080",
                "goto refuse"));
  }

  @Test
  void headlessServicesWantNothing() {
    assertThat(plan(service("web", VIP).headless().ready("10.112.1.2"))).isEmpty();
  }

  @Test
  void onlyIpv4LiteralsReachTheKernel() {
    assertThat(plan(service("web", VIP).ready("db.example.com", "fd00::1", "10.112.1.999")))
        .isEqualTo(Map.of("no-endpoints " + KEY, "goto refuse"));
    assertThat(plan(service("web", "None").external("evil; flush ruleset").ready("10.112.1.2")))
        .isEmpty();
  }

  @Test
  void readyEndpointsComeFirst() {
    assertThat(
            plan(
                service("web", VIP)
                    .ready("10.112.1.2")
                    .endpoint("10.112.1.3", "node-1", false, true, true)
                    .endpoint("10.112.1.4", "node-1", false, false, false)))
        .containsEntry("services " + KEY, "goto pick-1")
        .containsEntry("endpoints " + KEY + " . 0", "10.112.1.2 . 8080");
  }

  @Test
  void servingTerminatingEndpointsAreTheLastResort() {
    assertThat(
            plan(
                service("web", VIP)
                    .endpoint("10.112.1.3", "node-1", false, true, true)
                    .endpoint("10.112.1.4", "node-1", false, false, true)
                    .endpoint("10.112.1.5", "node-1", false, false, false)))
        .containsEntry("services " + KEY, "goto pick-1")
        .containsEntry("endpoints " + KEY + " . 0", "10.112.1.3 . 8080");
  }

  @Test
  void internalLocalServesOnlyFromThisNode() {
    assertThat(
            plan(
                service("web", VIP)
                    .internalLocal()
                    .ready("10.112.1.2")
                    .readyOn("node-2", "10.112.2.2")))
        .containsEntry("services " + KEY, "goto pick-1")
        .containsEntry("endpoints " + KEY + " . 0", "10.112.1.2 . 8080");
  }

  @Test
  void internalLocalWithoutEndpointHereDrops() {
    assertThat(plan(service("web", VIP).internalLocal().readyOn("node-2", "10.112.2.2")))
        .isEqualTo(Map.of("no-endpoints " + KEY, "drop"));
  }

  @Test
  void externalAddressesAndNodePortsAreMasqueraded() {
    assertThat(plan(service("web", VIP).external("10.9.0.1").nodePort(30080).ready("10.112.1.2")))
        .containsEntry("services 10.9.0.1 . tcp . 80", "goto external-pick-1")
        .containsEntry("nodeports tcp . 30080", "goto nodeport-1")
        .containsEntry("nodeport-endpoints tcp . 30080 . 0", "10.112.1.2 . 8080");
  }

  @Test
  void externalLocalHasAListOfItsOwn() {
    assertThat(
            plan(
                service("web", VIP)
                    .external("10.9.0.1")
                    .externalLocal()
                    .ready("10.112.1.2")
                    .readyOn("node-2", "10.112.2.2")))
        .containsEntry("services 10.9.0.1 . tcp . 80", "goto pick-2")
        .containsEntry("local-services 10.9.0.1 . tcp . 80", "goto local-1")
        .containsEntry("local-endpoints 10.9.0.1 . tcp . 80 . 0", "10.112.1.2 . 8080");
  }

  @Test
  void affinityNamesEndpointsByTheirAddress() {
    assertThat(plan(service("web", VIP).affinity(Duration.ofHours(3)).ready("10.112.1.2")))
        .isEqualTo(
            Map.of(
                "services " + KEY, "goto sticky-1",
                "sticky-picks " + KEY + " . 0", "0x0a700102",
                "sticky-timeouts " + KEY + " . 0x0a700102", "goto stick-10800",
                "sticky-endpoints " + KEY + " . 0x0a700102", "10.112.1.2 . 8080"));
  }
}
