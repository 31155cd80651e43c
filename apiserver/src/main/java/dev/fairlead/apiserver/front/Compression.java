package dev.fairlead.apiserver.front;

import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpExchange.Header;
import dev.fairlead.http.HttpRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Compresses large answers for those who take gzip. */
public final class Compression {
  /** Shorter answers are not worth it. */
  static final int BYTES_MIN = 128 * 1024;

  private Compression() {}

  /** Whether the client takes gzip: named, and not with a quality of zero. */
  public static boolean isWanted(HttpRequest request) {
    for (String header : request.headers().getOrDefault("accept-encoding", List.of())) {
      for (String part : header.split(",")) {
        MediaType coding = MediaType.parse(part);
        if (coding.name().equals("gzip")) {
          return coding.quality() > 0;
        }
      }
    }
    return false;
  }

  /** Answers with a body that is there. */
  public static void respond(HttpExchange exchange, int status, List<Header> headers, byte[] bytes)
      throws IOException {
    if (bytes.length < BYTES_MIN || !isWanted(exchange.request())) {
      exchange.respond(status, headers, bytes);
      return;
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 4);
    try (GZIPOutputStream out = new Packed(packed)) {
      out.write(bytes);
    }
    exchange.respond(status, packed(headers), packed.toByteArray());
  }

  /** Answers with a large body that is still to come. */
  static OutputStream stream(HttpExchange exchange, int status, List<Header> headers)
      throws IOException {
    return isWanted(exchange.request())
        ? new Packed(exchange.stream(status, packed(headers)))
        : exchange.stream(status, headers);
  }

  private static List<Header> packed(List<Header> headers) {
    List<Header> all = new ArrayList<>(headers);
    all.add(new Header("Content-Encoding", "gzip"));
    all.add(new Header("Vary", "Accept-Encoding"));
    return all;
  }

  /** As upstream: time matters more than the last bytes. */
  static final class Packed extends GZIPOutputStream {
    Packed(OutputStream out) throws IOException {
      super(out, 16 * 1024);
      def.setLevel(Deflater.BEST_SPEED);
    }

    /** Frees what is not on the heap, and ends nothing. */
    void drop() {
      def.end();
    }
  }
}
