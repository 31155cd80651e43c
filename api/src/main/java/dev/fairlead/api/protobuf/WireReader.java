package dev.fairlead.api.protobuf;

import dev.fairlead.api.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Protobuf's wire format: the fields of one message, one after the other. */
final class WireReader {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;
  private static final int GROUP = 3;
  private static final int GROUP_END = 4;
  private static final int GROUPS_MAX = 100;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int number;
  private int wireType;

  WireReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /** Goes on to the next field; false at the end. */
  boolean next() {
    if (at >= end) {
      return false;
    }
    long tag = bare();
    number = (int) (tag >>> 3);
    wireType = (int) (tag & 7);
    if (number <= 0) {
      throw malformed("illegal tag %d (wire type %d)".formatted(number, tag));
    }
    return true;
  }

  int number() {
    return number;
  }

  /** The field's number; a fixed one as its raw bits. */
  long value() {
    return switch (wireType) {
      case VARINT -> bare();
      case FIXED64 -> fixed(8);
      case FIXED32 -> fixed(4);
      default -> throw wrongType();
    };
  }

  /** Whether more numbers follow in this field: upstream reads packed lists as well as plain. */
  boolean isBytes() {
    return wireType == BYTES;
  }

  /** The field's content, to be read as a message. */
  WireReader content() {
    if (wireType != BYTES) {
      throw wrongType();
    }
    long length = bare();
    if (length < 0) {
      throw malformed("negative length found during unmarshaling");
    }
    if (length > end - at) {
      throw ApiException.badRequest("unexpected EOF");
    }
    int from = at;
    at += (int) length;
    return new WireReader(bytes, from, at);
  }

  /** The field's content as text; what is no UTF-8 is replaced. */
  String text() {
    WireReader content = content();
    return new String(bytes, content.at, content.end - content.at, StandardCharsets.UTF_8);
  }

  /** The field's content as it stands. */
  byte[] array() {
    WireReader content = content();
    return Arrays.copyOfRange(bytes, content.at, content.end);
  }

  boolean isEmpty() {
    return at >= end;
  }

  /** The next number of a packed list. */
  long packed() {
    return bare();
  }

  void skip() {
    switch (wireType) {
      case BYTES -> content();
      case GROUP -> skipGroup();
      case GROUP_END -> throw malformed("unexpected end of group");
      default -> value();
    }
  }

  static ApiException malformed(String why) {
    return ApiException.badRequest("proto: " + why);
  }

  private void skipGroup() {
    int depth = 1;
    while (depth > 0) {
      if (!next()) {
        throw ApiException.badRequest("unexpected EOF");
      }
      switch (wireType) {
        case GROUP -> depth++;
        case GROUP_END -> depth--;
        default -> skip();
      }
      if (depth > GROUPS_MAX) {
        throw malformed("nested too deeply");
      }
    }
  }

  private ApiException wrongType() {
    return wireType > FIXED32
        ? malformed("illegal wireType " + wireType)
        : malformed("wrong wireType = %d for field %d".formatted(wireType, number));
  }

  private long bare() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at >= end) {
        throw ApiException.badRequest("unexpected EOF");
      }
      byte one = bytes[at++];
      value |= (one & 0x7fL) << shift;
      if (one >= 0) {
        return value;
      }
    }
    throw malformed("integer overflow");
  }

  private long fixed(int size) {
    if (end - at < size) {
      throw ApiException.badRequest("unexpected EOF");
    }
    long value = 0;
    for (int i = 0; i < size; i++) {
      value |= (bytes[at++] & 0xffL) << (8 * i);
    }
    return value;
  }
}
