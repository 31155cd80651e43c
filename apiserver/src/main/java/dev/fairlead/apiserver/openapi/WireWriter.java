package dev.fairlead.apiserver.openapi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Protobuf's wire format, written into one growing buffer. A message within a message is written in
 * place; once its length is known, it moves up to make room for it.
 */
final class WireWriter {
  private static final int VARINT = 0;
  private static final int BYTES = 2;

  private byte[] buffer = new byte[64 * 1024];
  private int size;

  void text(int number, String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    varint((number << 3) | BYTES);
    varint(utf8.length);
    reserve(utf8.length);
    System.arraycopy(utf8, 0, buffer, size, utf8.length);
    size += utf8.length;
  }

  void flag(int number, boolean value) {
    varint((number << 3) | VARINT);
    varint(value ? 1 : 0);
  }

  /**
   * A field that is a message.
   *
   * @param content writes the message's own fields to this writer
   */
  void message(int number, Runnable content) {
    varint((number << 3) | BYTES);
    int start = size;
    content.run();
    int length = size - start;
    int head = varintSize(length);
    reserve(head);
    System.arraycopy(buffer, start, buffer, start + head, length);
    size = start;
    varint(length);
    size += length;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(buffer, size);
  }

  private void varint(int value) {
    reserve(5);
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      buffer[size++] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    buffer[size++] = (byte) rest;
  }

  private static int varintSize(int value) {
    return Math.max(1, (38 - Integer.numberOfLeadingZeros(value)) / 7);
  }

  private void reserve(int count) {
    if (buffer.length - size < count) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + count));
    }
  }
}
