package dev.fairlead.dns;

/** Numbers of the wire format (RFC 1035, RFC 2782, RFC 6891) and how to put them into packets. */
final class Wire {
  static final int HEADER_BYTES = 12;
  static final int A_RECORD_BYTES = 16;

  static final int A = 1;
  static final int NS = 2;
  static final int CNAME = 5;
  static final int SOA = 6;
  static final int PTR = 12;
  static final int TXT = 16;
  static final int AAAA = 28;
  static final int SRV = 33;
  static final int OPT = 41;
  static final int IXFR = 251;
  static final int AXFR = 252;
  static final int CLASS_IN = 1;

  static final int QR = 0x8000;
  static final int OPCODE = 0x7800;
  static final int AA = 0x0400;
  static final int TC = 0x0200;
  static final int RD = 0x0100;
  static final int RA = 0x0080;
  static final int CD = 0x0010;

  static final int NOERROR = 0;
  static final int FORMERR = 1;
  static final int SERVFAIL = 2;
  static final int NXDOMAIN = 3;
  static final int NOTIMP = 4;
  static final int REFUSED = 5;
  static final int BADVERS = 16;

  /** A compression pointer to the question's name. */
  static final int QUESTION_NAME = 0xc000 | HEADER_BYTES;

  private Wire() {}

  static int u16(byte[] packet, int at) {
    return ((packet[at] & 0xff) << 8) | (packet[at + 1] & 0xff);
  }

  static int put16(byte[] packet, int at, int value) {
    packet[at] = (byte) (value >> 8);
    packet[at + 1] = (byte) value;
    return at + 2;
  }

  static int put32(byte[] packet, int at, int value) {
    put16(packet, at, value >>> 16);
    return put16(packet, at + 2, value & 0xffff);
  }

  static int pointer(int offset) {
    return 0xc000 | offset;
  }

  static int u32(byte[] packet, int at) {
    return (u16(packet, at) << 16) | u16(packet, at + 2);
  }

  /** The offset behind the name, compressed or not, at {@code start}; -1 when it is malformed. */
  static int skipName(byte[] packet, int start, int end) {
    int at = start;
    while (at < end) {
      int label = packet[at] & 0xff;
      if (label == 0) {
        return at + 1;
      }
      if (label >= 0xc0) {
        return at + 2;
      }
      if (label > 63) {
        return -1;
      }
      at += label + 1;
    }
    return -1;
  }
}
