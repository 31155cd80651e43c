package dev.fairlead.dns;

/** One query, read from a packet. Reused: one thread reads packet after packet into it. */
final class Query {
  private static final int OPT_SECTION_MAX = 2;

  /** What is to be done with a packet. */
  enum Verdict {
    ANSWER,
    /** Not a query, or too short to have an id: silence. */
    DROP,
    FORMAT_ERROR,
    NOT_IMPLEMENTED
  }

  final WireName name = WireName.probe();
  private byte[] packet = {};
  private int length;
  private int nameEnd;
  private boolean edns;
  private int ednsPayload;
  private int ednsVersion;
  private boolean dnssecOk;

  /**
   * Reads a packet, which must stay as it is while this query is used. Accepts what CoreDNS
   * accepts: one question, at most one answer and authority record (ignored), at most two
   * additional records.
   */
  Verdict read(byte[] newPacket, int newLength) {
    packet = newPacket;
    length = newLength;
    edns = false;
    ednsPayload = 512;
    ednsVersion = 0;
    dnssecOk = false;
    if (length < Wire.HEADER_BYTES || (flags() & Wire.QR) != 0) {
      return Verdict.DROP;
    }
    if ((flags() & Wire.OPCODE) != 0) {
      return Verdict.NOT_IMPLEMENTED;
    }
    if (count(4) != 1 || count(6) > 1 || count(8) > 1 || count(10) > OPT_SECTION_MAX) {
      return Verdict.FORMAT_ERROR;
    }
    nameEnd = name.read(packet, Wire.HEADER_BYTES, length);
    if (nameEnd < 0 || nameEnd + 4 > length) {
      return Verdict.FORMAT_ERROR;
    }
    return readRecords() ? Verdict.ANSWER : Verdict.FORMAT_ERROR;
  }

  private boolean readRecords() {
    int before = count(6) + count(8);
    int total = before + count(10);
    int at = questionEnd();
    for (int i = 0; i < total; i++) {
      int fixed = Wire.skipName(packet, at, length);
      if (fixed < 0 || fixed + 10 > length) {
        return false;
      }
      int end = fixed + 10 + Wire.u16(packet, fixed + 8);
      if (end > length) {
        return false;
      }
      if (i >= before && Wire.u16(packet, fixed) == Wire.OPT && !readOpt(at, fixed)) {
        return false;
      }
      at = end;
    }
    return true;
  }

  private boolean readOpt(int owner, int fixed) {
    if (edns || packet[owner] != 0) {
      return false; // a second one, or one not at the root (RFC 6891 section 6.1.1)
    }
    edns = true;
    ednsPayload = Math.max(512, Wire.u16(packet, fixed + 2));
    ednsVersion = packet[fixed + 5] & 0xff;
    dnssecOk = (packet[fixed + 6] & 0x80) != 0;
    return true;
  }

  private int count(int at) {
    return Wire.u16(packet, at);
  }

  int flags() {
    return Wire.u16(packet, 2);
  }

  byte[] packet() {
    return packet;
  }

  int length() {
    return length;
  }

  int type() {
    return Wire.u16(packet, nameEnd);
  }

  int recordClass() {
    return Wire.u16(packet, nameEnd + 2);
  }

  /** The offset behind the question. */
  int questionEnd() {
    return nameEnd + 4;
  }

  boolean edns() {
    return edns;
  }

  int ednsVersion() {
    return ednsVersion;
  }

  boolean dnssecOk() {
    return dnssecOk;
  }

  /** The largest UDP answer that the client takes; 512 without EDNS. */
  int payload() {
    return ednsPayload;
  }
}
