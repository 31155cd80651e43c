package dev.fairlead.kuard;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** A DNS response (RFC 1035), printed the way dig does. */
final class DnsMessage {
  private static final int NAME_MAX = 255;
  private static final int LABEL_MAX = 63;
  private static final int[] FLAGS = {0x8000, 0x0400, 0x0200, 0x0100, 0x0080, 0x0020, 0x0010};
  private static final String[] FLAG_NAMES = {"qr", "aa", "tc", "rd", "ra", "ad", "cd"};
  private static final String[] SECTIONS = {"ANSWER", "AUTHORITY", "ADDITIONAL"};

  private final byte[] bytes;
  private int at = 12;

  DnsMessage(byte[] bytes) {
    this.bytes = bytes;
    if (bytes.length < 12) {
      throw malformed();
    }
  }

  /**
   * A query with recursion desired.
   *
   * @throws IllegalArgumentException when the name is no DNS name
   */
  static byte[] query(int id, String name, int type) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) (id >> 8), (byte) id, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0});
    String text = name.equals(".") ? "" : name.substring(0, name.length() - 1);
    for (String label : text.isEmpty() ? new String[0] : text.split("\\.", -1)) {
      byte[] octets = label.getBytes(StandardCharsets.UTF_8);
      if (octets.length == 0 || octets.length > LABEL_MAX) {
        throw new IllegalArgumentException(
            "\"" + name + "\" is not a DNS name: each label has 1 to 63 characters");
      }
      out.write(octets.length);
      out.writeBytes(octets);
    }
    out.writeBytes(new byte[] {0, 0, (byte) type, 0, 1});
    if (out.size() > 12 + NAME_MAX + 4) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is not a DNS name: it is longer than 255 characters");
    }
    return out.toByteArray();
  }

  /** Records in the answer section. */
  int answers() {
    return u16(6);
  }

  /** The whole message as text. */
  String text() {
    at = 12;
    StringBuilder out = new StringBuilder();
    out.append(";; opcode: QUERY, status: ")
        .append(DnsTypes.rcode(u16(2) & 0xf))
        .append(", id: ")
        .append(u16(0));
    out.append("\n;; flags:");
    for (int i = 0; i < FLAGS.length; i++) {
      out.append((u16(2) & FLAGS[i]) == 0 ? "" : " " + FLAG_NAMES[i]);
    }
    out.append("; QUERY: ").append(u16(4)).append(", ANSWER: ").append(u16(6));
    out.append(", AUTHORITY: ").append(u16(8)).append(", ADDITIONAL: ").append(u16(10));
    out.append('\n');
    questions(out);
    for (int i = 0; i < SECTIONS.length; i++) {
      records(SECTIONS[i], u16(6 + 2 * i), out);
    }
    return out.toString();
  }

  private void questions(StringBuilder out) {
    if (u16(4) > 0) {
      out.append("\n;; QUESTION SECTION:\n");
    }
    for (int i = 0; i < u16(4); i++) {
      String name = name();
      need(4);
      out.append(';').append(name).append("\tIN\t ").append(DnsTypes.name(u16(at))).append('\n');
      at += 4;
    }
  }

  private void records(String section, int count, StringBuilder out) {
    if (count > 0) {
      out.append("\n;; ").append(section).append(" SECTION:\n");
    }
    for (int i = 0; i < count; i++) {
      String owner = name();
      need(10);
      int type = u16(at);
      long ttl = ((long) u16(at + 4) << 16) | u16(at + 6);
      int end = at + 10 + u16(at + 8);
      at += 10;
      need(end - at);
      out.append(owner).append('\t').append(ttl).append("\tIN\t").append(DnsTypes.name(type));
      out.append('\t').append(data(type, end)).append('\n');
      at = end;
    }
  }

  private String data(int type, int end) {
    return switch (type) {
      case 1, 28 -> address(end);
      case 2, 5, 12 -> name();
      case 6 ->
          name() + " " + name() + " " + u32() + " " + u32() + " " + u32() + " " + u32() + " "
              + u32();
      case 15 -> next16() + " " + name();
      case 16 -> texts(end);
      case 33 -> next16() + " " + next16() + " " + next16() + " " + name();
      default ->
          "\\# " + (end - at) + " " + HexFormat.of().formatHex(Arrays.copyOfRange(bytes, at, end));
    };
  }

  private String address(int end) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, end)).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("the response holds an address of a wrong length", e);
    }
  }

  private String texts(int end) {
    StringBuilder out = new StringBuilder();
    while (at < end) {
      int length = Math.min(bytes[at] & 0xff, end - at - 1);
      String text = new String(bytes, at + 1, length, StandardCharsets.US_ASCII);
      out.append(out.isEmpty() ? "\"" : " \"").append(text.replace("\"", "\\\"")).append('"');
      at += length + 1;
    }
    return out.toString();
  }

  /** Reads a name, compressed or not; the next read goes on behind it. */
  private String name() {
    StringBuilder out = new StringBuilder();
    int read = at;
    int behind = -1;
    while (true) {
      if (read >= bytes.length || out.length() > NAME_MAX) {
        throw malformed();
      }
      int length = bytes[read] & 0xff;
      if (length == 0) {
        at = behind < 0 ? read + 1 : behind;
        return out.isEmpty() ? "." : out.toString();
      }
      if (length > LABEL_MAX) {
        if (read + 1 >= bytes.length) {
          throw malformed();
        }
        behind = behind < 0 ? read + 2 : behind;
        int target = u16(read) & 0x3fff;
        if (target >= read) {
          throw malformed(); // only backwards, so it ends
        }
        read = target;
      } else {
        if (read + length >= bytes.length) {
          throw malformed();
        }
        out.append(new String(bytes, read + 1, length, StandardCharsets.UTF_8)).append('.');
        read += length + 1;
      }
    }
  }

  private int next16() {
    need(2);
    at += 2;
    return u16(at - 2);
  }

  private long u32() {
    return ((long) next16() << 16) | next16();
  }

  private void need(int count) {
    if (at + count > bytes.length) {
      throw malformed();
    }
  }

  private int u16(int offset) {
    return ((bytes[offset] & 0xff) << 8) | (bytes[offset + 1] & 0xff);
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException("the name server's response is malformed");
  }
}
