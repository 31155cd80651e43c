package dev.fairlead.apiserver.streams;

import dev.fairlead.apiserver.logs.KubeletAddress;
import dev.fairlead.http.HttpExchange.Header;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP/1.1 request for an upgrade to a kubelet, its answer, and the connection after that. The
 * JDK's client cannot upgrade to foreign protocols.
 */
final class KubeletConnection implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KubeletConnection.class);
  private static final int CONNECT_MILLIS_MAX = 5_000;
  private static final int ANSWER_MILLIS_MAX = 30_000;
  private static final int HEAD_BYTES_MAX = 64 * 1024;
  private static final int BODY_BYTES_MAX = 64 * 1024;

  private final Socket raw;
  private final SSLSocket socket;
  private final InputStream in;
  private final OutputStream out;
  private final int status;
  private final List<Header> headers = new ArrayList<>();

  private KubeletConnection(Socket raw, SSLSocket socket, String request) throws IOException {
    this.raw = raw;
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
    this.out = socket.getOutputStream();
    out.write(request.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    List<String> lines = head().lines().toList();
    this.status = status(lines.getFirst());
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.add(new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
      }
    }
  }

  /**
   * Sends the request and reads the head of the answer.
   *
   * @param path with its query
   */
  static KubeletConnection open(
      SSLContext tls, KubeletAddress kubelet, String method, String path, List<Header> headers)
      throws IOException {
    Socket raw = new Socket();
    try {
      raw.setTcpNoDelay(true);
      raw.setKeepAlive(true);
      raw.connect(new InetSocketAddress(kubelet.host(), kubelet.port()), CONNECT_MILLIS_MAX);
      raw.setSoTimeout(ANSWER_MILLIS_MAX);
      SSLSocket socket =
          (SSLSocket)
              tls.getSocketFactory().createSocket(raw, kubelet.host(), kubelet.port(), true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setApplicationProtocols(new String[] {"http/1.1"});
      socket.setSSLParameters(parameters);
      KubeletConnection connection =
          new KubeletConnection(raw, socket, request(method, path, kubelet, headers));
      raw.setSoTimeout(0);
      return connection;
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  private static String request(
      String method, String path, KubeletAddress kubelet, List<Header> headers) {
    StringBuilder text = new StringBuilder();
    text.append("%s %s HTTP/1.1\r\nHost: %s\r\n".formatted(method, path, kubelet.authority()));
    text.append("Connection: Upgrade\r\n");
    headers.forEach(
        header -> text.append(header.name()).append(": ").append(header.value()).append("\r\n"));
    if (method.equals("POST")) {
      text.append("Content-Length: 0\r\n");
    }
    return text.append("\r\n").toString();
  }

  int status() {
    return status;
  }

  /** The header fields of these names, with the names as given. */
  List<Header> headers(List<String> names) {
    List<Header> found = new ArrayList<>();
    for (String name : names) {
      headers.stream()
          .filter(header -> header.name().equalsIgnoreCase(name))
          .forEach(header -> found.add(new Header(name, header.value())));
    }
    return found;
  }

  /** The body of a refusal, cut at a bound. */
  byte[] body() throws IOException {
    int length =
        headers(List.of("Content-Length")).stream()
            .map(header -> Integer.parseInt(header.value()))
            .findFirst()
            .orElse(BODY_BYTES_MAX);
    return in.readNBytes(Math.min(length, BODY_BYTES_MAX));
  }

  InputStream in() {
    return in;
  }

  OutputStream out() {
    return out;
  }

  void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Closes the connection and drops what the kubelet has not taken yet, so that it notices. */
  void cut() {
    try {
      raw.setSoLinger(true, 0);
    } catch (IOException e) {
      log.debug("cut: {}", e.getMessage());
    }
    close();
  }

  /** Closes the connection under TLS, so that nobody who reads or writes can delay it. */
  @Override
  public void close() {
    try {
      raw.close();
    } catch (IOException e) {
      log.debug("close: {}", e.getMessage());
    }
  }

  private String head() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int ends = 0;
    while (ends < 2) {
      int each = in.read();
      if (each < 0) {
        throw new EOFException("the kubelet closed the connection");
      }
      if (head.size() == HEAD_BYTES_MAX) {
        throw new IOException("the kubelet's answer has no end");
      }
      head.write(each);
      ends = each == '\n' ? ends + 1 : each == '\r' ? ends : 0;
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static int status(String line) throws IOException {
    String[] words = line.split(" ", 3);
    try {
      return Integer.parseInt(words.length > 1 ? words[1] : "");
    } catch (NumberFormatException e) {
      throw new IOException("malformed answer \"" + line + "\"", e);
    }
  }
}
