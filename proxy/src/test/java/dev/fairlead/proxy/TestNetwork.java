package dev.fairlead.proxy;

import dev.fairlead.linux.Namespaces;
import dev.fairlead.linux.NetworkNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A client outside, a node and three pods behind it, each a namespace, with no way to the machine's
 * own network. Every pod answers on TCP 8080 with {@code its-address client-address}.
 */
final class TestNetwork implements AutoCloseable {
  static final List<String> PODS = List.of("10.112.1.2", "10.112.1.3", "10.112.1.4");
  static final String NODE = "10.111.0.11";
  static final String CLIENT = "10.111.0.99";

  final NetworkNamespace client = Namespaces.create("client");
  final NetworkNamespace node = Namespaces.create("node-1");
  final List<NetworkNamespace> pods = new ArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>(List.of(client, node));

  TestNetwork() throws IOException {
    client.links().addVeth("eth0", node, "eth0");
    client.links().addAddress("eth0", CLIENT + "/16");
    client.links().setUp("eth0");
    node.links().addAddress("eth0", NODE + "/16");
    node.links().setUp("eth0");
    node.links().putRoute("default", List.of(CLIENT));
    client.links().putRoute("default", List.of(NODE));
    node.links().sysctl("net.ipv4.ip_forward", "1");
    // The load balancer's addresses, and those of services, are reached by way of the node.
    client.links().putRoute("10.111.200.0/24", List.of(NODE));
    node.links().addAddress("lo", "10.112.1.1/32");
    for (int i = 0; i < PODS.size(); i++) {
      addPod(i);
    }
  }

  private void addPod(int i) throws IOException {
    NetworkNamespace pod = Namespaces.create("pod-" + i);
    pods.add(pod);
    open.add(pod);
    node.links().addVeth("pod" + i, pod, "eth0");
    node.links().setUp("pod" + i);
    node.links().putLinkRoute(PODS.get(i) + "/32", "pod" + i);
    pod.links().addAddress("eth0", PODS.get(i) + "/32");
    pod.links().setUp("eth0");
    pod.links().putLinkRoute("10.112.1.1/32", "eth0");
    pod.links().putRoute("default", List.of("10.112.1.1"));
    ServerSocketChannel server =
        pod.call(() -> ServerSocketChannel.open().bind(new InetSocketAddress(8080), 500));
    DatagramChannel datagrams =
        pod.call(() -> DatagramChannel.open().bind(new InetSocketAddress(8080)));
    open.add(0, server);
    open.add(0, datagrams);
    String name = PODS.get(i);
    Thread.ofVirtual().start(() -> serve(server, name));
    Thread.ofVirtual().start(() -> echo(datagrams, name));
  }

  private static void serve(ServerSocketChannel server, String name) {
    while (server.isOpen()) {
      try (SocketChannel channel = server.accept()) {
        String remote = ((InetSocketAddress) channel.getRemoteAddress()).getHostString();
        channel.write(ByteBuffer.wrap((name + " " + remote).getBytes(StandardCharsets.UTF_8)));
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        // the client went away; the next one may not
      }
    }
  }

  private static void echo(DatagramChannel channel, String name) {
    ByteBuffer buffer = ByteBuffer.allocate(100);
    while (channel.isOpen()) {
      try {
        var sender = channel.receive(buffer.clear());
        channel.send(ByteBuffer.wrap(name.getBytes(StandardCharsets.UTF_8)), sender);
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        // an unreachable client; the next one may not be
      }
    }
  }

  /** Connects and returns {@code pod-address client-address}. */
  static String get(NetworkNamespace from, String address, int port) throws IOException {
    return get(from, address, port, 5_000);
  }

  static String get(NetworkNamespace from, String address, int port, int timeoutMillis)
      throws IOException {
    try (SocketChannel channel = from.call(() -> SocketChannel.open())) {
      channel.socket().connect(to(address, port), timeoutMillis);
      byte[] bytes = channel.socket().getInputStream().readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  static boolean hangs(NetworkNamespace from, String address, int port) throws IOException {
    try {
      get(from, address, port, 400);
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    }
  }

  /** Which pod answered how often. */
  static Map<String, Integer> count(NetworkNamespace from, String address, int port, int times)
      throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < times; i++) {
      counts.merge(get(from, address, port).split(" ")[0], 1, Integer::sum);
    }
    return counts;
  }

  static InetSocketAddress to(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }
}
