package dev.fairlead.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConntrackTest {
  @BeforeEach
  void root() {
    Root.assume();
  }

  @Test
  void aFlowIsSeenAndForgotten() throws Exception {
    InetSocketAddress virtual = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.9"), 53);
    InetSocketAddress real = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 5353);
    try (NetworkNamespace a = Namespaces.create("a");
        Nftables nftables = Nftables.open(a);
        DatagramChannel server = a.call(() -> DatagramChannel.open().bind(real));
        DatagramChannel client = a.call(() -> DatagramChannel.open())) {
      nftables.run(
          """
          add table ip t
          add chain ip t out { type nat hook output priority -100; }
          add rule ip t out ip daddr 127.0.0.9 udp dport 53 dnat to 127.0.0.1:5353
          """);
      client.send(ByteBuffer.wrap(new byte[] {1}), virtual);
      server.receive(ByteBuffer.allocate(1));

      Conntrack conntrack = new Conntrack(a);
      assertThat(conntrack.flows())
          .singleElement()
          .satisfies(flow -> assertThat(flow.protocol()).isEqualTo(17))
          .satisfies(flow -> assertThat(flow.original().target()).isEqualTo("127.0.0.9"))
          .satisfies(flow -> assertThat(flow.original().targetPort()).isEqualTo(53))
          .satisfies(flow -> assertThat(flow.reply().source()).isEqualTo("127.0.0.1"))
          .satisfies(flow -> assertThat(flow.reply().sourcePort()).isEqualTo(5353));
      assertThat(conntrack.delete(flow -> flow.protocol() == 6)).isZero();
      assertThat(conntrack.delete(flow -> flow.protocol() == 17)).isEqualTo(1);
      assertThat(conntrack.flows()).isEmpty();
    }
  }
}
