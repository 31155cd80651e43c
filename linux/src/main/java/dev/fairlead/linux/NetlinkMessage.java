package dev.fairlead.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Encodes one netlink request: header, fixed part, then attributes (type, length, value, padded to
 * four bytes). Sources: {@code netlink(7)}, {@code linux/netlink.h}. Integers are in the machine's
 * byte order unless the name says otherwise.
 */
final class NetlinkMessage {
  static final int REQUEST = 0x1;
  static final int ACK = 0x4;
  static final int DUMP = 0x300;
  static final int REPLACE = 0x100;
  static final int EXCLUSIVE = 0x200;
  static final int CREATE = 0x400;

  /** Marks an attribute that holds attributes. */
  static final int NESTED = 0x8000;

  private static final int HEADER_BYTES = 16;

  private ByteBuffer buffer = ByteBuffer.allocate(256).order(ByteOrder.nativeOrder());

  NetlinkMessage(int type, int flags) {
    u32(0).u16(type).u16(flags | REQUEST).u32(0).u32(0);
  }

  NetlinkMessage u8(int value) {
    room(1).put((byte) value);
    return this;
  }

  NetlinkMessage u16(int value) {
    room(2).putShort((short) value);
    return this;
  }

  NetlinkMessage u32(int value) {
    room(4).putInt(value);
    return this;
  }

  NetlinkMessage attribute(int type, byte[] value) {
    u16(4 + value.length).u16(type);
    room(value.length).put(value);
    return pad();
  }

  NetlinkMessage attribute(int type, int value) {
    return u16(8).u16(type).u32(value);
  }

  NetlinkMessage attribute(int type, String value) {
    return attribute(type, (value + "\0").getBytes(StandardCharsets.UTF_8));
  }

  NetlinkMessage nested(int type, Consumer<NetlinkMessage> content) {
    int start = buffer.position();
    u16(0).u16(type);
    content.accept(this);
    buffer.putShort(start, (short) (buffer.position() - start));
    return this;
  }

  /** A part that starts with its own length in 16 bits, like {@code struct rtnexthop}. */
  NetlinkMessage measured(Consumer<NetlinkMessage> content) {
    int start = buffer.position();
    u16(0);
    content.accept(this);
    buffer.putShort(start, (short) (buffer.position() - start));
    return this;
  }

  /** The finished message, carrying this sequence number. */
  byte[] encode(int sequence) {
    buffer.putInt(0, buffer.position());
    buffer.putInt(8, sequence);
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  /** Adds flags of the header. */
  NetlinkMessage flags(int flags) {
    buffer.putShort(6, (short) (buffer.getShort(6) | flags));
    return this;
  }

  private NetlinkMessage pad() {
    while (buffer.position() % 4 != 0) {
      u8(0);
    }
    return this;
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      int size = Math.max(buffer.capacity() * 2, buffer.position() + bytes);
      buffer = ByteBuffer.allocate(size).order(ByteOrder.nativeOrder()).put(buffer.flip());
    }
    return buffer;
  }

  static int headerBytes() {
    return HEADER_BYTES;
  }
}
