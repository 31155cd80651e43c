package dev.fairlead.kubelet.probe;

import dev.fairlead.api.view.Handler;
import dev.fairlead.http.AnyCertificate;
import dev.fairlead.kubelet.network.NodeNetwork;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.IntPredicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 GET over a connection of its own, whose socket is opened in the node's namespace.
 * Redirects to the same host are followed, others count as success; certificates are not verified
 * (upstream: {@code pkg/probe/http}).
 */
final class HttpProbe {
  private static final int REDIRECTS_MAX = 10;
  private static final SSLContext TLS = AnyCertificate.context();
  private static final int HEAD_BYTES_MAX = 64 * 1024;
  static final String AGENT = "kube-probe/1.33";

  private final NodeNetwork network;
  private final Duration timeout;
  private final IntPredicate content;

  private record Response(int code, @Nullable String location) {}

  /**
   * Asks of the kind.
   *
   * @param content whether a status code is a success
   */
  HttpProbe(NodeNetwork network, Duration timeout, IntPredicate content) {
    this.network = network;
    this.timeout = timeout;
    this.content = content;
  }

  Answer get(Handler.HttpGet probe, String host, int port) {
    String path = probe.path().startsWith("/") ? probe.path() : "/" + probe.path();
    String scheme = probe.scheme().toLowerCase(Locale.ROOT);
    URI first;
    try {
      first = URI.create("%s://%s:%d%s".formatted(scheme, host, port, path));
    } catch (IllegalArgumentException e) {
      return Answer.error("invalid URL: " + e.getMessage());
    }
    URI at = first;
    for (int hop = 0; hop <= REDIRECTS_MAX; hop++) {
      Response response;
      try {
        response = fetch(probe, at);
      } catch (IOException e) {
        return Answer.failure("Get \"%s\": %s".formatted(at, why(at, e)));
      }
      URI next = redirect(at, response);
      if (next == null || !Objects.equals(next.getHost(), first.getHost())) {
        return verdict(response.code());
      }
      at = next;
    }
    return Answer.failure("Get \"%s\": stopped after 10 redirects".formatted(at));
  }

  private Answer verdict(int code) {
    return content.test(code)
        ? Answer.success("HTTP probe succeeded")
        : Answer.failure("HTTP probe failed with statuscode: " + code);
  }

  private static @Nullable URI redirect(URI at, Response response) {
    String location = response.location();
    boolean redirects = response.code() >= 300 && response.code() < 400;
    if (!redirects || location == null || response.code() == 304) {
      return null;
    }
    try {
      return at.resolve(location);
    } catch (IllegalArgumentException e) {
      return null; // a redirect to nowhere is still an answer
    }
  }

  private static String why(URI at, IOException e) {
    return e instanceof SocketTimeoutException
        ? "context deadline exceeded (Client.Timeout exceeded while awaiting headers)"
        : e instanceof java.net.ConnectException || e instanceof java.net.NoRouteToHostException
            ? Prober.dial(at.getHost(), port(at), e)
            : String.valueOf(e.getMessage());
  }

  private static int port(URI uri) {
    if (uri.getPort() > 0) {
      return uri.getPort();
    }
    return "https".equals(uri.getScheme()) ? 443 : 80;
  }

  private Response fetch(Handler.HttpGet probe, URI uri) throws IOException {
    long deadline = System.nanoTime() + timeout.toNanos();
    try (SocketChannel channel = network.openSocket()) {
      Prober.open(channel, uri.getHost(), port(uri), timeout);
      Socket plain = channel.socket();
      plain.setSoTimeout(left(deadline));
      Socket socket = "https".equals(uri.getScheme()) ? secured(plain, uri) : plain;
      socket.getOutputStream().write(request(probe, uri).getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return head(new BufferedInputStream(socket.getInputStream()), plain, deadline);
    }
  }

  private static Socket secured(Socket plain, URI uri) throws IOException {
    SSLSocket socket =
        (SSLSocket) TLS.getSocketFactory().createSocket(plain, uri.getHost(), port(uri), true);
    socket.startHandshake();
    return socket;
  }

  private static String request(Handler.HttpGet probe, URI uri) {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    StringBuilder request = new StringBuilder();
    request.append("GET ").append(path).append(query).append(" HTTP/1.1\r\n");
    field(request, probe, "Host", uri.getRawAuthority());
    field(request, probe, "User-Agent", AGENT);
    field(request, probe, "Accept", "*/*");
    for (Handler.Header header : probe.headers()) {
      boolean own = header.name().equalsIgnoreCase("Connection");
      if (!own && !header.value().isEmpty()) {
        request.append(header.name()).append(": ").append(header.value()).append("\r\n");
      }
    }
    return request.append("Connection: close\r\n\r\n").toString();
  }

  /** Adds a default unless the probe names the header itself; naming it empty leaves it out. */
  private static void field(
      StringBuilder request, Handler.HttpGet probe, String name, String value) {
    boolean named = probe.headers().stream().anyMatch(each -> each.name().equalsIgnoreCase(name));
    if (!named) {
      request.append(name).append(": ").append(value).append("\r\n");
    }
  }

  private static Response head(InputStream in, Socket socket, long deadline) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n") && !head.toString().endsWith("\n\n")) {
      socket.setSoTimeout(left(deadline));
      int each = in.read();
      if (each < 0 && head.isEmpty()) {
        throw new IOException("EOF");
      }
      if (each < 0 || head.length() > HEAD_BYTES_MAX) {
        break;
      }
      head.append((char) each);
    }
    String[] lines = head.toString().split("\r?\n", -1);
    String[] status = lines[0].split(" ", 3);
    if (status.length < 2 || !status[0].startsWith("HTTP/") || !status[1].matches("[0-9]{3}")) {
      throw new IOException("malformed HTTP response \"" + lines[0] + "\"");
    }
    return new Response(Integer.parseInt(status[1]), location(lines));
  }

  private static @Nullable String location(String[] lines) {
    for (String line : lines) {
      if (line.regionMatches(true, 0, "location:", 0, 9)) {
        return line.substring(9).strip();
      }
    }
    return null;
  }

  private static int left(long deadline) throws SocketTimeoutException {
    long millis = (deadline - System.nanoTime()) / 1_000_000;
    if (millis <= 0) {
      throw new SocketTimeoutException("timed out");
    }
    return (int) Math.min(millis, Integer.MAX_VALUE);
  }
}
