package dev.fairlead.api.protobuf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Protobuf's wire format, written from the end to the front: by the time a length is needed, what
 * it counts is already there. So one pass over an object is enough.
 */
final class ReverseBuffer {
  private byte[] bytes;
  private int start;

  ReverseBuffer() {
    this(512);
  }

  ReverseBuffer(int capacity) {
    bytes = new byte[capacity];
    start = capacity;
  }

  /** How many bytes are written. */
  int length() {
    return bytes.length - start;
  }

  byte[] toByteArray() {
    return Arrays.copyOfRange(bytes, start, bytes.length);
  }

  void varint(int number, long value) {
    bare(value);
    tag(number, WireReader.VARINT);
  }

  void fixed64(int number, long value) {
    room(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[--start] = (byte) (value >>> shift);
    }
    tag(number, WireReader.FIXED64);
  }

  void text(int number, String text) {
    content(number, text.getBytes(StandardCharsets.UTF_8));
  }

  void content(int number, byte[] content) {
    raw(content);
    delimit(number, content.length);
  }

  void raw(byte[] content) {
    room(content.length);
    start -= content.length;
    System.arraycopy(content, 0, bytes, start, content.length);
  }

  /** Puts length and tag before what was written since {@code lengthBefore}. */
  void close(int number, int lengthBefore) {
    delimit(number, length() - lengthBefore);
  }

  /** Length and tag of a field whose content of {@code length} bytes follows. */
  void delimit(int number, int length) {
    bare(length);
    tag(number, WireReader.BYTES);
  }

  private void tag(int number, int wireType) {
    bare((long) number << 3 | wireType);
  }

  private void bare(long value) {
    int size = value == 0 ? 1 : (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7;
    room(size);
    start -= size;
    long rest = value;
    for (int i = 0; i < size - 1; i++) {
      bytes[start + i] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes[start + size - 1] = (byte) rest;
  }

  private void room(int count) {
    if (start < count) {
      int used = length();
      byte[] larger = new byte[Math.max(bytes.length * 2, used + count)];
      System.arraycopy(bytes, start, larger, larger.length - used, used);
      start = larger.length - used;
      bytes = larger;
    }
  }
}
