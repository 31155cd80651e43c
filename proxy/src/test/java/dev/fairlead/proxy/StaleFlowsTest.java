package dev.fairlead.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.linux.Conntrack.Flow;
import dev.fairlead.linux.Conntrack.Tuple;
import dev.fairlead.proxy.ServicePlan.UdpAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StaleFlowsTest {
  private static final String VIP = "10.115.240.5";

  private static ServicePlan plan(String... backends) {
    Set<Target> targets =
        Arrays.stream(backends).map(a -> new Target(a, 53)).collect(Collectors.toSet());
    return new ServicePlan(
        Map.of(),
        Map.of(),
        Map.of(new UdpAddress(VIP, 53), targets, new UdpAddress("", 30053), targets));
  }

  private static Flow flow(String target, int port, String backend) {
    Tuple reply = new Tuple(backend, 53, "10.112.1.9", 5000);
    return new Flow(17, new Tuple("10.112.1.9", 5000, target, port), reply);
  }

  private static StaleFlows change(ServicePlan before, ServicePlan after) {
    StaleFlows stale = new StaleFlows();
    stale.add(before, after);
    return stale;
  }

  @Test
  void flowsToAnEndpointThatWentAreStale() {
    StaleFlows stale = change(plan("10.112.1.2", "10.112.1.3"), plan("10.112.1.3"));
    assertThat(stale.test(flow(VIP, 53, "10.112.1.2"))).isTrue();
    assertThat(stale.test(flow(VIP, 53, "10.112.1.3"))).isFalse();
    assertThat(stale.test(flow(VIP, 54, "10.112.1.2"))).isFalse();
    assertThat(stale.test(flow("10.111.0.11", 30053, "10.112.1.2"))).isTrue();
  }

  @Test
  void flowsPastAServiceThatHadNoEndpointAreStale() {
    assertThat(change(plan(), plan("10.112.1.2")).test(flow(VIP, 53, VIP))).isTrue();
  }

  @Test
  void aServiceThatOnlyGrowsNeedsNoLook() {
    assertThat(change(plan("10.112.1.2"), plan("10.112.1.2", "10.112.1.3")).isEmpty()).isTrue();
  }

  @Test
  void aPlainFlowToTheSamePortAsANodePortIsNotOurs() {
    StaleFlows stale = change(plan("10.112.1.2"), plan());
    assertThat(stale.test(flow("10.9.9.9", 30053, "10.9.9.9"))).isFalse();
  }
}
