package dev.fairlead.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many who say nothing do not keep others from being answered, and are closed in the end. */
@Timeout(60)
class IdleConnectionsTest {
  private static final int CONNECTIONS = 1000;
  private static final byte[] GET =
      "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  @Test
  void aThousandIdleConnectionsAreHeldAndClosed() throws Exception {
    HttpServerSettings settings =
        HttpServerSettings.DEFAULT.withTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(2));
    try (HttpServer server =
        new HttpServer(
            "test",
            settings,
            null,
            exchange -> exchange.respond(200, List.of(), new byte[] {'!'}))) {
      InetSocketAddress address =
          server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      List<SocketChannel> idle = new ArrayList<>();
      try {
        for (int i = 0; i < CONNECTIONS; i++) {
          SocketChannel channel = SocketChannel.open(address);
          idle.add(channel);
          assertThat(answer(channel)).startsWith("HTTP/1.1 200").endsWith("!");
        }
        for (SocketChannel channel : idle) {
          assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
      } finally {
        for (SocketChannel channel : idle) {
          channel.close();
        }
      }
    }
  }

  private static String answer(SocketChannel channel) throws IOException {
    channel.write(ByteBuffer.wrap(GET));
    ByteBuffer answer = ByteBuffer.allocate(1024);
    while (answer.position() == 0 || answer.get(answer.position() - 1) != '!') {
      if (channel.read(answer) < 0) {
        break;
      }
    }
    return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
  }
}
