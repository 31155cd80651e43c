package dev.fairlead.http;

import static dev.fairlead.http.Http2Peer.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer that means harm gets out of an HTTP/2 connection: an end. */
@Timeout(60)
class Http2BoundsTest {
  private static final TestCertificates CERTIFICATES = new TestCertificates();
  private static final int ENHANCE_YOUR_CALM = 11;
  private static final int REFUSED_STREAM = 7;
  private static final int COMPLETE = Http2Peer.END_HEADERS | Http2Peer.END_STREAM;

  private final AtomicInteger handled = new AtomicInteger();
  @AutoClose private HttpServer server;
  private InetSocketAddress address;

  @Test
  void rapidResetsEndTheConnection() throws Exception {
    start(HttpServerSettings.DEFAULT, this::hello);
    try (Http2Peer peer = peer()) {
      ByteArrayOutputStream attack = new ByteArrayOutputStream();
      for (int stream = 1; stream < 4000; stream += 2) {
        attack.writeBytes(frame(Http2Peer.HEADERS, COMPLETE, stream, Http2Peer.GET));
        attack.writeBytes(frame(Http2Peer.RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8}));
      }
      assertThatTheServerEnds(peer, attack.toByteArray());
    }
    assertThat(handled.get()).isLessThan(500);
  }

  @Test
  void noMoreStreamsThanAllowedRunAtOnce() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    HttpServerSettings defaults = HttpServerSettings.DEFAULT;
    HttpServerSettings two =
        new HttpServerSettings(
            defaults.headerBytesMax(),
            defaults.headersMax(),
            defaults.bodyBytesMax(),
            defaults.headerTimeout(),
            defaults.idleTimeout(),
            defaults.connectionsMax(),
            2,
            1);
    start(
        two,
        exchange -> {
          handled.incrementAndGet();
          end.await();
          exchange.respond(200, List.of(), new byte[0]);
        });
    try (Http2Peer peer = peer()) {
      for (int stream = 1; stream <= 5; stream += 2) {
        peer.send(frame(Http2Peer.HEADERS, COMPLETE, stream, Http2Peer.GET));
      }
      Http2Peer.Frame refused = peer.read();
      while (refused.type() != Http2Peer.RST_STREAM) {
        refused = peer.read();
      }
      assertThat(refused.stream()).isEqualTo(5);
      assertThat(refused.error()).isEqualTo(REFUSED_STREAM);
      end.countDown();
    }
    assertThat(handled.get()).isLessThanOrEqualTo(2);
  }

  @Test
  void aHeaderListPastTheBoundNeverReachesTheHandler() throws Exception {
    start(HttpServerSettings.DEFAULT, this::hello);
    try (Http2Peer peer = peer()) {
      ByteArrayOutputStream block = new ByteArrayOutputStream();
      block.writeBytes(Http2Peer.GET);
      block.writeBytes(new byte[] {0x00, 1, 'a', 0x7f, (byte) 0x81, 0x7e}); // 16,000 bytes follow
      byte[] first = block.toByteArray();
      byte[] part = new byte[16_000];
      java.util.Arrays.fill(part, (byte) 'v');
      peer.send(frame(Http2Peer.HEADERS, Http2Peer.END_STREAM, 1, first));
      for (int i = 0; i < 10; i++) {
        try {
          peer.send(frame(Http2Peer.CONTINUATION, i == 9 ? Http2Peer.END_HEADERS : 0, 1, part));
        } catch (IOException e) {
          break; // It has had enough already.
        }
      }
      List<Http2Peer.Frame> answers = peer.readAll();
      assertThat(answers)
          .anyMatch(each ->
              each.type() == Http2Peer.GOAWAY
                  || each.type() == Http2Peer.RST_STREAM
                  || each.type() == Http2Peer.HEADERS);
    }
    assertThat(handled.get()).isZero();
  }

  @Test
  void a431IsTheLastWordOnItsStream() throws Exception {
    start(HttpServerSettings.DEFAULT, this::hello);
    try (Http2Peer peer = peer()) {
      ByteArrayOutputStream block = new ByteArrayOutputStream();
      block.writeBytes(Http2Peer.GET);
      block.writeBytes(
          new byte[] {0x00, 1, 'a', 0x7f, (byte) 0xf1, (byte) 0xa1, 4}); // 70,000 bytes
      byte[] part = new byte[14_000];
      java.util.Arrays.fill(part, (byte) 'v');
      peer.send(frame(Http2Peer.HEADERS, Http2Peer.END_STREAM, 1, block.toByteArray()));
      for (int i = 0; i < 5; i++) {
        peer.send(frame(Http2Peer.CONTINUATION, i == 4 ? Http2Peer.END_HEADERS : 0, 1, part));
      }
      peer.send(frame(Http2Peer.HEADERS, COMPLETE, 3, Http2Peer.GET));
      List<Http2Peer.Frame> refused = new ArrayList<>();
      Http2Peer.Frame next = peer.read();
      while (next.stream() != 3) {
        if (next.stream() == 1) {
          refused.add(next);
        }
        next = peer.read();
      }
      assertThat(refused)
          .singleElement()
          .satisfies(answer -> {
            assertThat(answer.type()).isEqualTo(Http2Peer.HEADERS);
            assertThat(answer.flags() & Http2Peer.END_STREAM).isEqualTo(Http2Peer.END_STREAM);
          });
    }
    assertThat(handled.get()).isOne();
  }

  @ParameterizedTest
  @ValueSource(ints = {Http2Peer.PING, Http2Peer.SETTINGS})
  void aFloodWhoseAnswersNobodyReadsEndsTheConnection(int type) throws Exception {
    start(
        HttpServerSettings.DEFAULT.withTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(30)),
        this::hello);
    ByteArrayOutputStream flood = new ByteArrayOutputStream();
    for (int i = 0; i < 2000; i++) {
      flood.writeBytes(frame(type, 0, 0, new byte[type == Http2Peer.PING ? 8 : 0]));
    }
    byte[] batch = flood.toByteArray();
    try (Http2Peer peer = peer()) {
      assertThatThrownBy(
              () -> {
                while (true) {
                  peer.send(batch);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void framesThatSayNothingEndTheConnection() throws Exception {
    start(HttpServerSettings.DEFAULT, this::hello);
    try (Http2Peer peer = peer()) {
      ByteArrayOutputStream attack = new ByteArrayOutputStream();
      attack.writeBytes(frame(Http2Peer.HEADERS, Http2Peer.END_STREAM, 1, Http2Peer.GET));
      for (int i = 0; i < 10_000; i++) {
        attack.writeBytes(frame(Http2Peer.CONTINUATION, 0, 1, new byte[0]));
      }
      assertThatTheServerEnds(peer, attack.toByteArray());
    }
    assertThat(handled.get()).isZero();
  }

  @Test
  void whoDoesNotEvenGreetIsClosed() throws Exception {
    start(
        HttpServerSettings.DEFAULT.withTimeouts(Duration.ofMillis(300), Duration.ofSeconds(60)),
        this::hello);
    try (Socket silent = new Socket(address.getAddress(), address.getPort())) {
      assertThat(silent.getInputStream().readAllBytes()).isEmpty();
    }
    assertThat(handled.get()).isZero();
  }

  @Test
  void whoSaysNothingIsClosed() throws Exception {
    start(
        HttpServerSettings.DEFAULT.withTimeouts(Duration.ofSeconds(60), Duration.ofSeconds(2)),
        this::hello);
    try (Http2Peer idle = peer()) {
      assertThat(idle.readAll()).noneMatch(each -> each.type() == Http2Peer.HEADERS);
    }
    assertThat(handled.get()).isZero();
  }

  private static void assertThatTheServerEnds(Http2Peer peer, byte[] attack) {
    Thread attacker =
        Thread.ofVirtual()
            .start(() -> {
              try {
                peer.send(attack);
              } catch (IOException e) {
                Thread.yield(); // The server did not listen to the end.
              }
            });
    List<Http2Peer.Frame> answers = peer.readAll();
    attacker.interrupt();
    assertThat(answers)
        .anyMatch(each -> each.type() == Http2Peer.GOAWAY && each.error() == ENHANCE_YOUR_CALM);
  }

  private void hello(HttpExchange exchange) throws IOException {
    handled.incrementAndGet();
    exchange.respond(200, List.of(), new byte[0]);
  }

  private void start(HttpServerSettings settings, HttpHandler handler) throws IOException {
    server = new HttpServer("test", settings, CERTIFICATES.server(false), handler);
    address = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private Http2Peer peer() throws Exception {
    return new Http2Peer(CERTIFICATES.client(null, "alice"), address);
  }
}
