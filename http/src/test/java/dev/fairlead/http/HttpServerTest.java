package dev.fairlead.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpServerTest {
  private static final TestCertificates CERTIFICATES = new TestCertificates();

  @AutoClose private HttpServer server;
  private InetSocketAddress address;

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void answersOverTlsWithAClientCertificate(HttpClient.Version version) throws Exception {
    start(
        CERTIFICATES.server(true),
        HttpServerSettings.DEFAULT,
        exchange -> {
          HttpRequest request = exchange.request();
          String text =
              "%s %s %s %s %s"
                  .formatted(
                      request.method(),
                      request.path(),
                      request.query(),
                      subject(request.client()),
                      new String(request.body().readAllBytes(), StandardCharsets.UTF_8));
          exchange.respond(
              200,
              List.of(new HttpExchange.Header("x-one", "1")),
              text.getBytes(StandardCharsets.UTF_8));
        });
    try (HttpClient client = client(CERTIFICATES, version)) {
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> answer =
            client.send(
                request("/a%20b?x=1&x=%202&y")
                    .method("POST", BodyPublishers.ofString("hello"))
                    .build(),
                BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(version);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-one")).hasValue("1");
        assertThat(answer.body()).isEqualTo("POST /a b {x=[1,  2], y=[]} CN=alice hello");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void aBodyPastTheBoundThrowsAndTheAnswerStillArrives(HttpClient.Version version)
      throws Exception {
    start(
        CERTIFICATES.server(false),
        HttpServerSettings.DEFAULT.withBodyBytesMax(1000),
        exchange -> {
          try {
            exchange.request().body().readAllBytes();
            exchange.respond(200, List.of(), new byte[0]);
          } catch (BodyTooLargeException e) {
            exchange.respond(413, List.of(), e.getMessage().getBytes(StandardCharsets.UTF_8));
          }
        });
    try (HttpClient client = client(null, version)) {
      var publisher = BodyPublishers.ofByteArray(new byte[2_000_000]);
      HttpResponse<String> answer =
          client.send(request("/").POST(publisher).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(413);
      var unannounced = BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(new byte[500_000]));
      answer = client.send(request("/").POST(unannounced).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(413);
      var small = BodyPublishers.ofByteArray(new byte[1000]);
      answer = client.send(request("/").POST(small).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void streamsAsItWritesAndHearsOfALeavingPeer(HttpClient.Version version) throws Exception {
    CountDownLatch proceed = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    AtomicReference<Exception> thrown = new AtomicReference<>();
    start(
        CERTIFICATES.server(false),
        HttpServerSettings.DEFAULT,
        exchange -> {
          exchange.onClose(closed::countDown);
          try (OutputStream out = exchange.stream(200, List.of())) {
            out.write("one\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            proceed.await();
            while (true) {
              out.write(new byte[1000]);
              out.flush();
            }
          } catch (IOException e) {
            thrown.set(e);
          }
        });
    try (HttpClient client = client(null, version)) {
      HttpResponse<InputStream> answer =
          client.send(request("/").build(), BodyHandlers.ofInputStream());
      assertThat(answer.body().readNBytes(4)).asString().isEqualTo("one\n");
      answer.body().close();
      proceed.countDown();
      assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
      await().untilAsserted(() -> assertThat(thrown.get()).hasMessageContaining("gone"));
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void aLargeBodyArrivesWhole(HttpClient.Version version) throws Exception {
    byte[] large = new byte[5_000_000];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) (i * 31);
    }
    start(
        CERTIFICATES.server(false),
        HttpServerSettings.DEFAULT,
        exchange -> exchange.respond(200, List.of(), large));
    try (HttpClient client = client(null, version)) {
      assertThat(client.send(request("/").build(), BodyHandlers.ofByteArray()).body())
          .isEqualTo(large);
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void aCertificateOfAnotherAuthorityIsRefusedButAnswered(HttpClient.Version version)
      throws Exception {
    start(
        CERTIFICATES.server(true),
        HttpServerSettings.DEFAULT,
        exchange ->
            exchange.respond(
                200,
                List.of(),
                subject(exchange.request().client()).getBytes(StandardCharsets.UTF_8)));
    try (HttpClient other = client(new TestCertificates(), version);
        HttpClient none = client(null, version)) {
      for (int i = 0; i < 2; i++) {
        assertThat(other.send(request("/").build(), BodyHandlers.ofString()).body())
            .isEqualTo("refused");
        assertThat(none.send(request("/").build(), BodyHandlers.ofString()).body())
            .isEqualTo("none");
      }
    }
  }

  private static String subject(ClientCertificate certificate) {
    return switch (certificate) {
      case ClientCertificate.Verified verified ->
          verified.leaf().getSubjectX500Principal().getName();
      case ClientCertificate.Refused _ -> "refused";
      case ClientCertificate.None _ -> "none";
    };
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    start(
        null,
        HttpServerSettings.DEFAULT,
        exchange ->
            exchange.respond(
                200, List.of(), exchange.request().path().getBytes(StandardCharsets.UTF_8)));
    try (Socket socket = socket()) {
      send(socket, "GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\nGET /3 HTTP/1.0\r\n\r\n");
      String all = readAll(socket);
      assertThat(all).containsSubsequence("/1", "/2", "connection: close", "/3");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "GET http//x HTTP/1.1\r\n\r\n",
        "GET /%zz HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nbad header\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n"
      })
  void badInputGets400(String bytes) throws Exception {
    start(null, HttpServerSettings.DEFAULT, HttpServerTest::hello);
    try (Socket socket = socket()) {
      send(socket, bytes);
      assertThat(readAll(socket)).startsWith("HTTP/1.1 400 Bad Request");
    }
  }

  @Test
  void tooLongHeadersAreRefused() throws Exception {
    start(null, HttpServerSettings.DEFAULT, HttpServerTest::hello);
    try (Socket socket = socket()) {
      send(socket, "GET / HTTP/1.1\r\nX: " + "x".repeat(70_000) + "\r\n\r\n");
      assertThat(readAll(socket)).startsWith("HTTP/1.1 431");
    }
    try (Socket socket = socket()) {
      send(socket, "GET /" + "x".repeat(70_000) + " HTTP/1.1\r\n\r\n");
      assertThat(readAll(socket)).startsWith("HTTP/1.1 414");
    }
    try (Socket socket = socket()) {
      send(socket, "GET / HTTP/1.1\r\n" + "X: y\r\n".repeat(300) + "\r\n");
      assertThat(readAll(socket)).startsWith("HTTP/1.1 431");
    }
  }

  @Test
  void anIdleConnectionIsClosed() throws Exception {
    start(
        null,
        HttpServerSettings.DEFAULT.withTimeouts(Duration.ofSeconds(30), Duration.ofMillis(200)),
        HttpServerTest::hello);
    try (Socket idle = socket()) {
      send(idle, "GET / HTTP/1.1\r\n\r\n");
      assertThat(readAll(idle)).contains("hello");
    }
  }

  @Test
  void whoseHeadersAreSlowIsClosedWithoutAnAnswer() throws Exception {
    start(
        null,
        HttpServerSettings.DEFAULT.withTimeouts(Duration.ofMillis(200), Duration.ofSeconds(30)),
        HttpServerTest::hello);
    try (Socket slow = socket()) {
      send(slow, "GET / HTTP/1.1\r\nX: ");
      assertThat(readAll(slow)).isEmpty();
    } catch (SocketException e) {
      // Even this beginning came too late, or was not read any more: a reset is no answer either.
      assertThat(e).hasMessageMatching("(?i).*(reset|broken pipe).*");
    }
  }

  @Test
  void aBodyThatDoesNotArriveMakesReadsThrow() throws Exception {
    AtomicReference<Exception> thrown = new AtomicReference<>();
    start(
        null,
        HttpServerSettings.DEFAULT.withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(200)),
        exchange -> {
          try {
            exchange.request().body().readAllBytes();
          } catch (IOException e) {
            thrown.set(e);
            throw e;
          }
        });
    try (Socket socket = socket()) {
      send(socket, "POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc");
      assertThat(readAll(socket)).startsWith("HTTP/1.1 408");
      assertThat(thrown.get()).hasMessageContaining("no byte of the body");
    }
  }

  @Test
  void aBodyThatIsMalformedIsTheClientsFault() throws Exception {
    start(
        null,
        HttpServerSettings.DEFAULT,
        exchange -> exchange.respond(200, List.of(), exchange.request().body().readAllBytes()));
    try (Socket socket = socket()) {
      send(socket, "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n");
      assertThat(readAll(socket)).startsWith("HTTP/1.1 400").contains("malformed request body");
    }
  }

  @Test
  void continuesOnlyWhenTheBodyIsRead() throws Exception {
    start(
        null,
        HttpServerSettings.DEFAULT,
        exchange -> {
          if (exchange.request().path().equals("/read")) {
            exchange.respond(200, List.of(), exchange.request().body().readAllBytes());
          } else {
            exchange.respond(403, List.of(), new byte[0]);
          }
        });
    try (Socket socket = socket()) {
      send(
          socket,
          "POST /read HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\nConnection: close\r\n\r\n");
      InputStream in = socket.getInputStream();
      assertThat(in.readNBytes(25)).asString().isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      send(socket, "abc");
      assertThat(readAll(socket)).startsWith("HTTP/1.1 200").endsWith("abc");
    }
    try (Socket socket = socket()) {
      send(socket, "POST /no HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertThat(in.readLine()).startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void upgradesToRawBytes() throws Exception {
    start(
        null,
        HttpServerSettings.DEFAULT,
        exchange -> {
          try (HttpExchange.Duplex raw =
              exchange.upgrade(List.of(new HttpExchange.Header("Upgrade", "echo")))) {
            raw.in().transferTo(raw.out());
            raw.out().write("bye".getBytes(StandardCharsets.UTF_8));
            raw.out().close();
            raw.in().read();
          }
        });
    try (Socket socket = socket()) {
      send(socket, "POST / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n");
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertThat(in.readLine()).isEqualTo("HTTP/1.1 101 Switching Protocols");
      while (!in.readLine().isEmpty()) {
        // the headers
      }
      String large = "0123456789".repeat(100_000);
      Thread.ofVirtual().start(() -> sendAll(socket, large));
      StringBuilder echoed = new StringBuilder();
      in.lines().forEach(echoed::append);
      assertThat(echoed.toString()).isEqualTo(large + "bye");
    }
  }

  @Test
  void aSlowReaderHoldsTheWriterBack() throws Exception {
    AtomicReference<Long> written = new AtomicReference<>(0L);
    AtomicBoolean ended = new AtomicBoolean();
    start(
        null,
        HttpServerSettings.DEFAULT.withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(500)),
        exchange -> {
          try (OutputStream out = exchange.stream(200, List.of())) {
            for (int i = 0; i < 100_000; i++) {
              out.write(new byte[10_000]);
              written.updateAndGet(before -> before + 10_000);
            }
          } catch (IOException e) {
            ended.set(true);
          }
        });
    try (Socket socket = socket()) {
      send(socket, "GET / HTTP/1.1\r\n\r\n");
      await().untilTrue(ended);
      assertThat(written.get()).isLessThan(100_000_000L);
    }
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    start(null, HttpServerSettings.DEFAULT, HttpServerTest::hello);
    try (HttpServer second =
        new HttpServer("second", HttpServerSettings.DEFAULT, null, HttpServerTest::hello)) {
      assertThatThrownBy(() -> second.listen(address))
          .isInstanceOf(BindException.class)
          .hasMessageContaining("127.0.0.1:" + address.getPort());
    }
  }

  @Test
  void tooManyConnectionsAreClosed() throws Exception {
    start(null, HttpServerSettings.DEFAULT.withConnectionsMax(1), HttpServerTest::hello);
    try (Socket first = socket()) {
      send(first, "GET / HTTP/1.1\r\n\r\n");
      assertThat(first.getInputStream().read()).isEqualTo('H');
      try (Socket second = socket()) {
        assertThat(second.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void closingEndsStreams() throws Exception {
    start(
        null,
        HttpServerSettings.DEFAULT,
        exchange -> {
          CountDownLatch end = new CountDownLatch(1);
          exchange.onClose(end::countDown);
          try (OutputStream out = exchange.stream(200, List.of())) {
            out.write("x".getBytes(StandardCharsets.UTF_8));
            out.flush();
            end.await();
          }
        });
    try (Socket socket = socket()) {
      send(socket, "GET / HTTP/1.1\r\n\r\n");
      assertThat(socket.getInputStream().read()).isEqualTo('H');
      server.close();
      assertThat(readAll(socket)).endsWith("0\r\n\r\n");
    }
  }

  @Test
  void aFailingHandlerGives500() throws Exception {
    start(
        null,
        HttpServerSettings.DEFAULT,
        exchange -> {
          throw new IllegalStateException("secret");
        });
    try (Socket socket = socket()) {
      send(socket, "GET / HTTP/1.0\r\n\r\n");
      assertThat(readAll(socket)).startsWith("HTTP/1.1 500").doesNotContain("secret");
    }
  }

  private static void hello(HttpExchange exchange) throws IOException {
    exchange.respond(200, List.of(), "hello".getBytes(StandardCharsets.UTF_8));
  }

  private void start(Tls tls, HttpServerSettings settings, HttpHandler handler) throws IOException {
    server = new HttpServer("test", settings, tls, handler);
    address = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private HttpClient client(TestCertificates issuer, HttpClient.Version version) throws Exception {
    return HttpClient.newBuilder()
        .version(version)
        .sslContext(CERTIFICATES.client(issuer, "alice"))
        .build();
  }

  private java.net.http.HttpRequest.Builder request(String path) {
    return java.net.http.HttpRequest.newBuilder(
        URI.create("https://127.0.0.1:" + address.getPort() + path));
  }

  private Socket socket() throws IOException {
    return new Socket(address.getAddress(), address.getPort());
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  private static void sendAll(Socket socket, String text) {
    try {
      send(socket, text);
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String readAll(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
