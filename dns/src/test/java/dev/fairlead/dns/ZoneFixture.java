package dev.fairlead.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.discovery.InMemoryDiscovery;
import dev.fairlead.discovery.ServiceImage;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A zone, and a responder to ask it, without sockets. */
final class ZoneFixture implements AutoCloseable {
  static final DnsSettings SETTINGS =
      DnsSettings.of("cluster.local", InetAddress.ofLiteral("10.115.240.10"));
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000));

  final InMemoryDiscovery discovery = new InMemoryDiscovery();
  final ClusterZone zone;
  final Responder responder;

  ZoneFixture() {
    this(bound -> 0);
  }

  ZoneFixture(IntUnaryOperator random) {
    this(SETTINGS, random);
  }

  ZoneFixture(DnsSettings settings, IntUnaryOperator random) {
    zone = ClusterZone.follow(settings, discovery, CLOCK);
    responder = new Responder(settings, zone, Responder.MESSAGE_BYTES_MAX, random);
  }

  /** Puts services, and waits until the zone knows them. */
  ZoneFixture with(ServiceImage... services) {
    for (ServiceImage service : services) {
      discovery.put(service);
    }
    discovery.sync();
    await().until(zone::synced);
    return this;
  }

  Message ask(String name, int type) {
    return ask(query(name, type), true);
  }

  Message ask(Message query, boolean overUdp) {
    byte[] packet = query.toWire();
    int length = responder.respond(packet, packet.length, overUdp);
    assertThat(length).isPositive();
    byte[] response = Arrays.copyOf(responder.response(), length);
    try {
      return new Message(response);
    } catch (IOException e) {
      throw new AssertionError("the response is malformed", e);
    }
  }

  static Message query(String name, int type) {
    Message query =
        Message.newQuery(Record.newRecord(Name.fromConstantString(name), type, DClass.IN));
    assertThat(query.getHeader().getFlag(Flags.RD)).isTrue();
    return query;
  }

  /** A response in the manner of zone files: status, then each section's records. */
  static List<String> text(Message response) {
    ArrayList<String> lines = new ArrayList<>();
    lines.add(Rcode.string(response.getRcode()));
    for (int section : new int[] {Section.ANSWER, Section.AUTHORITY, Section.ADDITIONAL}) {
      for (Record each : response.getSection(section)) {
        if (each.getType() != Type.OPT) {
          lines.add(
              (section == Section.ANSWER ? "" : section == Section.AUTHORITY ? "; " : "+ ")
                  + each.getName()
                  + " "
                  + each.getTTL()
                  + " "
                  + Type.string(each.getType())
                  + " "
                  + each.rdataToString());
        }
      }
    }
    return lines;
  }

  @Override
  public void close() {
    discovery.close();
  }
}
