package dev.fairlead.dns;

import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Decides the answer to one query from the zone. Does no input or output. One instance per thread:
 * it owns its buffers.
 */
final class Responder {
  /** Nothing is to be sent. */
  static final int DROP = 0;

  /** The question is for the forwarder. */
  static final int FORWARD = -1;

  /** A message over TCP has 16 bits of length. */
  static final int MESSAGE_BYTES_MAX = 65_535;

  private static final int ALIASES_MAX = 8;
  private static final WireName REVERSE = WireName.of("in-addr.arpa");

  private final DnsSettings settings;
  private final ClusterZone zone;
  private final IntUnaryOperator random;
  private final Query query = new Query();
  private final Reply reply;
  private @Nullable WireName aliasTarget;
  private int aliasBytes;

  /**
   * @param random a number from 0 to below its argument: where the addresses of a name begin
   */
  Responder(DnsSettings settings, ClusterZone zone, int bytesMax, IntUnaryOperator random) {
    this.settings = settings;
    this.zone = zone;
    this.random = random;
    this.reply = new Reply(bytesMax, settings.payloadBytesMax());
  }

  /** The last response. */
  byte[] response() {
    return reply.bytes();
  }

  /** The last query. */
  Query query() {
    return query;
  }

  /** The largest answer to the last query over UDP. */
  int udpBytesMax() {
    return Math.min(query.payload(), settings.payloadBytesMax());
  }

  /**
   * Answers a packet.
   *
   * @param overUdp whether the answer must fit what the client takes over UDP
   * @return the length of {@link #response}, or {@link #DROP} or {@link #FORWARD}
   */
  int respond(byte[] packet, int length, boolean overUdp) {
    return switch (query.read(packet, length)) {
      case DROP -> DROP;
      case FORMAT_ERROR -> reply.error(query, Wire.FORMERR);
      case NOT_IMPLEMENTED -> reply.error(query, Wire.NOTIMP);
      case ANSWER -> answer(overUdp ? udpBytesMax() : MESSAGE_BYTES_MAX);
    };
  }

  /** A response without records to the last query. */
  int failure(int rcode) {
    reply.begin(query, MESSAGE_BYTES_MAX, rcode, false);
    return reply.end(query);
  }

  /**
   * After {@link #FORWARD}: the name outside the zone that the answer continues with, while {@link
   * #response} holds the aliases that lead there in {@link #aliasBytes} octets; null when the
   * question itself is to be forwarded.
   */
  @Nullable WireName aliasTarget() {
    return aliasTarget;
  }

  int aliasBytes() {
    return aliasBytes;
  }

  private int answer(int bytesMax) {
    aliasTarget = null;
    if (query.ednsVersion() != 0) {
      return failure(Wire.BADVERS);
    }
    int type = query.type();
    if (query.recordClass() != Wire.CLASS_IN || type == Wire.AXFR || type == Wire.IXFR) {
      return failure(Wire.REFUSED);
    }
    NameEntry entry = zone.get(query.name);
    if (query.name.within(zone.apex())) {
      return cluster(entry, bytesMax);
    }
    if (query.name.within(REVERSE)) {
      return reverse(entry, bytesMax);
    }
    return settings.upstreams().isEmpty() ? failure(Wire.REFUSED) : FORWARD;
  }

  private int reverse(@Nullable NameEntry entry, int bytesMax) {
    if (!zone.synced()) {
      return failure(Wire.SERVFAIL);
    }
    if (entry == null && !settings.upstreams().isEmpty()) {
      return FORWARD;
    }
    return entry == null
        ? negative(Wire.NXDOMAIN, bytesMax, REVERSE)
        : positive(entry, bytesMax, REVERSE);
  }

  private int cluster(@Nullable NameEntry entry, int bytesMax) {
    if (!zone.synced()) {
      return failure(Wire.SERVFAIL);
    }
    if (entry != null) {
      return positive(entry, bytesMax, zone.apex());
    }
    return query.name.within(zone.pods())
        ? pod(bytesMax)
        : negative(Wire.NXDOMAIN, bytesMax, zone.apex());
  }

  private int positive(NameEntry entry, int bytesMax, WireName of) {
    int type = query.type();
    RecordSet set = entry.get(type);
    if (type == Wire.SOA && query.name.equals(of)) {
      reply.begin(query, bytesMax, Wire.NOERROR, true);
      reply.soa(query, of.length(), settings.ttlSeconds(), zone.serial(), true);
      return reply.end(query);
    }
    if (set == null) {
      return negative(Wire.NOERROR, bytesMax, of);
    }
    reply.begin(query, bytesMax, Wire.NOERROR, true);
    if (set.target() != null && type != Wire.CNAME) {
      return alias(set, type);
    }
    reply.answer(set, first(set));
    return reply.end(query);
  }

  private int first(RecordSet set) {
    return set.recordBytes() > 0 && set.answerCount() > 1
        ? random.applyAsInt(set.answerCount())
        : 0;
  }

  /** Follows aliases within the zone; one that leaves it is for the forwarder. */
  private int alias(RecordSet alias, int type) {
    int owner = Wire.QUESTION_NAME;
    RecordSet set = alias;
    for (int i = 0; i < ALIASES_MAX && set != null && set.target() != null; i++) {
      owner = reply.alias(owner, set);
      if (!set.target().within(zone.apex())) {
        aliasTarget = set.target();
        aliasBytes = reply.end(query);
        return settings.upstreams().isEmpty() ? aliasBytes : FORWARD;
      }
      NameEntry entry = zone.get(set.target());
      set = entry == null ? null : entry.get(type);
    }
    if (set != null && set.recordBytes() > 0) {
      reply.answerAs(owner, set, first(set));
    }
    return reply.end(query);
  }

  /** {@code 1-2-3-4.namespace.pod.domain}: the address it spells, as CoreDNS's insecure mode. */
  private int pod(int bytesMax) {
    long address = PodName.address(query.name, zone.pods());
    if (address == PodName.NAMESPACE) {
      return negative(Wire.NOERROR, bytesMax, zone.apex());
    }
    if (address < 0) {
      return negative(Wire.NXDOMAIN, bytesMax, zone.apex());
    }
    if (query.type() != Wire.A) {
      return negative(Wire.NOERROR, bytesMax, zone.apex());
    }
    reply.begin(query, bytesMax, Wire.NOERROR, true);
    reply.address(settings.ttlSeconds(), (int) address);
    return reply.end(query);
  }

  private int negative(int rcode, int bytesMax, WireName of) {
    reply.begin(query, bytesMax, rcode, true);
    reply.soa(query, of.length(), settings.ttlSeconds(), zone.serial(), false);
    return reply.end(query);
  }
}
