package dev.fairlead.dns;

import java.util.Arrays;

/**
 * Writes one response into a buffer. Reused by one thread. Records that do not fit are left out:
 * answers with the TC flag, additional records without it.
 */
final class Reply {
  /** Octets of the OPT record that closes every answer to an EDNS query. */
  private static final int OPT_BYTES = 11;

  private static final byte[] MNAME = {2, 'n', 's', 3, 'd', 'n', 's'};
  private static final byte[] RNAME = {10, 'h', 'o', 's', 't', 'm', 'a', 's', 't', 'e', 'r'};
  private static final int SOA_DATA_BYTES = MNAME.length + 2 + RNAME.length + 2 + 20;

  private final byte[] out;
  private final int payloadBytes;
  private int at;
  private int limit;
  private int flags;
  private int answers;
  private int authorities;
  private int additionals;
  private int extendedRcode;

  /**
   * @param bytesMax size of the buffer
   * @param payloadBytes the largest UDP query taken, told in OPT
   */
  Reply(int bytesMax, int payloadBytes) {
    this.out = new byte[bytesMax];
    this.payloadBytes = payloadBytes;
  }

  byte[] bytes() {
    return out;
  }

  /** A header alone, for queries that cannot be read. */
  int error(Query query, int rcode) {
    System.arraycopy(query.packet(), 0, out, 0, 2);
    Wire.put16(out, 2, Wire.QR | (query.flags() & (Wire.OPCODE | Wire.RD | Wire.CD)) | rcode);
    Arrays.fill(out, 4, Wire.HEADER_BYTES, (byte) 0);
    return Wire.HEADER_BYTES;
  }

  /** Starts a response with the query's id and question. */
  void begin(Query query, int bytesMax, int rcode, boolean authoritative) {
    at = query.questionEnd();
    System.arraycopy(query.packet(), 0, out, 0, at);
    limit = Math.min(bytesMax, out.length) - (query.edns() ? OPT_BYTES : 0);
    flags = Wire.QR | Wire.RA | (query.flags() & (Wire.RD | Wire.CD)) | (rcode & 0xf);
    flags |= authoritative ? Wire.AA : 0;
    extendedRcode = rcode >> 4;
    answers = 0;
    authorities = 0;
    additionals = 0;
  }

  /** Adds a set to the answers, beginning with the record {@code first} when it may be rotated. */
  void answer(RecordSet set, int first) {
    int room = limit - at;
    if (set.answer().length <= room) {
      rotate(set, first);
      answers += set.answerCount();
      if (set.additional().length <= limit - at) {
        copy(set.additional(), 0, set.additional().length);
        additionals += set.additionalCount();
      }
      return;
    }
    flags |= Wire.TC;
    if (set.recordBytes() > 0) {
      int fitting = room / set.recordBytes();
      copy(set.answer(), 0, fitting * set.recordBytes());
      answers += fitting;
    }
  }

  private void rotate(RecordSet set, int first) {
    int split = first * set.recordBytes();
    copy(set.answer(), split, set.answer().length - split);
    copy(set.answer(), 0, split);
  }

  /** Adds an alias; the owner of what comes next is the alias's target. */
  int alias(int owner, RecordSet alias) {
    int start = at;
    answer(alias, 0);
    if (start == at) {
      return owner;
    }
    Wire.put16(out, start, owner);
    return Wire.pointer(start + 12);
  }

  /** Adds address records below another owner than the question's name. */
  void answerAs(int owner, RecordSet set, int first) {
    int start = at;
    answer(set, first);
    for (int record = start; record < at; record += set.recordBytes()) {
      Wire.put16(out, record, owner);
    }
  }

  /** Adds the SOA of the zone whose name is the question's last {@code zoneBytes} octets. */
  void soa(Query query, int zoneBytes, int ttlSeconds, int serial, boolean asAnswer) {
    int zone = Wire.pointer(query.questionEnd() - 4 - zoneBytes);
    if (limit - at < 12 + SOA_DATA_BYTES) {
      flags |= asAnswer ? Wire.TC : 0;
      return;
    }
    at = Wire.put16(out, at, zone);
    at = Wire.put16(out, at, Wire.SOA);
    at = Wire.put16(out, at, Wire.CLASS_IN);
    at = Wire.put32(out, at, ttlSeconds);
    at = Wire.put16(out, at, SOA_DATA_BYTES);
    copy(MNAME, 0, MNAME.length);
    at = Wire.put16(out, at, zone);
    copy(RNAME, 0, RNAME.length);
    at = Wire.put16(out, at, zone);
    at = Wire.put32(out, at, serial);
    at = Wire.put32(out, at, 7_200);
    at = Wire.put32(out, at, 1_800);
    at = Wire.put32(out, at, 86_400);
    at = Wire.put32(out, at, ttlSeconds);
    answers += asAnswer ? 1 : 0;
    authorities += asAnswer ? 0 : 1;
  }

  /** Adds one address record for the question's name. */
  void address(int ttlSeconds, int address) {
    at = Wire.put16(out, at, Wire.QUESTION_NAME);
    at = Wire.put16(out, at, Wire.A);
    at = Wire.put16(out, at, Wire.CLASS_IN);
    at = Wire.put32(out, at, ttlSeconds);
    at = Wire.put16(out, at, 4);
    at = Wire.put32(out, at, address);
    answers++;
  }

  private void copy(byte[] bytes, int from, int length) {
    System.arraycopy(bytes, from, out, at, length);
    at += length;
  }

  /** Completes the response; returns its length. */
  int end(Query query) {
    if (query.edns()) {
      out[at++] = 0;
      at = Wire.put16(out, at, Wire.OPT);
      at = Wire.put16(out, at, payloadBytes);
      at = Wire.put16(out, at, extendedRcode << 8);
      at = Wire.put16(out, at, query.dnssecOk() ? 0x8000 : 0);
      at = Wire.put16(out, at, 0);
      additionals++;
    }
    Wire.put16(out, 2, flags);
    Wire.put16(out, 4, 1);
    Wire.put16(out, 6, answers);
    Wire.put16(out, 8, authorities);
    Wire.put16(out, 10, additionals);
    return at;
  }
}
