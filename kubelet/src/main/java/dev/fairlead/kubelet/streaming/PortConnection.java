package dev.fairlead.kubelet.streaming;

import dev.fairlead.http.stream.ByteStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies between a stream and a socket, both ways at once. The end of one direction ends that
 * direction on the other side and leaves the other direction open.
 */
final class PortConnection {
  private static final Logger log = LoggerFactory.getLogger(PortConnection.class);
  private static final int BUFFER_BYTES = 32 * 1024;

  private PortConnection() {}

  /**
   * Copies until both directions have ended, or the pod's has and the client has gone on for too
   * long; closes the socket.
   *
   * @param linger how long a client goes on when the pod has ended
   */
  static void run(Socket socket, ByteStream stream, Duration linger)
      throws InterruptedException, IOException {
    try (socket) {
      Thread toPod = Thread.ofVirtual().name("port-forward-in").start(() -> toPod(socket, stream));
      toClient(socket, stream);
      if (!toPod.join(linger)) {
        stream.in().close();
      }
    }
  }

  private static void toPod(Socket socket, ByteStream stream) {
    try (InputStream in = stream.in()) {
      OutputStream out = socket.getOutputStream();
      copy(in, out);
      socket.shutdownOutput();
    } catch (IOException e) {
      // One of the two has gone for good; without the socket the other direction ends, too.
      log.debug("to the pod: {}", e.getMessage());
      closeQuietly(socket);
    }
  }

  private static void toClient(Socket socket, ByteStream stream) {
    try {
      copy(socket.getInputStream(), stream.out());
    } catch (IOException e) {
      log.debug("to the client: {}", e.getMessage());
      closeQuietly(socket);
    }
    try {
      stream.out().close();
    } catch (IOException e) {
      log.debug("to the client: {}", e.getMessage());
    }
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      out.write(buffer, 0, count);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      log.debug("close: {}", e.getMessage());
    }
  }
}
