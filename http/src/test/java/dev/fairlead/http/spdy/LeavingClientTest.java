package dev.fairlead.http.spdy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpServer;
import dev.fairlead.http.HttpServerSettings;
import dev.fairlead.http.stream.ByteStream;
import dev.fairlead.http.stream.StreamConnection;
import dev.fairlead.http.websocket.ChannelConnection;
import dev.fairlead.http.websocket.Handshake;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody reads a stream that the client fills; its leaving is noticed all the same. */
@Timeout(60)
class LeavingClientTest {
  private static final int FRAME_BYTES = 60_000;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void endsTheConnection_whileNobodyReads(boolean webSocket) throws Exception {
    CountDownLatch full = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    try (HttpServer server =
        new HttpServer(
            "test",
            HttpServerSettings.DEFAULT,
            null,
            exchange -> {
              try (StreamConnection connection = connection(exchange, webSocket)) {
                ByteStream stream = connection.accept();
                connection.onEnd(ended::countDown);
                await().until(() -> stream.in().available() >= FRAME_BYTES);
                full.countDown();
                ended.await();
              }
            })) {
      InetSocketAddress address =
          server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Socket socket = new Socket(address.getAddress(), address.getPort());
      Thread flood = Thread.ofVirtual().start(() -> flood(socket, webSocket));
      assertThat(full.await(30, TimeUnit.SECONDS)).isTrue();
      socket.close();
      flood.join();
      assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static StreamConnection connection(HttpExchange exchange, boolean webSocket)
      throws IOException {
    return webSocket
        ? ChannelConnection.start(Handshake.accept(exchange, null), List.of(Map.of()), false)
        : SpdyConnection.start(exchange.upgrade(List.of()));
  }

  /** Opens a stream and sends to it until the socket is closed. */
  private static void flood(Socket socket, boolean webSocket) {
    byte[] data = new byte[FRAME_BYTES];
    try {
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeBytes(
          """
          POST / HTTP/1.1
          Host: test
          Connection: Upgrade
          Upgrade: websocket
          Sec-WebSocket-Version: 13
          Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==

          """
              .replace("\n", "\r\n"));
      awaitHead(socket.getInputStream());
      if (!webSocket) {
        openStream(out);
      }
      while (!socket.isClosed()) {
        if (webSocket) {
          out.writeShort(0x82fe);
          out.writeShort(FRAME_BYTES);
          out.writeInt(0);
        } else {
          out.writeInt(1);
          out.writeInt(FRAME_BYTES);
        }
        out.write(data);
      }
    } catch (IOException e) {
      assertThat(socket.isClosed()).isTrue();
    }
  }

  /** The server speaks HTTP until it has answered. */
  private static void awaitHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
  }

  private static void openStream(DataOutputStream out) throws IOException {
    byte[] block = new HeaderBlocks().pack(Map.of());
    out.writeShort(0x8003);
    out.writeShort(FrameWriter.SYN_STREAM);
    out.writeInt(10 + block.length);
    out.writeInt(1);
    out.writeInt(0);
    out.writeShort(0);
    out.write(block);
  }
}
