package dev.fairlead.apiserver.protobuf;

import dev.fairlead.api.ApiException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Protobuf's wire format: fields of one message, one after the other. */
final class WireReader {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;

  private final ByteBuffer bytes;
  private int number;
  private int wireType;

  WireReader(ByteBuffer bytes) {
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Goes on to the next field; false at the end. */
  boolean next() {
    if (!bytes.hasRemaining()) {
      return false;
    }
    long tag = varint();
    number = (int) (tag >>> 3);
    wireType = (int) (tag & 7);
    return true;
  }

  int number() {
    return number;
  }

  /** The field's number; a fixed one as its raw bits. */
  long value() {
    return switch (wireType) {
      case VARINT -> varint();
      case FIXED64 -> require(8).getLong();
      case FIXED32 -> require(4).getInt();
      default -> throw malformed("a number was expected in field " + number);
    };
  }

  /** The field's bytes. */
  ByteBuffer content() {
    if (wireType != BYTES) {
      throw malformed("bytes were expected in field " + number);
    }
    long length = varint();
    if (length < 0 || length > bytes.remaining()) {
      throw malformed("unexpected EOF");
    }
    ByteBuffer content = bytes.slice(bytes.position(), (int) length);
    bytes.position(bytes.position() + (int) length);
    return content;
  }

  String text() {
    return StandardCharsets.UTF_8.decode(content()).toString();
  }

  boolean isBytes() {
    return wireType == BYTES;
  }

  void skip() {
    if (wireType == BYTES) {
      content();
    } else {
      value();
    }
  }

  static ApiException malformed(String why) {
    return ApiException.badRequest("proto: " + why);
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte one = require(1).get();
      value |= (one & 0x7fL) << shift;
      if (one >= 0) {
        return value;
      }
    }
    throw malformed("integer overflow");
  }

  private ByteBuffer require(int count) {
    if (bytes.remaining() < count) {
      throw malformed("unexpected EOF");
    }
    return bytes;
  }
}
