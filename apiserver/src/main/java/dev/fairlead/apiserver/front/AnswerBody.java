package dev.fairlead.apiserver.front;

import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpExchange.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer on its way out. A short one is sent as a whole, with its length. Once it is
 * long enough to be worth compressing, what comes is sent as it comes, so that no answer is ever
 * held as a whole. One that is not ended is cut off: nobody may take a part for the whole.
 */
final class AnswerBody extends OutputStream {
  private static final int START_BYTES = 4 * 1024;

  private final HttpExchange exchange;
  private final int status;
  private final List<Header> headers;
  private @Nullable ByteArrayOutputStream start = new ByteArrayOutputStream(START_BYTES);
  private @Nullable OutputStream rest;

  AnswerBody(HttpExchange exchange, int status, List<Header> headers) {
    this.exchange = exchange;
    this.status = status;
    this.headers = List.copyOf(headers);
  }

  @Override
  public void write(int octet) throws IOException {
    ByteArrayOutputStream held = start;
    if (held != null && held.size() + 1 < Compression.BYTES_MIN) {
      held.write(octet);
    } else {
      open(held).write(octet);
    }
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    ByteArrayOutputStream held = start;
    if (held != null && held.size() + length < Compression.BYTES_MIN) {
      held.write(bytes, from, length);
    } else {
      open(held).write(bytes, from, length);
    }
  }

  /** There is no more. */
  void end() throws IOException {
    ByteArrayOutputStream held = start;
    if (held == null) {
      open(null).close();
    } else {
      exchange.respond(status, headers, held.toByteArray());
    }
  }

  /** Lets go of what was not ended. */
  @Override
  public void close() {
    if (rest instanceof Compression.Packed packed) {
      packed.drop();
    }
  }

  private OutputStream open(@Nullable ByteArrayOutputStream held) throws IOException {
    OutputStream out = rest;
    if (out == null) {
      out = Compression.stream(exchange, status, headers);
      rest = out;
      start = null;
      if (held != null) {
        held.writeTo(out);
      }
    }
    return out;
  }
}
