package dev.fairlead.kubelet.pod;

import dev.fairlead.linux.NetworkNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;

/** Connects to {@code localhost} inside a network namespace, IPv4 first. */
final class LoopbackDialer {
  private static final int CONNECT_MILLIS_MAX = 10_000;

  private LoopbackDialer() {}

  /**
   * Connects.
   *
   * @throws IOException in the words of upstream's container runtimes
   */
  static Socket dial(NetworkNamespace namespace, int port) throws IOException {
    try {
      return connect(namespace, "127.0.0.1", port);
    } catch (IOException v4) {
      try {
        return connect(namespace, "::1", port);
      } catch (IOException v6) {
        throw new IOException(
            "failed to connect to localhost:%d inside namespace \"%s\", IPv4: dial tcp4 127.0.0.1:%d: %s IPv6: dial tcp6 [::1]:%d: %s"
                .formatted(port, namespace.name(), port, reason(v4), port, reason(v6)),
            v4);
      }
    }
  }

  private static Socket connect(NetworkNamespace namespace, String address, int port)
      throws IOException {
    InetSocketAddress target = new InetSocketAddress(InetAddress.ofLiteral(address), port);
    return namespace.call(() -> {
      Socket socket = new Socket();
      try {
        socket.connect(target, CONNECT_MILLIS_MAX);
        socket.setTcpNoDelay(true);
        return socket;
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    });
  }

  private static String reason(IOException e) {
    return "connect: " + String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
  }
}
