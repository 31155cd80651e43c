package dev.fairlead.apiserver.proxy;

import dev.fairlead.apiserver.backend.BackendConnection;
import dev.fairlead.http.BodyTooLargeException;
import dev.fairlead.http.HttpExchange.Header;
import dev.fairlead.http.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes a request's body on while the answer may already be coming. It goes on a thread of its own
 * and ends when it is sent, or when either connection is gone.
 */
final class RequestBody {
  private static final Logger log = LoggerFactory.getLogger(RequestBody.class);
  private static final int BUFFER_BYTES = 64 * 1024;

  private final PushbackInputStream in;
  private final List<Header> framing;
  private volatile @Nullable BodyTooLargeException tooLarge;

  private RequestBody(PushbackInputStream in, List<Header> framing) {
    this.in = in;
    this.framing = framing;
  }

  /** The body of a request; waits for its first byte when its length is not given. */
  static RequestBody of(HttpRequest request) throws IOException {
    PushbackInputStream in = new PushbackInputStream(request.body());
    String length = request.header("content-length");
    if (length != null) {
      return new RequestBody(in, List.of(new Header("Content-Length", length)));
    }
    int first = in.read();
    if (first < 0) {
      boolean zero = List.of("POST", "PUT", "PATCH").contains(request.method());
      return new RequestBody(in, zero ? List.of(new Header("Content-Length", "0")) : List.of());
    }
    in.unread(first);
    return new RequestBody(in, List.of(new Header("Transfer-Encoding", "chunked")));
  }

  /** The header fields that frame it. */
  List<Header> framing() {
    return framing;
  }

  /** Why it could not be read; null when it could, or is still being read. */
  @Nullable BodyTooLargeException tooLarge() {
    return tooLarge;
  }

  /** Starts to send it. */
  void send(BackendConnection backend) {
    if (framing.isEmpty() || framing.getFirst().value().equals("0")) {
      return;
    }
    boolean chunked = framing.getFirst().name().equals("Transfer-Encoding");
    Thread.ofVirtual()
        .name("proxy-body")
        .start(() -> {
          try {
            copy(in, backend.out(), chunked);
          } catch (BodyTooLargeException e) {
            tooLarge = e;
            backend.cut();
          } catch (IOException e) {
            // The backend may have answered without reading on; if not, its answer will be missed.
            log.debug("request body: {}", e.getMessage());
          }
        });
  }

  private static void copy(InputStream in, OutputStream out, boolean chunked) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      if (chunked) {
        out.write(ascii(Integer.toHexString(count) + "\r\n"));
      }
      out.write(buffer, 0, count);
      if (chunked) {
        out.write(ascii("\r\n"));
      }
      out.flush();
    }
    if (chunked) {
      out.write(ascii("0\r\n\r\n"));
      out.flush();
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
