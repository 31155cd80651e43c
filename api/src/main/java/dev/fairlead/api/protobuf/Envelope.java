package dev.fairlead.api.protobuf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * An object as it travels: its message, and around it the few bytes that say what it is. The
 * message is shared with everybody else who sends it, and never copied here.
 */
public final class Envelope {
  /** {@code contentEncoding} and {@code contentType}, both empty. */
  static final byte[] TAIL = {3 << 3 | WireReader.BYTES, 0, 4 << 3 | WireReader.BYTES, 0};

  private final byte[] head;
  private final byte[] message;

  private Envelope(byte[] head, byte[] message) {
    this.head = head;
    this.message = message;
  }

  /** The envelope of one object. */
  public static Envelope of(String apiVersion, String kind, byte[] message) {
    return new Envelope(head(apiVersion, kind, message.length), message);
  }

  /** What comes before a message of this length; {@link #TAIL} comes after it. */
  static byte[] head(String apiVersion, String kind, int messageBytes) {
    ReverseBuffer head = new ReverseBuffer(128);
    head.delimit(2, messageBytes);
    int before = head.length();
    head.text(2, kind);
    head.text(1, apiVersion);
    head.close(1, before);
    head.raw(Protobuf.MAGIC);
    return head.toByteArray();
  }

  /** The whole envelope. */
  public byte[] bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream(length());
    all.writeBytes(head);
    all.writeBytes(message);
    all.writeBytes(TAIL);
    return all.toByteArray();
  }

  /**
   * Writes this object as one event of a watch: a frame with a {@code meta/v1 WatchEvent}.
   *
   * @param type for example {@code ADDED}
   */
  public void writeEvent(OutputStream out, String type) throws IOException {
    ReverseBuffer event = new ReverseBuffer(64);
    event.delimit(1, length());
    event.delimit(2, event.length() + length());
    event.text(1, type);
    int frameBytes = event.length() + length();
    event.raw(ByteBuffer.allocate(4).putInt(frameBytes).array());
    out.write(event.toByteArray());
    out.write(head);
    out.write(message);
    out.write(TAIL);
  }

  private int length() {
    return head.length + message.length + TAIL.length;
  }
}
