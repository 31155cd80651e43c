package dev.fairlead.api.protobuf;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * A list as a message. Its items are messages already, which are shared with others who send them,
 * and never put together here.
 */
public final class ListMessage {
  private static final int VARINT_BYTES_MAX = 5;

  private final byte[] own;
  private final int tag;
  private final List<byte[]> items;

  /**
   * A list.
   *
   * @param own the message of the list without its items
   * @param number of the field with the items
   */
  ListMessage(byte[] own, int number, List<byte[]> items) {
    this.own = own;
    this.tag = number << 3 | WireReader.BYTES;
    this.items = items;
  }

  /**
   * How many bytes the message has.
   *
   * @throws ArithmeticException when they are more than the format can say
   */
  int length() {
    int length = own.length;
    for (byte[] item : items) {
      length = Math.addExact(length, varintBytes(tag) + varintBytes(item.length) + item.length);
    }
    return length;
  }

  /** Writes the message alone. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(own); // The order of fields in a message means nothing.
    byte[] head = new byte[2 * VARINT_BYTES_MAX];
    for (byte[] item : items) {
      int end = varint(head, varint(head, 0, tag), item.length);
      out.write(head, 0, end);
      out.write(item);
    }
  }

  /** Writes the whole envelope. */
  public void writeEnvelope(OutputStream out, String apiVersion, String kind) throws IOException {
    out.write(Envelope.head(apiVersion, kind, length()));
    writeTo(out);
    out.write(Envelope.TAIL);
  }

  private static int varint(byte[] bytes, int at, int value) {
    int end = at;
    int rest = value;
    while (rest > 0x7f) {
      bytes[end++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[end++] = (byte) rest;
    return end;
  }

  private static int varintBytes(int value) {
    return value == 0 ? 1 : (Integer.SIZE - Integer.numberOfLeadingZeros(value) + 6) / 7;
  }
}
