package dev.fairlead.proxy;

import static dev.fairlead.proxy.Services.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.discovery.ServiceImage;
import dev.fairlead.linux.NftablesException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApplierTest {
  private static final String VIP = "10.115.240.5";
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  private final TestDiscovery discovery = new TestDiscovery();
  private final FakeNftables kernel = new FakeNftables();
  private Proxy proxy;

  @BeforeEach
  void start() {
    proxy = new Proxy(Services.SETTINGS, kernel, stale -> 0, CLOCK);
    proxy.start(discovery);
  }

  @Test
  void aServiceThatGoesLeavesNothing() {
    ServiceImage web = service("web", VIP).nodePort(30080).ready("10.112.1.2").image();
    discovery.put(web);
    discovery.remove(web);
    for (Container container : Container.values()) {
      assertThat(kernel.elements(container)).as(container.nftName()).isEmpty();
    }
  }

  @Test
  void aDeltaThatChangesNothingForTheKernelRunsNothing() {
    discovery.put(service("web", VIP).ready("10.112.1.2").image());
    int before = kernel.transactions.size();
    discovery.put(service("web", VIP).ready("10.112.1.2").image());
    assertThat(kernel.transactions).hasSize(before);
    assertThat(proxy.last().elements()).isZero();
  }

  @Test
  void twoServicesMayShareAPodAndAnExternalAddress() {
    ServiceImage a = service("a", VIP).external("10.9.0.1").ready("10.112.1.2").image();
    ServiceImage b =
        service("b", "10.115.240.6").external("10.9.0.1").ready("10.112.1.2", "10.112.1.3").image();
    discovery.put(b);
    discovery.put(a);
    assertThat(kernel.elements(Container.SERVICES))
        .containsEntry("10.9.0.1 . tcp . 80", "goto external-pick-1");
    discovery.remove(a);
    assertThat(kernel.elements(Container.SERVICES))
        .containsEntry("10.9.0.1 . tcp . 80", "goto external-pick-2");
    assertThat(kernel.elements(Container.HAIRPIN)).containsKey("10.112.1.2 . 10.112.1.2");
  }

  @Test
  void aRefusedChangeIsHealedByWritingTheTableAnew() {
    discovery.put(service("web", VIP).ready("10.112.1.2").image());
    kernel.refuse(1);
    discovery.put(service("web", VIP).ready("10.112.1.3").image());
    assertThat(proxy.last().rebuilt()).isTrue();
    assertThat(kernel.elements(Container.ENDPOINTS)).containsValue("10.112.1.3 . 8080").hasSize(1);
    discovery.put(service("web", VIP).ready("10.112.1.4").image());
    assertThat(proxy.last().rebuilt()).isFalse();
    assertThat(kernel.elements(Container.ENDPOINTS)).containsValue("10.112.1.4 . 8080").hasSize(1);
  }

  @Test
  void aKernelThatRefusesEverythingIsTriedAgain() {
    kernel.refuse(3);
    discovery.put(service("web", VIP).ready("10.112.1.2").image());
    assertThat(kernel.elements(Container.SERVICES)).hasSize(1);
  }

  @Test
  void theFakeRefusesWhatTheKernelRefuses() {
    assertThatThrownBy(() -> kernel.run("add element ip fairlead services { a : goto nowhere }"))
        .isInstanceOf(NftablesException.class)
        .hasMessageContaining("chain");
    assertThatThrownBy(() -> kernel.run("delete element ip fairlead services { a }"))
        .isInstanceOf(NftablesException.class);
  }

  @Test
  void aLongSequenceOfChangesEndsWhereOneBigStepWould() {
    Random random = new Random(7);
    Map<String, ServiceImage> wanted = new HashMap<>();
    for (int round = 0; round < 500; round++) {
      ServiceImage next = random(random);
      if (random.nextInt(5) == 0) {
        wanted.remove(next.key().name());
        discovery.remove(next);
      } else {
        wanted.put(next.key().name(), next);
        discovery.put(next);
      }
      assertThat(proxy.last().rebuilt()).as("round %d", round).isEqualTo(false);
    }
    FakeNftables fresh = new FakeNftables();
    new Proxy(Services.SETTINGS, fresh, stale -> 0, CLOCK).start(discovery);
    for (Container container : Container.values()) {
      assertThat(kernel.elements(container).keySet())
          .as(container.nftName())
          .isEqualTo(fresh.elements(container).keySet());
      assertThat(kernel.elements(container).values())
          .containsExactlyInAnyOrderElementsOf(fresh.elements(container).values());
    }
  }

  private static ServiceImage random(Random random) {
    int number = random.nextInt(6);
    Services service = service("s" + number, "10.115.240." + (20 + number));
    for (int pod = 0; pod < 6; pod++) {
      if (random.nextBoolean()) {
        service.readyOn("node-" + (1 + pod % 2), "10.112.1." + (2 + pod));
      }
    }
    if (random.nextBoolean()) {
      service.external("10.9.0." + random.nextInt(2)).nodePort(30000 + random.nextInt(2));
    }
    if (random.nextInt(3) == 0) {
      service.affinity(Duration.ofSeconds(60));
    }
    return random.nextInt(3) == 0 ? service.externalLocal().image() : service.image();
  }
}
