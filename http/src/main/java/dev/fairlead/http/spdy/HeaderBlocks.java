package dev.fairlead.http.spdy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The header blocks of one connection, packed and unpacked (SPDY/3.1, 2.6.10). Each direction is
 * one zlib stream for the life of the connection, so every block must pass through here, in order.
 * Packing and unpacking may be done by two threads.
 */
final class HeaderBlocks {
  private static final int BYTES_MAX = 64 * 1024;
  private static final int PAIRS_MAX = 256;

  private final Inflater inflater = new Inflater();
  private final Deflater deflater = new Deflater();

  HeaderBlocks() {
    deflater.setDictionary(SpdyDictionary.BYTES);
  }

  /**
   * Unpacks a block.
   *
   * @return names in lower case; of several values the first
   * @throws SpdyException when it is malformed or too large
   */
  Map<String, String> unpack(byte[] block) throws SpdyException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(inflate(block)))) {
      int pairs = in.readInt();
      if (pairs < 0 || pairs > PAIRS_MAX) {
        throw new SpdyException("a header block of " + pairs + " pairs");
      }
      Map<String, String> headers = new TreeMap<>();
      for (int i = 0; i < pairs; i++) {
        String name = string(in).toLowerCase(Locale.ROOT);
        String value = string(in);
        int end = value.indexOf('\0');
        headers.putIfAbsent(name, end < 0 ? value : value.substring(0, end));
      }
      return headers;
    } catch (IOException e) {
      throw e instanceof SpdyException own ? own : new SpdyException("a header block cut short");
    }
  }

  /** Packs a block. */
  byte[] pack(Map<String, String> headers) {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(plain)) {
      out.writeInt(headers.size());
      for (Map.Entry<String, String> header : headers.entrySet()) {
        for (String each : new String[] {header.getKey(), header.getValue()}) {
          byte[] bytes = each.getBytes(StandardCharsets.UTF_8);
          out.writeInt(bytes.length);
          out.write(bytes);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory cannot fail", e);
    }
    return deflate(plain.toByteArray());
  }

  /** Frees the memory of the thread that unpacks. */
  void closeUnpacking() {
    inflater.end();
  }

  /** Frees the memory of the thread that packs. */
  void closePacking() {
    deflater.end();
  }

  private byte[] deflate(byte[] plain) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] buffer = new byte[1024];
    deflater.setInput(plain);
    int count;
    do {
      count = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
      packed.write(buffer, 0, count);
    } while (count == buffer.length);
    return packed.toByteArray();
  }

  private byte[] inflate(byte[] block) throws SpdyException {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    byte[] buffer = new byte[4096];
    inflater.setInput(block);
    try {
      while (true) {
        int count = inflater.inflate(buffer);
        plain.write(buffer, 0, count);
        if (plain.size() > BYTES_MAX) {
          throw new SpdyException("a header block of more than " + BYTES_MAX + " bytes");
        }
        if (count == 0 && inflater.needsDictionary()) {
          inflater.setDictionary(SpdyDictionary.BYTES);
        } else if (count == 0) {
          return plain.toByteArray();
        }
      }
    } catch (DataFormatException | IllegalArgumentException e) {
      throw new SpdyException("a header block that cannot be unpacked");
    }
  }

  private static String string(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new SpdyException("a header block with a string of " + length + " bytes");
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
