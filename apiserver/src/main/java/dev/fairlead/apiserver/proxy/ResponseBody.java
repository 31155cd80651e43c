package dev.fairlead.apiserver.proxy;

import dev.fairlead.apiserver.backend.ResponseHead;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;

/** Passes an answer's body on; the links of HTML are rewritten, also when it is compressed. */
record ResponseBody(ResponseHead head, Links links) {
  private static final int BUFFER_BYTES = 64 * 1024;

  /** Whether the body is changed on its way, so that its length is not known. */
  boolean rewritten() {
    String type = head.first("Content-Type").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    boolean readable =
        switch (encoding()) {
          case "", "gzip", "deflate" -> true;
          default -> false;
        };
    return readable && type.equals("text/html") && head.first("Location").isEmpty();
  }

  void pass(InputStream in, OutputStream out) throws IOException {
    if (rewritten()) {
      rewrite(in, out);
      return;
    }
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      out.write(buffer, 0, count);
      out.flush();
    }
  }

  private void rewrite(InputStream in, OutputStream out) throws IOException {
    InputStream plain = new BufferedInputStream(decoded(in), BUFFER_BYTES);
    OutputStream encoded = new BufferedOutputStream(encoded(out), BUFFER_BYTES);
    new HtmlStream(plain, encoded, links::rewrite).copy();
    encoded.close(); // Not after a failure: the client must not take half a page for a whole one.
  }

  private InputStream decoded(InputStream in) throws IOException {
    return switch (encoding()) {
      case "gzip" -> new GZIPInputStream(in);
      case "deflate" -> new InflaterInputStream(in);
      default -> in;
    };
  }

  private OutputStream encoded(OutputStream out) throws IOException {
    return switch (encoding()) {
      case "gzip" -> new GZIPOutputStream(out);
      case "deflate" -> new DeflaterOutputStream(out);
      default -> out;
    };
  }

  private String encoding() {
    return head.first("Content-Encoding").strip().toLowerCase(Locale.ROOT);
  }
}
