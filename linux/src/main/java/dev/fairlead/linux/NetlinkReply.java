package dev.fairlead.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One received netlink message.
 *
 * @param body what follows the header, in the machine's byte order, position 0
 */
record NetlinkReply(int type, int flags, int sequence, ByteBuffer body) {
  static final int ERROR = 2;
  static final int DONE = 3;

  private static final int FLAG_CAPPED = 0x100;
  private static final int FLAG_ACK_ATTRIBUTES = 0x200;
  private static final int ATTRIBUTE_MESSAGE = 1;
  private static final int TYPE_MASK = 0x3fff;

  /** Cuts a datagram into messages; a damaged tail ends the list. */
  static List<NetlinkReply> parse(byte[] datagram) {
    ByteBuffer buffer = ByteBuffer.wrap(datagram).order(ByteOrder.nativeOrder());
    List<NetlinkReply> messages = new ArrayList<>();
    int at = 0;
    while (datagram.length - at >= NetlinkMessage.headerBytes()) {
      int length = buffer.getInt(at);
      if (length < NetlinkMessage.headerBytes() || length > datagram.length - at) {
        break;
      }
      ByteBuffer body = slice(buffer, at + 16, length - 16);
      int flags = buffer.getShort(at + 6) & 0xffff;
      messages.add(
          new NetlinkReply(buffer.getShort(at + 4) & 0xffff, flags, buffer.getInt(at + 8), body));
      at += aligned(length);
    }
    return messages;
  }

  /** Attributes that follow a fixed part of this many bytes; the last of a type wins. */
  Map<Integer, ByteBuffer> attributes(int fixedBytes) {
    return attributes(body, fixedBytes);
  }

  static Map<Integer, ByteBuffer> attributes(ByteBuffer buffer, int from) {
    Map<Integer, ByteBuffer> attributes = new HashMap<>();
    int at = from;
    while (buffer.limit() - at >= 4) {
      int length = buffer.getShort(at) & 0xffff;
      if (length < 4 || length > buffer.limit() - at) {
        break;
      }
      int type = buffer.getShort(at + 2) & TYPE_MASK;
      attributes.put(type, slice(buffer, at + 4, length - 4));
      at += aligned(length);
    }
    return attributes;
  }

  /** Errno of an {@link #ERROR} or {@link #DONE} message; 0 is success. */
  int errno() {
    return body.limit() < 4 ? 0 : -body.getInt(0);
  }

  /** The kernel's own sentence in an error message, or empty. */
  String errorText() {
    if ((flags & FLAG_ACK_ATTRIBUTES) == 0 || body.limit() < 20) {
      return "";
    }
    int echoed = (flags & FLAG_CAPPED) != 0 ? 16 : aligned(body.getInt(4));
    ByteBuffer text = attributes(4 + echoed).get(ATTRIBUTE_MESSAGE);
    return string(text);
  }

  /** A zero-terminated string, empty when absent. */
  static String string(@Nullable ByteBuffer value) {
    if (value == null || value.limit() == 0) {
      return "";
    }
    byte[] bytes = new byte[value.limit()];
    value.get(0, bytes);
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  private static ByteBuffer slice(ByteBuffer buffer, int from, int length) {
    return buffer.slice(from, length).order(ByteOrder.nativeOrder());
  }

  private static int aligned(int length) {
    return (length + 3) & ~3;
  }
}
