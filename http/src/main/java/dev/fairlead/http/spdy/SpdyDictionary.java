package dev.fairlead.http.spdy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The zlib dictionary of SPDY/3 header blocks (SPDY Protocol, Draft 3, 2.6.10.1): the words of the
 * resource's first part, each after its length in four bytes, then its last line as it is.
 */
final class SpdyDictionary {
  static final byte[] BYTES = load();

  private SpdyDictionary() {}

  private static byte[] load() {
    try (InputStream in = SpdyDictionary.class.getResourceAsStream("dictionary.txt")) {
      if (in == null) {
        throw new IllegalStateException("dictionary.txt is missing");
      }
      String[] lines = new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n", -1);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      int at = 0;
      while (!lines[at].isEmpty()) {
        out.writeInt(lines[at].length());
        out.writeBytes(lines[at++]);
      }
      out.writeBytes(lines[at + 1]);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
