package dev.fairlead.proxy;

import static dev.fairlead.proxy.Services.service;
import static dev.fairlead.proxy.TestNetwork.PODS;
import static dev.fairlead.proxy.TestNetwork.count;
import static dev.fairlead.proxy.TestNetwork.get;
import static dev.fairlead.proxy.TestNetwork.hangs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.discovery.ServiceImage;
import dev.fairlead.linux.Conntrack;
import dev.fairlead.linux.NetworkNamespace;
import dev.fairlead.linux.Nftables;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real connections through the real kernel, in namespaces with no way out. */
class ProxyKernelTest {
  private static final String VIP = "10.115.240.5";
  private static final String[] ALL = PODS.toArray(String[]::new);

  private final TestDiscovery discovery = new TestDiscovery();
  private TestNetwork network;
  private Proxy proxy;

  @BeforeEach
  void network() throws IOException {
    boolean root = new com.sun.security.auth.module.UnixSystem().getUid() == 0;
    assumeTrue(root, "needs root: makes network namespaces");
    network = new TestNetwork();
    proxy = Proxy.open(Services.SETTINGS, network.node, InstantSource.system());
  }

  @AfterEach
  void close() throws Exception {
    if (network != null) {
      proxy.close();
      network.close();
    }
  }

  private void serve(Services... services) {
    for (Services service : services) {
      discovery.put(service.image());
    }
    proxy.start(discovery);
  }

  @Test
  void connectionsAreSpreadFromPodsFromTheNodeAndFromOutside() throws IOException {
    serve(service("web", VIP).ready(ALL));
    for (NetworkNamespace from : List.of(network.pods.get(0), network.node, network.client)) {
      Map<String, Integer> answers = count(from, VIP, 80, 300);
      if (!balanced(answers)) {
        // The kernel throws dice: one round in a thousand misses by chance, and never two.
        answers = count(from, VIP, 80, 300);
      }
      assertThat(answers).as("from %s", from.name()).hasSize(3).matches(ProxyKernelTest::balanced);
    }
  }

  private static boolean balanced(Map<String, Integer> answers) {
    return answers.values().stream().allMatch(n -> n >= 70 && n <= 130);
  }

  @Test
  void podsAreSeenWithTheirOwnAddressAndOthersAsTheNode() throws IOException {
    serve(service("web", VIP).ready(PODS.get(0)));
    assertThat(get(network.pods.get(1), VIP, 80)).isEqualTo(PODS.get(0) + " " + PODS.get(1));
    assertThat(get(network.client, VIP, 80)).isEqualTo(PODS.get(0) + " 10.112.1.1");
  }

  @Test
  void aPodReachesItselfThroughItsService() throws IOException {
    serve(service("web", VIP).ready(PODS.get(0)));
    assertThat(get(network.pods.get(0), VIP, 80)).isEqualTo(PODS.get(0) + " 10.112.1.1");
  }

  @Test
  void withoutEndpointsEverybodyIsRefusedAtOnce() throws IOException {
    serve(service("web", VIP).nodePort(30080));
    for (NetworkNamespace from : List.of(network.pods.get(0), network.node, network.client)) {
      assertThatThrownBy(() -> get(from, VIP, 80)).isInstanceOf(ConnectException.class);
    }
    assertThatThrownBy(() -> get(network.client, TestNetwork.NODE, 30080))
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void aPortThatTheServiceLacksIsRefused() throws IOException {
    serve(service("web", VIP).ready(ALL));
    for (NetworkNamespace from : List.of(network.pods.get(0), network.node, network.client)) {
      assertThatThrownBy(() -> get(from, VIP, 81)).isInstanceOf(ConnectException.class);
    }
    assertThat(hangs(network.client, "10.115.240.77", 80)).as("an unused cluster IP").isTrue();
  }

  @Test
  void endpointsThatComeAndGoTakeEffectAtOnce() throws IOException {
    serve(service("web", VIP).ready(ALL));
    discovery.put(service("web", VIP).ready(PODS.get(0), PODS.get(2)).image());
    assertThat(count(network.client, VIP, 80, 60)).containsOnlyKeys(PODS.get(0), PODS.get(2));
    discovery.put(service("web", VIP).image());
    assertThatThrownBy(() -> get(network.client, VIP, 80)).isInstanceOf(ConnectException.class);
    discovery.put(service("web", VIP).ready(PODS.get(1)).image());
    assertThat(count(network.client, VIP, 80, 5)).containsOnlyKeys(PODS.get(1));
    discovery.remove(service("web", VIP).image());
    assertThat(hangs(network.client, VIP, 80)).isTrue();
  }

  @Test
  void nodePortsAnswerOnEveryAddressOfTheNode() throws IOException {
    serve(service("web", VIP).ready(ALL).nodePort(30080));
    assertThat(count(network.client, TestNetwork.NODE, 30080, 60)).hasSize(3);
    assertThat(count(network.node, TestNetwork.NODE, 30080, 20)).isNotEmpty();
    assertThat(count(network.node, "127.0.0.1", 30080, 20)).isNotEmpty();
    assertThat(count(network.pods.get(0), TestNetwork.NODE, 30080, 20)).isNotEmpty();
  }

  @Test
  void loopbackOfTheNodeStaysClosedToOthers() throws IOException {
    serve(service("web", VIP).ready(ALL).nodePort(30080));
    network.client.links().sysctl("net.ipv4.conf.all.route_localnet", "1");
    network.client.links().deleteAddress("lo", "127.0.0.1/8");
    network.client.links().putRoute("127.0.0.0/8", List.of(TestNetwork.NODE));
    assertThat(hangs(network.client, "127.0.0.1", 30080)).isTrue();
  }

  @Test
  void aLocalPolicyKeepsTheClientsAddressAndServesOnlyFromHere() throws IOException {
    String external = "10.111.200.1";
    serve(
        service("web", VIP)
            .ready(PODS.get(0))
            .readyOn("node-2", PODS.get(1))
            .loadBalancer(external)
            .nodePort(30080)
            .externalLocal());
    for (int i = 0; i < 20; i++) {
      String expected = PODS.get(0) + " " + TestNetwork.CLIENT;
      assertThat(get(network.client, external, 80)).isEqualTo(expected);
      assertThat(get(network.client, TestNetwork.NODE, 30080)).isEqualTo(expected);
    }
    assertThat(count(network.pods.get(2), external, 80, 40)).hasSize(2);
    assertThat(count(network.node, external, 80, 40)).hasSize(2);
    assertThat(count(network.client, VIP, 80, 40)).hasSize(2);
  }

  @Test
  void aLocalPolicyWithoutEndpointHereDropsOutsiders() throws IOException {
    String external = "10.111.200.1";
    serve(
        service("web", VIP)
            .readyOn("node-2", PODS.get(1))
            .loadBalancer(external)
            .nodePort(30080)
            .externalLocal());
    assertThat(hangs(network.client, external, 80)).isTrue();
    assertThat(hangs(network.client, TestNetwork.NODE, 30080)).isTrue();
    assertThat(get(network.pods.get(2), external, 80)).startsWith(PODS.get(1));
    assertThat(get(network.node, external, 80)).startsWith(PODS.get(1));
  }

  @Test
  void sourceRangesKeepStrangersOut() throws IOException {
    String external = "10.111.200.1";
    serve(
        service("web", VIP).ready(ALL).loadBalancer(external, "10.111.0.99/32", "10.111.0.96/30"));
    assertThat(count(network.client, external, 80, 10)).isNotEmpty();
    discovery.put(service("web", VIP).ready(ALL).loadBalancer(external, "10.9.0.0/16").image());
    assertThat(hangs(network.client, external, 80)).isTrue();
    assertThat(count(network.client, VIP, 80, 3)).isNotEmpty();
  }

  @Test
  void affinityKeepsAClientWithItsEndpointUntilThatGoes() throws IOException {
    Duration hours = Duration.ofHours(3);
    serve(service("web", VIP).ready(ALL).affinity(hours));
    String first = count(network.client, VIP, 80, 20).keySet().toString();
    assertThat(count(network.client, VIP, 80, 20)).hasSize(1);
    assertThat(count(network.client, VIP, 80, 20).keySet()).hasToString(first);

    String gone = first.substring(1, first.length() - 1);
    String[] rest = PODS.stream().filter(pod -> !pod.equals(gone)).toArray(String[]::new);
    discovery.put(service("web", VIP).ready(rest).affinity(hours).image());
    assertThat(count(network.client, VIP, 80, 20)).hasSize(1).doesNotContainKey(gone);
    assertThat(count(network.pods.get(0), VIP, 80, 20)).hasSize(1);
  }

  @Test
  void datagramsLeaveAnEndpointThatGoes() throws IOException {
    serve(service("dns", VIP).udp().ready(PODS.get(0)));
    try (DatagramChannel channel = network.client.call(() -> DatagramChannel.open())) {
      channel.connect(TestNetwork.to(VIP, 80));
      assertThat(ask(channel)).isEqualTo(PODS.get(0));
      discovery.put(service("dns", VIP).udp().ready(PODS.get(1)).image());
      assertThat(ask(channel)).isEqualTo(PODS.get(1));
    }
  }

  private static String ask(DatagramChannel channel) throws IOException {
    channel.write(ByteBuffer.wrap(new byte[] {1}));
    channel.socket().setSoTimeout(5_000);
    byte[] bytes = new byte[100];
    var packet = new java.net.DatagramPacket(bytes, bytes.length);
    channel.socket().receive(packet);
    return new String(bytes, 0, packet.getLength(), StandardCharsets.UTF_8);
  }

  @Test
  void theDnsAddressIsNeitherRewrittenNorTracked() throws IOException {
    network.node.links().addAddress("lo", "10.115.240.10/32");
    serve(service("kube-dns", "10.115.240.10").ready(ALL));
    try (DatagramChannel server =
            network.node.call(
                () -> DatagramChannel.open().bind(TestNetwork.to("10.115.240.10", 53)));
        DatagramChannel client = network.pods.get(0).call(() -> DatagramChannel.open())) {
      client.connect(TestNetwork.to("10.115.240.10", 53));
      client.write(ByteBuffer.wrap(new byte[] {1}));
      ByteBuffer query = ByteBuffer.allocate(10);
      var sender = server.receive(query);
      server.send(ByteBuffer.wrap("me".getBytes(StandardCharsets.UTF_8)), sender);
      ByteBuffer answer = ByteBuffer.allocate(10);
      client.read(answer);
      assertThat(answer.position()).isEqualTo(2);
      assertThat(new Conntrack(network.node).flows()).isEmpty();
    }
  }

  @Test
  void oneChangeAmongAThousandServicesIsASmallTransaction() throws IOException {
    List<ServiceImage> services = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      String address = "10.115.%d.%d".formatted(241 + i / 250, 1 + i % 250);
      services.add(service("web-" + i, address).ready(ALL).image());
    }
    discovery.putAll(services);
    proxy.start(discovery);
    assertThat(proxy.last().elements()).isEqualTo(5 * 1000 + 3);
    discovery.put(service("web-7", "10.115.241.8").ready(PODS.get(0), PODS.get(2)).image());
    // The service points to pick-2, and the endpoint in the middle is taken by the last one; the
    // hairpin entry of the one that went is still needed by the other services.
    assertThat(proxy.last().elements()).isEqualTo(5);
    assertThat(proxy.last().rebuilt()).isFalse();
    assertThat(count(network.client, "10.115.241.8", 80, 40)).hasSize(2);
    assertThat(count(network.client, "10.115.244.9", 80, 40)).hasSize(3);
  }

  @Test
  void aSecondProxyTakesOverWhatACrashLeft() throws IOException {
    serve(service("web", VIP).ready(ALL), service("old", "10.115.240.6").ready(ALL));
    TestDiscovery later = new TestDiscovery();
    later.put(service("web", VIP).ready(PODS.get(1)).image());
    try (Proxy second = Proxy.open(Services.SETTINGS, network.node, InstantSource.system())) {
      second.start(later);
      assertThat(count(network.client, VIP, 80, 5)).containsOnlyKeys(PODS.get(1));
      assertThat(hangs(network.client, "10.115.240.6", 80)).isTrue();
    }
    assertThat(count(network.client, VIP, 80, 5)).as("after the end").hasSize(1);
  }

  @Test
  void nothingIsTouchedBeforeTheImageIsSynced() throws IOException {
    discovery.synced(false);
    proxy.start(discovery);
    try (Nftables nftables = Nftables.open(network.node)) {
      assertThat(nftables.run("list tables")).isEmpty();
      discovery.put(service("web", VIP).ready(ALL).image());
      assertThat(nftables.run("list tables")).isEmpty();
      discovery.synced(true);
      assertThat(nftables.run("list table ip fairlead")).contains(VIP + " . tcp . 80 comment");
      proxy.removeTable();
      assertThat(nftables.run("list tables")).isEmpty();
    }
  }
}
