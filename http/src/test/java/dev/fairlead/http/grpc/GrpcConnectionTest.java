package dev.fairlead.http.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.http.testing.FakeGrpcServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GrpcConnectionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static GrpcReply call(int port, Duration timeout) throws IOException {
    long deadline = System.nanoTime() + timeout.toNanos();
    try (GrpcConnection connection =
        GrpcConnection.open(new Socket(InetAddress.ofLiteral("127.0.0.1"), port), deadline)) {
      return connection.call("a:1", "/x.Y/Z", "test/1", new byte[] {1, 2, 3});
    }
  }

  private static GrpcReply answered(BiFunction<String, byte[], @Nullable GrpcReply> answer)
      throws IOException {
    try (FakeGrpcServer server = FakeGrpcServer.start(answer)) {
      return call(server.port(), PATIENCE);
    }
  }

  @Test
  void theMessageGoesThereAndTheAnswerComesBack() throws IOException {
    GrpcReply reply =
        answered((path, message) ->
            new GrpcReply(
                GrpcCode.OK, "", (path + message.length).getBytes(StandardCharsets.UTF_8)));
    assertThat(reply.code()).isEqualTo(GrpcCode.OK);
    assertThat(new String(reply.message(), StandardCharsets.UTF_8)).isEqualTo("/x.Y/Z3");
  }

  @Test
  void aStatusIsTakenWithItsTextDecoded() throws IOException {
    GrpcReply reply = answered((path, message) -> GrpcReply.failed(5, "no%20such+thing"));
    assertThat(reply.code()).isEqualTo(5);
    assertThat(reply.text()).isEqualTo("no such+thing");
    assertThat(GrpcCode.name(reply.code())).isEqualTo("NotFound");
    assertThat(GrpcCode.name(99)).isEqualTo("Code(99)");
  }

  @Test
  void aMessageOfAnySizeIsNotTaken() throws IOException {
    GrpcReply reply = answered((path, message) -> new GrpcReply(GrpcCode.OK, "", new byte[40_000]));
    assertThat(reply.code()).isEqualTo(GrpcCode.RESOURCE_EXHAUSTED);
  }

  @Test
  void silenceEndsWithTheDeadline() throws IOException {
    theMessageGoesThereAndTheAnswerComesBack(); // Loads the classes before the deadline counts.
    try (FakeGrpcServer server = FakeGrpcServer.start((path, message) -> null)) {
      assertThat(call(server.port(), Duration.ofSeconds(5)).code())
          .isEqualTo(GrpcCode.DEADLINE_EXCEEDED);
    }
  }

  @Test
  void whoSpeaksNoHttp2IsNotConnectedTo() throws IOException {
    for (String greeting : new String[] {"HTTP/1.1 400 Bad Request\r\n\r\n", ""}) {
      try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
        Thread.ofPlatform().daemon().start(() -> greet(server, greeting));
        assertThatThrownBy(() -> call(server.getLocalPort(), PATIENCE))
            .isInstanceOf(IOException.class);
      }
    }
  }

  /** Says one thing and hangs up. */
  private static void greet(ServerSocket server, String greeting) {
    try (Socket client = server.accept()) {
      client.getOutputStream().write(greeting.getBytes(StandardCharsets.US_ASCII));
      client.shutdownOutput();
      long _ = client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      assertThat(e).isNotNull(); // The client may be gone already.
    }
  }
}
