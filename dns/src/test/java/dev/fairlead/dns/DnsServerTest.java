package dev.fairlead.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.discovery.InMemoryDiscovery;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Sockets on loopback, and an upstream of the test's own. */
@Timeout(60)
class DnsServerTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress SERVER = InetAddress.ofLiteral("127.0.0.2");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final InMemoryDiscovery discovery = new InMemoryDiscovery();
  private final DatagramSocket upstream;
  private final AtomicInteger upstreamQueries = new AtomicInteger();
  private InetSocketAddress address;
  private DnsServer server;

  DnsServerTest() throws IOException {
    upstream = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0));
  }

  @AfterEach
  void close() {
    server.close();
    discovery.close();
    upstream.close();
  }

  @Test
  void answersOverUdpAndTcp() throws IOException {
    start(List.of(), 10);
    Message query = ZoneFixture.query("web.default.svc.cluster.local.", Type.A);

    assertThat(udp(query).getSection(Section.ANSWER)).hasSize(1);
    assertThat(tcp(query, query).getLast().getSection(Section.ANSWER)).hasSize(1);
    assertThat(server.counters()).containsEntry("queries_udp", 1L).containsEntry("queries_tcp", 2L);
  }

  @Test
  void forwardsOtherNamesAndKeepsTheAnswer() throws IOException {
    answerUpstream(Rcode.NOERROR);
    start(List.of((InetSocketAddress) upstream.getLocalSocketAddress()), 10);

    Message first = udp(ZoneFixture.query("example.com.", Type.A));
    Message second = udp(ZoneFixture.query("EXAMPLE.com.", Type.A));

    assertThat(first.getSection(Section.ANSWER).getFirst().rdataToString()).isEqualTo("192.0.2.1");
    assertThat(second.getQuestion().getName()).hasToString("EXAMPLE.com.");
    assertThat(upstreamQueries).hasValue(1);
    assertThat(tcp(ZoneFixture.query("example.com.", Type.A)).getFirst().getRcode())
        .isEqualTo(Rcode.NOERROR);
  }

  @Test
  void followsAnAliasThatLeavesTheCluster() throws IOException {
    answerUpstream(Rcode.NOERROR);
    discovery.put(Images.external("shop", "outside", "example.com"));
    start(List.of((InetSocketAddress) upstream.getLocalSocketAddress()), 10);

    Message response = udp(ZoneFixture.query("outside.shop.svc.cluster.local.", Type.A));

    assertThat(ZoneFixture.text(response))
        .containsExactly(
            "NOERROR",
            "outside.shop.svc.cluster.local. 30 CNAME example.com.",
            "example.com. 20 A 192.0.2.1");
  }

  @Test
  void anUpstreamThatIsSilentGivesServfail() throws IOException {
    start(List.of((InetSocketAddress) upstream.getLocalSocketAddress()), 10, Duration.ofMillis(50));

    assertThat(udp(ZoneFixture.query("example.com.", Type.A)).getRcode()).isEqualTo(Rcode.SERVFAIL);
    assertThat(tcp(ZoneFixture.query("example.com.", Type.A)).getFirst().getRcode())
        .isEqualTo(Rcode.SERVFAIL);
    assertThat(server.counters()).containsEntry("forward_failures", 2L);
  }

  @Test
  void aConnectionTooManyAndASilentOneAreClosed() throws IOException {
    start(List.of(), 1);
    try (Socket silent = new Socket()) {
      silent.connect(address);
      try (Socket second = new Socket()) {
        second.connect(address);
        assertThat(second.getInputStream().read()).isEqualTo(-1);
      }
      assertThat(silent.getInputStream().read()).isEqualTo(-1); // by the idle timeout
    }
    Message query = ZoneFixture.query("web.default.svc.cluster.local.", Type.A);
    Awaitility.await()
        .ignoreExceptions()
        .until(() -> tcp(query).getFirst().getRcode() == Rcode.NOERROR);
  }

  @Test
  void garbageOverTcpEndsTheConnectionAndNothingElse() throws IOException {
    start(List.of(), 10);
    try (Socket socket = new Socket()) {
      socket.connect(address);
      socket.getOutputStream().write(new byte[] {0, 2, 7, 7});
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(udp(ZoneFixture.query("web.default.svc.cluster.local.", Type.A)).getRcode())
        .isEqualTo(Rcode.NOERROR);
  }

  private void start(List<InetSocketAddress> upstreams, int connectionsMax) throws IOException {
    start(upstreams, connectionsMax, PATIENCE);
  }

  /** With one connection only, a silent one is given up soon. */
  private void start(List<InetSocketAddress> upstreams, int connectionsMax, Duration patience)
      throws IOException {
    DnsSettings settings =
        new DnsSettings(
            "cluster.local",
            SERVER,
            30,
            1_232,
            upstreams,
            patience,
            100,
            Duration.ofSeconds(30),
            10,
            connectionsMax,
            connectionsMax == 1 ? Duration.ofMillis(500) : PATIENCE);
    discovery.put(Images.virtual("default", "web", "10.115.240.20"));
    discovery.sync();
    ClusterZone zone = ClusterZone.follow(settings, discovery, InstantSource.system());
    Awaitility.await().until(zone::synced);
    DatagramChannel udp = DatagramChannel.open().bind(new InetSocketAddress(SERVER, 0));
    address = (InetSocketAddress) udp.getLocalAddress();
    ServerSocketChannel tcp = ServerSocketChannel.open().bind(address);
    server = DnsServer.start(settings, zone, udp, tcp);
  }

  private void answerUpstream(int rcode) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (true) {
              DatagramPacket packet = new DatagramPacket(new byte[4_096], 4_096);
              upstream.receive(packet);
              upstreamQueries.incrementAndGet();
              byte[] answer = upstreamAnswer(packet, rcode).toWire();
              upstream.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
          } catch (IOException e) {
            assertThat(upstream.isClosed()).isTrue();
          }
        });
  }

  private static Message upstreamAnswer(DatagramPacket packet, int rcode) throws IOException {
    Message answer = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
    Name name = answer.getQuestion().getName();
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.RA);
    answer.getHeader().setRcode(rcode);
    Record found = new ARecord(name, DClass.IN, 20, InetAddress.ofLiteral("192.0.2.1"));
    answer.addRecord(found, Section.ANSWER);
    return answer;
  }

  private Message udp(Message query) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(address);
      socket.setSoTimeout(30_000);
      byte[] packet = query.toWire();
      socket.send(new DatagramPacket(packet, packet.length));
      DatagramPacket answer = new DatagramPacket(new byte[4_096], 4_096);
      socket.receive(answer);
      return new Message(Arrays.copyOf(answer.getData(), answer.getLength()));
    }
  }

  private List<Message> tcp(Message... queries) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address);
      socket.setSoTimeout(30_000);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (Message query : queries) {
        byte[] packet = query.toWire();
        out.write(packet.length >> 8);
        out.write(packet.length);
        out.writeBytes(packet);
      }
      socket.getOutputStream().write(out.toByteArray());
      DataInputStream in = new DataInputStream(socket.getInputStream());
      List<Message> answers = new ArrayList<>();
      for (int i = 0; i < queries.length; i++) {
        byte[] answer = new byte[in.readUnsignedShort()];
        in.readFully(answer);
        answers.add(new Message(answer));
      }
      return answers;
    }
  }
}
