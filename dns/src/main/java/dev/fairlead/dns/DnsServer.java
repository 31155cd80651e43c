package dev.fairlead.dns;

import dev.fairlead.discovery.Discovery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntUnaryOperator;

/**
 * A DNS server on two sockets that the caller has bound, in whatever network namespace. Questions
 * for upstreams leave from the namespace of this process, not of the sockets.
 */
public final class DnsServer implements AutoCloseable {
  private static final int UDP_BYTES_MAX = 4_096;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final DatagramChannel udpChannel;
  private final TcpLoop tcp;
  private final List<Thread> threads;
  private final Counters counters;
  private final Forwarder forwarder;

  private DnsServer(
      DnsSettings settings,
      ClusterZone zone,
      DatagramChannel udpChannel,
      ServerSocketChannel tcpChannel,
      IntUnaryOperator random) {
    this.udpChannel = udpChannel;
    this.counters = new Counters();
    this.forwarder = new Forwarder(settings, random);
    this.tcp =
        new TcpLoop(
            tcpChannel,
            () -> new Responder(settings, zone, Responder.MESSAGE_BYTES_MAX, random),
            forwarder,
            counters,
            settings);
    UdpLoop udp =
        new UdpLoop(
            udpChannel, new Responder(settings, zone, UDP_BYTES_MAX, random), forwarder, counters);
    this.threads =
        List.of(
            Thread.ofPlatform().daemon().name("dns-udp").unstarted(udp),
            Thread.ofPlatform().daemon().name("dns-tcp-accept").unstarted(tcp));
  }

  /**
   * Starts a server with a zone of its own.
   *
   * @param udpChannel bound, in blocking mode; the server's from now on
   * @param tcpChannel bound, in blocking mode; the server's from now on
   */
  public static DnsServer start(
      DnsSettings settings,
      Discovery discovery,
      DatagramChannel udpChannel,
      ServerSocketChannel tcpChannel) {
    ClusterZone zone = ClusterZone.follow(settings, discovery, InstantSource.system());
    return start(settings, zone, udpChannel, tcpChannel);
  }

  /** Starts one of several servers that share a zone, for example one on each node. */
  public static DnsServer start(
      DnsSettings settings,
      ClusterZone zone,
      DatagramChannel udpChannel,
      ServerSocketChannel tcpChannel) {
    IntUnaryOperator random = bound -> ThreadLocalRandom.current().nextInt(bound);
    DnsServer server = new DnsServer(settings, zone, udpChannel, tcpChannel, random);
    server.threads.forEach(Thread::start);
    return server;
  }

  /** Counters since the start, by name; see the README. */
  public Map<String, Long> counters() {
    Map<String, Long> result = new LinkedHashMap<>();
    result.put("queries_udp", counters.udpQueries.sum());
    result.put("queries_tcp", counters.tcpQueries.sum());
    result.put("forwards", counters.forwards.sum());
    result.put("forward_failures", forwarder.failures.sum());
    result.put("errors", counters.errors.sum());
    return result;
  }

  /** Closes both sockets and every connection, and waits a short while for the threads. */
  @Override
  public void close() {
    tcp.close();
    try {
      udpChannel.close();
      for (Thread thread : threads) {
        thread.join(CLOSE_TIMEOUT);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("closing the DNS server's socket", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
