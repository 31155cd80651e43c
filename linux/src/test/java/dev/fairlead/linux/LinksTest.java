package dev.fairlead.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinksTest {
  private NetworkNamespace a;
  private NetworkNamespace b;

  @BeforeEach
  void namespaces() throws IOException {
    Root.assume();
    a = Namespaces.create("a");
    b = Namespaces.create("b");
  }

  @AfterEach
  void close() {
    if (a != null) {
      a.close();
      b.close();
    }
  }

  private static String sh(NetworkNamespace namespace, String... command) throws IOException {
    Process process =
        namespace.call(() -> new ProcessBuilder(command).redirectErrorStream(true).start());
    return new String(process.getInputStream().readAllBytes());
  }

  @Test
  void vethBridgeAddressesAndRoutes() throws IOException {
    a.links().addVeth("up0", b, "eth0");
    a.links().addBridge("br0");
    a.links().setMaster("up0", "br0");
    a.links().addAddress("br0", "10.99.0.1/24");
    b.links().addAddress("eth0", "10.99.0.2/24");
    for (String name : List.of("up0", "br0")) {
      a.links().setUp(name);
    }
    b.links().setUp("eth0");
    b.links().putRoute("default", List.of("10.99.0.1"));

    assertThat(a.links().names()).containsExactlyInAnyOrder("lo", "up0", "br0");
    assertThat(sh(a, "ip", "link", "show", "up0")).contains("master br0");
    assertThat(sh(b, "ip", "route")).contains("default via 10.99.0.1 dev eth0");
    InetSocketAddress server = new InetSocketAddress(InetAddress.ofLiteral("10.99.0.1"), 8080);
    try (ServerSocketChannel listening = a.call(() -> ServerSocketChannel.open().bind(server));
        SocketChannel client = b.call(() -> SocketChannel.open())) {
      client.socket().connect(server, 5_000);
      assertThat(listening.accept().getRemoteAddress().toString()).startsWith("/10.99.0.2:");
    }

    b.links().deleteRoute("default");
    b.links().deleteAddress("eth0", "10.99.0.2/24");
    assertThat(sh(b, "ip", "route")).isBlank();
    a.links().delete("up0");
    assertThat(b.links().names()).containsExactly("lo");
  }

  @Test
  void hostAddressIsAnsweredButNeverChosenAsSource() throws IOException {
    a.links().addHostAddress("lo", "10.99.1.1/32");
    assertThat(sh(a, "ip", "address", "show", "lo")).contains("inet 10.99.1.1/32 scope host lo");
    a.links().deleteAddress("lo", "10.99.1.1/32");
    assertThat(sh(a, "ip", "address", "show", "lo")).doesNotContain("10.99.1.1");
  }

  @Test
  void routesAreReplacedAndSpreadOverGateways() throws IOException {
    a.links().addVeth("up0", b, "eth0");
    a.links().addAddress("up0", "10.99.0.1/24");
    a.links().setUp("up0");
    a.links().putRoute("10.98.0.0/16", List.of("10.99.0.2"));
    a.links().putRoute("10.98.0.0/16", List.of("10.99.0.2", "10.99.0.3"));
    a.links().putLinkRoute("10.97.0.1/32", "up0");
    a.links().putLinkRoute("10.97.0.1/32", "up0");

    assertThat(sh(a, "ip", "route"))
        .contains("10.98.0.0/16", "nexthop via 10.99.0.2 dev up0", "nexthop via 10.99.0.3 dev up0")
        .contains("10.97.0.1 dev up0");
    a.links().deleteRoute("10.98.0.0/16");
    assertThat(sh(a, "ip", "route")).doesNotContain("10.98");
  }

  @Test
  void kernelErrorsNameTheOperationAndCarryTheirNumber() throws IOException {
    a.links().addBridge("br0");
    assertThatThrownBy(() -> a.links().addBridge("br0"))
        .asInstanceOf(type(LinkException.class))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST))
        .satisfies(e -> assertThat(e).hasMessage("a: add bridge br0: File exists"));
    assertThatThrownBy(() -> a.links().setUp("none"))
        .asInstanceOf(type(LinkException.class))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENODEV));
    assertThatThrownBy(() -> a.links().addAddress("none", "10.0.0.1/8"))
        .asInstanceOf(type(LinkException.class))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENODEV));
    assertThatThrownBy(() -> a.links().putRoute("10.1.0.0/16", List.of("10.2.0.1")))
        .asInstanceOf(type(LinkException.class))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENETUNREACH))
        .satisfies(e -> assertThat(e).hasMessageContaining("invalid gateway"));
    assertThatThrownBy(() -> a.links().putLinkRoute("10.1.0.0/16", "br0"))
        .asInstanceOf(type(LinkException.class))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENETDOWN));
  }

  @Test
  void sysctlsAreThoseOfTheNamespace() throws IOException {
    Path forward = Path.of("/proc/sys/net/ipv4/ip_forward");
    String host = Files.readString(forward);
    a.links().sysctl("net.ipv4.ip_forward", "1");
    b.links().sysctl("net.ipv4.ip_forward", "0");
    assertThat(a.call(() -> Files.readString(forward))).startsWith("1");
    assertThat(b.call(() -> Files.readString(forward))).startsWith("0");
    assertThat(Files.readString(forward)).isEqualTo(host);
    assertThatThrownBy(() -> a.links().sysctl("net.ipv4.no_such_thing", "1"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("net.ipv4.no_such_thing");
  }
}
