package dev.fairlead.dns;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A domain name in wire form and lower case, as the key of a table (RFC 1035 section 3.1).
 *
 * <p>A probe is a name that is read again and again from packets, to look things up without
 * allocation; only the thread that owns it may use it, and it must never be stored.
 */
final class WireName {
  static final int LENGTH_MAX = 255;
  private static final int LABEL_MAX = 63;

  private final byte[] bytes;
  private int length;
  private int hash;

  private WireName(byte[] bytes) {
    this.bytes = bytes;
    this.length = bytes.length;
    this.hash = hash(bytes, length);
  }

  /** An empty name to read into. */
  static WireName probe() {
    WireName probe = new WireName(new byte[LENGTH_MAX]);
    probe.length = 0;
    return probe;
  }

  /**
   * The name of a text such as {@code a.b.c}, with or without a final dot.
   *
   * @throws IllegalArgumentException when it is not {@link #valid}
   */
  static WireName of(String text) {
    WireName name = tryOf(text);
    if (name == null) {
      throw new IllegalArgumentException("\"" + text + "\" is no DNS name");
    }
    return name;
  }

  /** As {@link #of}; null when the text is not valid. */
  static @Nullable WireName tryOf(String text) {
    byte[] wire = new byte[LENGTH_MAX];
    int at = 0;
    for (String label : labels(text)) {
      byte[] octets = label.getBytes(StandardCharsets.US_ASCII);
      if (octets.length == 0 || octets.length > LABEL_MAX || at + octets.length + 2 > LENGTH_MAX) {
        return null;
      }
      wire[at++] = (byte) octets.length;
      for (byte octet : octets) {
        wire[at++] = lower(octet);
      }
    }
    return new WireName(Arrays.copyOf(wire, at + 1));
  }

  /** Whether the text is a name that fits the wire. */
  static boolean valid(String text) {
    return tryOf(text) != null;
  }

  private static String[] labels(String text) {
    String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    return name.isEmpty() ? new String[0] : name.split("\\.", -1);
  }

  /**
   * Reads a name without compression from a packet into this probe.
   *
   * @return the offset behind it, or -1 when it is malformed
   */
  int read(byte[] packet, int start, int end) {
    int at = start;
    while (at < end) {
      int label = packet[at] & 0xff;
      if (label > LABEL_MAX || at + label + 1 - start > LENGTH_MAX || at + label >= end) {
        return -1;
      }
      if (label == 0) {
        length = at + 1 - start;
        hash = copyLower(packet, start);
        return at + 1;
      }
      at += label + 1;
    }
    return -1;
  }

  private int copyLower(byte[] packet, int start) {
    int sum = 0;
    for (int i = 0; i < length; i++) {
      byte octet = lower(packet[start + i]);
      bytes[i] = octet;
      sum = sum * 31 + octet;
    }
    return sum;
  }

  /** A copy that may be stored. */
  WireName copy() {
    return new WireName(Arrays.copyOf(bytes, length));
  }

  /** Octets, the root's included. */
  int length() {
    return length;
  }

  /** The octet at an offset. */
  byte at(int offset) {
    return bytes[offset];
  }

  void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, length);
  }

  /** Whether this name is {@code other} or lies below it. */
  boolean within(WireName other) {
    int start = length - other.length;
    return start >= 0
        && Arrays.equals(bytes, start, length, other.bytes, 0, other.length)
        && labelStarts(start);
  }

  private boolean labelStarts(int offset) {
    int at = 0;
    while (at < offset) {
      at += bytes[at] + 1;
    }
    return at == offset;
  }

  /** The text of the label that begins at an offset, and never more than that. */
  String label(int offset) {
    return new String(bytes, offset + 1, bytes[offset], StandardCharsets.US_ASCII);
  }

  private static int hash(byte[] bytes, int length) {
    int sum = 0;
    for (int i = 0; i < length; i++) {
      sum = sum * 31 + bytes[i];
    }
    return sum;
  }

  private static byte lower(byte octet) {
    return octet >= 'A' && octet <= 'Z' ? (byte) (octet + 32) : octet;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WireName that
        && hash == that.hash
        && Arrays.equals(bytes, 0, length, that.bytes, 0, that.length);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < length && bytes[at] != 0; at += bytes[at] + 1) {
      text.append(label(at)).append('.');
    }
    return text.isEmpty() ? "." : text.toString();
  }
}
