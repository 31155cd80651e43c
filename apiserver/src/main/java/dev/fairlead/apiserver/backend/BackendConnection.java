package dev.fairlead.apiserver.backend;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection for one request, its answer, and whatever an upgrade makes of it then. The JDK's
 * client neither upgrades to foreign protocols nor passes on a {@code Host}. One thread reads and
 * one writes; any may close.
 */
public final class BackendConnection implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BackendConnection.class);
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Socket raw;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  private BackendConnection(Socket raw, Socket socket) throws IOException {
    this.raw = raw;
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    this.out = socket.getOutputStream();
  }

  /**
   * Connects.
   *
   * @throws IOException worded as Go does, for example {@code dial tcp 10.112.1.5:80: connect:
   *     connection refused}
   */
  public static BackendConnection open(Backend backend, Duration connectMax) throws IOException {
    Socket raw = new Socket();
    try {
      raw.setTcpNoDelay(true);
      raw.setKeepAlive(true);
      raw.connect(
          new InetSocketAddress(backend.host(), backend.port()), (int) connectMax.toMillis());
    } catch (IOException e) {
      raw.close();
      throw new IOException(DialError.text(backend.authority(), e), e);
    }
    try {
      SSLContext tls = backend.tls();
      return new BackendConnection(raw, tls == null ? raw : secured(raw, backend, tls));
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  private static Socket secured(Socket raw, Backend backend, SSLContext tls) throws IOException {
    SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(raw, backend.host(), backend.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    if (backend.verified()) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    parameters.setApplicationProtocols(new String[] {"http/1.1"});
    socket.setSSLParameters(parameters);
    return socket;
  }

  /** Sends the head of the request. */
  public void send(RequestHead head) throws IOException {
    out.write(head.bytes());
    out.flush();
  }

  /**
   * Reads the head of the answer; interim answers but 101 are skipped.
   *
   * @param quietMax how long the backend may say nothing, from here on
   */
  public ResponseHead answer(Duration quietMax) throws IOException {
    raw.setSoTimeout((int) quietMax.toMillis());
    ResponseHead head = ResponseHead.read(in);
    for (int interim = 0; head.status() < 200 && head.status() != 101; interim++) {
      if (interim == 10) {
        throw new IOException("too many 1xx informational responses");
      }
      head = ResponseHead.read(in);
    }
    return head;
  }

  /** The body of the answer to a request of this method. */
  public InputStream body(String method, ResponseHead head) throws IOException {
    return BodyInput.of(in, method, head);
  }

  /** After an upgrade there is no bound on silence. */
  public void upgraded() throws IOException {
    raw.setSoTimeout(0);
  }

  /** The bytes that come, after the head: a body with its framing, or those of an upgrade. */
  public InputStream in() {
    return in;
  }

  /** The bytes that go. */
  public OutputStream out() {
    return out;
  }

  /** Says that nothing more will be sent. */
  public void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Closes the connection and drops what the backend has not taken yet, so that it notices. */
  public void cut() {
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
}
