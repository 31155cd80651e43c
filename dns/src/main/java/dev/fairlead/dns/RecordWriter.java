package dev.fairlead.dns;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Encodes resource records whose owner is the question's name. */
final class RecordWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final int ttlSeconds;

  RecordWriter(int ttlSeconds) {
    this.ttlSeconds = ttlSeconds;
  }

  /** Address records. */
  static RecordSet addresses(List<String> addresses, int ttlSeconds) {
    RecordWriter writer = new RecordWriter(ttlSeconds);
    addresses.forEach(address -> writer.a(Wire.QUESTION_NAME, address));
    return RecordSet.addresses(writer.bytes(), addresses.size());
  }

  /** One record that holds a name: CNAME, NS. */
  static RecordSet name(int type, WireName target, int ttlSeconds) {
    byte[] bytes = names(type, List.of(target), ttlSeconds).answer();
    return type == Wire.CNAME ? RecordSet.alias(bytes, target) : RecordSet.answers(bytes, 1);
  }

  /** Records that each hold a name: PTR. */
  static RecordSet names(int type, List<WireName> targets, int ttlSeconds) {
    RecordWriter writer = new RecordWriter(ttlSeconds);
    for (WireName target : targets) {
      writer.head(Wire.QUESTION_NAME, type, target.length());
      writer.name(target);
    }
    return RecordSet.answers(writer.bytes(), targets.size());
  }

  /** One text record. */
  static RecordSet text(String text, int ttlSeconds) {
    byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
    RecordWriter writer = new RecordWriter(ttlSeconds);
    writer.head(Wire.QUESTION_NAME, Wire.TXT, octets.length + 1);
    writer.out.write(octets.length);
    writer.out.writeBytes(octets);
    return RecordSet.answers(writer.bytes(), 1);
  }

  void a(int owner, String address) {
    head(owner, Wire.A, 4);
    out.writeBytes(octets(address));
  }

  /**
   * A service record (RFC 2782): its target is never compressed.
   *
   * @return offset of the target's name from the start of this writer
   */
  int srv(int weight, int port, WireName target) {
    head(Wire.QUESTION_NAME, Wire.SRV, 6 + target.length());
    put16(0);
    put16(weight);
    put16(port);
    int at = out.size();
    name(target);
    return at;
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  private void head(int owner, int type, int length) {
    put16(owner);
    put16(type);
    put16(Wire.CLASS_IN);
    put16(ttlSeconds >>> 16);
    put16(ttlSeconds & 0xffff);
    put16(length);
  }

  private void put16(int value) {
    out.write(value >> 8);
    out.write(value);
  }

  private void name(WireName name) {
    byte[] bytes = new byte[name.length()];
    name.copyTo(bytes, 0);
    out.writeBytes(bytes);
  }

  /** The four octets of an IPv4 address; the image holds nothing but addresses. */
  static byte[] octets(String address) {
    try {
      return InetAddress.ofLiteral(address).getAddress();
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("the image holds no address but " + address, e);
    }
  }
}
