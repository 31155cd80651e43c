package dev.fairlead.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Settings of the DNS.
 *
 * @param domain the cluster domain, for example {@code cluster.local}; a final dot is ignored
 * @param address the IPv4 address at which clients reach the server; the A record of {@code
 *     ns.dns.<domain>}
 * @param ttlSeconds of cluster records, 0 to 3,600
 * @param payloadBytesMax largest UDP answer sent, 512 to 4,096 bytes
 * @param upstreams resolvers for all other names, asked in order; empty means such names are
 *     refused
 * @param upstreamTimeout for one try of one upstream
 * @param cacheEntriesMax answers of upstreams kept
 * @param cacheTtlMax longest time for which an upstream's answer is kept
 * @param forwardsMax questions waiting for upstreams at a time; one more is answered SERVFAIL
 * @param connectionsMax TCP connections at a time
 * @param idleTimeout after which a silent TCP connection is closed
 */
public record DnsSettings(
    String domain,
    InetAddress address,
    int ttlSeconds,
    int payloadBytesMax,
    List<InetSocketAddress> upstreams,
    Duration upstreamTimeout,
    int cacheEntriesMax,
    Duration cacheTtlMax,
    int forwardsMax,
    int connectionsMax,
    Duration idleTimeout) {
  private static final int TTL_SECONDS_MAX = 3_600;
  private static final int PAYLOAD_BYTES_MIN = 512;
  private static final int PAYLOAD_BYTES_LIMIT = 4_096;

  public DnsSettings {
    domain = domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
    upstreams = List.copyOf(upstreams);
    check(WireName.valid(domain) && !domain.isEmpty(), "domain: \"" + domain + "\" is no DNS name");
    check(address.getAddress().length == 4, "address: " + address + " is not IPv4");
    check(ttlSeconds >= 0 && ttlSeconds <= TTL_SECONDS_MAX, "ttlSeconds: must be 0 to 3600");
    check(
        payloadBytesMax >= PAYLOAD_BYTES_MIN && payloadBytesMax <= PAYLOAD_BYTES_LIMIT,
        "payloadBytesMax: must be 512 to 4096");
    check(cacheEntriesMax >= 0, "cacheEntriesMax: must not be negative");
    check(forwardsMax > 0, "forwardsMax: must be positive");
    check(connectionsMax > 0, "connectionsMax: must be positive");
    for (InetSocketAddress upstream : upstreams) {
      check(!upstream.isUnresolved(), "upstreams: " + upstream + " is not an address");
      check(
          !address.equals(upstream.getAddress()),
          "upstreams: " + upstream + " is this server itself");
    }
  }

  /** The defaults, with a domain and an address, and without upstreams. */
  public static DnsSettings of(String domain, InetAddress address) {
    return new DnsSettings(
        domain,
        address,
        30,
        1_232,
        List.of(),
        Duration.ofSeconds(2),
        10_000,
        Duration.ofSeconds(30),
        1_000,
        200,
        Duration.ofSeconds(10));
  }

  /** The same with these upstreams. */
  public DnsSettings withUpstreams(List<InetSocketAddress> newUpstreams) {
    return new DnsSettings(
        domain,
        address,
        ttlSeconds,
        payloadBytesMax,
        newUpstreams,
        upstreamTimeout,
        cacheEntriesMax,
        cacheTtlMax,
        forwardsMax,
        connectionsMax,
        idleTimeout);
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException("dns settings: " + message);
    }
  }
}
