package dev.fairlead.kubelet.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.http.stream.ByteStream;
import dev.fairlead.http.stream.StreamInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PortConnectionTest {
  private final StreamInput sent = new StreamInput();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  @AutoClose private ServerSocket door;

  private final ByteStream client =
      new ByteStream() {
        @Override
        public @Nullable String header(String name) {
          return null;
        }

        @Override
        public InputStream in() {
          return sent;
        }

        @Override
        public OutputStream out() {
          return received;
        }

        @Override
        public void reset() {
          sent.close();
        }
      };

  @BeforeEach
  void open() throws IOException {
    door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  /** What the pod does with its one connection. */
  private interface Pod {
    void serve(Socket socket) throws IOException;
  }

  private void run(Pod pod, Duration linger) throws IOException, InterruptedException {
    Thread server =
        Thread.ofVirtual()
            .start(() -> {
              try (Socket socket = door.accept()) {
                pod.serve(socket);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    PortConnection.run(new Socket(door.getInetAddress(), door.getLocalPort()), client, linger);
    server.join();
  }

  @Test
  void whenThePodHasEnded_aClientThatGoesOnIsCutOff() throws Exception {
    run(socket -> socket.getOutputStream().write(ascii("bye")), Duration.ofMillis(1));
    assertThat(received.toByteArray()).isEqualTo(ascii("bye"));
    assertThatThrownBy(sent::read).hasMessage("the stream is closed");
  }

  @Test
  void whenTheClientHasEnded_thePodAnswersAllTheSame() throws Exception {
    sent.offer(ascii("hello"));
    sent.end();
    run(
        socket -> socket.getOutputStream().write(socket.getInputStream().readAllBytes()),
        Duration.ofMillis(1));
    assertThat(received.toByteArray()).isEqualTo(ascii("hello"));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
