package dev.fairlead.apiserver.backend;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The body of an answer without its framing (RFC 9112, section 6). */
final class BodyInput extends InputStream {
  private static final int LINE_BYTES_MAX = 4096;

  private final InputStream in;
  private final boolean chunked;
  private long left;
  private boolean firstChunk = true;
  private boolean ended;

  private BodyInput(InputStream in, boolean chunked, long left) {
    this.in = in;
    this.chunked = chunked;
    this.left = left;
    this.ended = !chunked && left == 0;
  }

  /** The body that follows a head. */
  static InputStream of(InputStream in, String method, ResponseHead head) throws IOException {
    boolean none = method.equals("HEAD") || head.status() == 204 || head.status() == 304;
    if (none) {
      return InputStream.nullInputStream();
    }
    if (head.chunked()) {
      return new BodyInput(in, true, 0);
    }
    String length = head.first("Content-Length");
    return length.isEmpty() ? in : new BodyInput(in, false, number(length, 10));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (chunked && left == 0 && !ended) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int count = in.read(buffer, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("unexpected EOF");
    }
    left -= count;
    ended = !chunked && left == 0;
    return count;
  }

  private void nextChunk() throws IOException {
    if (!firstChunk && !line().isEmpty()) {
      throw new IOException("malformed chunked encoding");
    }
    firstChunk = false;
    left = number(line().split(";", 2)[0].strip(), 16);
    if (left == 0) {
      for (String trailer = line(); !trailer.isEmpty(); ) {
        trailer = line();
      }
      ended = true;
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int each = in.read(); each != '\n'; each = in.read()) {
      if (each < 0) {
        throw new EOFException("unexpected EOF");
      }
      if (line.length() == LINE_BYTES_MAX) {
        throw new IOException("a line of chunked encoding is too long");
      }
      line.append((char) each);
    }
    int length = line.length();
    return length > 0 && line.charAt(length - 1) == '\r'
        ? line.substring(0, length - 1)
        : line.toString();
  }

  private static long number(String text, int radix) throws IOException {
    try {
      long number = Long.parseLong(text, radix);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IOException("malformed length \"" + text + "\"", e);
    }
    throw new IOException("malformed length \"" + text + "\"");
  }
}
