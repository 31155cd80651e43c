package dev.fairlead.apiserver.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.apiserver.certs.CertificateAuthority;
import dev.fairlead.apiserver.certs.Issued;
import dev.fairlead.http.ClientCertificate;
import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpExchange.Header;
import dev.fairlead.http.HttpHandler;
import dev.fairlead.http.HttpServer;
import dev.fairlead.http.HttpServerSettings;
import dev.fairlead.http.Tls;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real connections: a client, the proxy, and backends, all on loopback. */
@Timeout(60)
class ResourceProxyTest {
  private static final String PODS = "/api/v1/namespaces/default/pods/";
  private static final String SERVICES = "/api/v1/namespaces/default/services/";

  private final FakeObjects objects = new FakeObjects();
  private final CertificateAuthority authority = CertificateAuthority.create(Clock.systemUTC());
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final List<AutoCloseable> open = new ArrayList<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private InetSocketAddress front;
  private int port;

  @BeforeEach
  void start() throws IOException {
    Backends backends =
        new Backends(
            objects,
            authority.issueClient("kube-apiserver", List.of()).clientContext(),
            new Random(1),
            address -> true);
    ResourceProxy proxy = new ResourceProxy(backends);
    front = listen(null, exchange -> serve(proxy, exchange));
    port = listen(null, this::backend).getPort();
    pod("p", port);
  }

  @AfterEach
  void stop() throws Exception {
    goOn.countDown();
    client.shutdownNow();
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void pathQueryAndHeadersArriveAsSent() throws Exception {
    HttpRequest request =
        request(PODS + "p/proxy/echo/a%2Fb%20c//d?x=%26&y")
            .header("Authorization", "Bearer secret")
            .header("X-Own", "yes")
            .header("X-Http2-Scheme", "https")
            .header("TE", "trailers")
            .header("X-Forwarded-For", "192.0.2.1")
            .build();
    String seen = client.send(request, BodyHandlers.ofString()).body();
    assertThat(seen)
        .contains("GET /echo/a%2Fb%20c//d?x=%26&y\n")
        .contains("host: 127.0.0.1:" + front.getPort() + "\n")
        .contains("x-own: yes\n")
        .contains("x-forwarded-uri: " + PODS + "p/proxy/echo/a%2Fb%20c//d\n")
        .contains("x-forwarded-for: 192.0.2.1, 127.0.0.1\n")
        .doesNotContain("authorization", "te: ", "x-http2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
  void everyMethodPassesWithItsBody(String method) throws Exception {
    byte[] body = "body ".repeat(50_000).getBytes(StandardCharsets.UTF_8);
    for (HttpRequest.BodyPublisher publisher :
        List.of(
            BodyPublishers.ofByteArray(body),
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))) {
      HttpResponse<String> answer =
          client.send(
              request(PODS + "p/proxy/echo").method(method, publisher).build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).startsWith(method + " /echo\n").endsWith("body body ");
    }
  }

  @Test
  void headHasALengthAndNoBody() throws Exception {
    HttpRequest head =
        request(PODS + "p/proxy/echo").method("HEAD", BodyPublishers.noBody()).build();
    HttpResponse<String> answer = client.send(head, BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValueAsLong("content-length")).isNotEmpty();
  }

  @Test
  void bytesComeAsTheyAreWritten() throws Exception {
    HttpResponse<InputStream> answer =
        client.send(request(PODS + "p/proxy/slow").build(), BodyHandlers.ofInputStream());
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    assertThat(lines.readLine()).isEqualTo("one");
    goOn.countDown();
    assertThat(lines.readLine()).isEqualTo("two");
    assertThat(lines.readLine()).isNull();
  }

  @Test
  void statusesAndHeadersComeBackButNotThoseOfTheHop() throws Exception {
    HttpResponse<String> answer = get(PODS + "p/proxy/teapot");
    assertThat(answer.statusCode()).isEqualTo(418);
    assertThat(answer.headers().firstValue("x-tea")).hasValue("green");
    assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
    int hop =
        raw(
            "HTTP/1.1 200 OK\r\nConnection: X-Hop\r\nX-Hop: 1\r\nX-End: 2\r\nContent-Length: 0\r\n\r\n");
    assertThat(get(PODS + "p:" + hop + "/proxy/").headers().map())
        .containsKey("x-end")
        .doesNotContainKey("x-hop");
    assertThat(get(PODS + "p/proxy/nothing").statusCode()).isEqualTo(204);
  }

  @Test
  void linksLeadThroughTheProxyAgain() throws Exception {
    assertThat(get(PODS + "p/proxy/moved").headers().firstValue("location"))
        .hasValue(PODS + "p/proxy/there/?a=b");
    assertThat(get(PODS + "p/proxy/page").body())
        .isEqualTo("<html><a href=\"" + PODS + "p/proxy/x\">é</a></html>");
    HttpResponse<byte[]> packed =
        client.send(request(PODS + "p/proxy/packed").build(), BodyHandlers.ofByteArray());
    assertThat(packed.headers().firstValue("content-encoding")).hasValue("gzip");
    InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()));
    assertThat(new String(unpacked.readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("<a href=\"" + PODS + "p/proxy/x\">");
  }

  @Test
  void theBarePathGetsItsSlash() throws Exception {
    HttpResponse<String> answer = get(PODS + "p/proxy?a=b%20c");
    assertThat(answer.statusCode()).isEqualTo(301);
    assertThat(answer.headers().firstValue("location")).hasValue(PODS + "p/proxy/?a=b%20c");
    HttpRequest post = request(PODS + "p/proxy").POST(BodyPublishers.ofString("x")).build();
    assertThat(client.send(post, BodyHandlers.ofString()).body()).startsWith("POST /\n");
  }

  @Test
  void httpsBackendsMayShowAnyCertificate() throws Exception {
    Issued serving = authority.issueServer("other", List.of("other"), List.of());
    Tls tls = new Tls(serving.key(), List.of(serving.certificate()), List.of());
    int secure = listen(tls, this::backend).getPort();
    assertThat(get(PODS + "https:p:" + secure + "/proxy/echo").body()).startsWith("GET /echo\n");
    assertThat(get(PODS + "http:p:" + port + "/proxy/echo").body()).startsWith("GET /echo\n");
  }

  @Test
  void upgradesPassBytesBothWays() throws Exception {
    try (Socket socket = new Socket(front.getAddress(), front.getPort())) {
      socket.setSoTimeout(30_000);
      OutputStream out = socket.getOutputStream();
      String head =
          "GET %sp/proxy/upgrade HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, Upgrade\r\nUpgrade: echo\r\n\r\n";
      out.write(head.formatted(PODS).getBytes(StandardCharsets.US_ASCII));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      assertThat(in.readLine()).startsWith("HTTP/1.1 101 ");
      List<String> headers = new ArrayList<>();
      for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
        headers.add(line.toLowerCase(java.util.Locale.ROOT));
      }
      assertThat(headers).contains("upgrade: echo", "connection: upgrade");
      for (String word : List.of("hello", "again")) {
        out.write((word + "\n").getBytes(StandardCharsets.US_ASCII));
        assertThat(in.readLine()).isEqualTo(word);
      }
      socket.shutdownOutput();
      assertThat(in.readLine()).isNull();
    }
  }

  @Test
  void aRefusedUpgradeIsPassedOn() throws Exception {
    try (Socket socket = new Socket(front.getAddress(), front.getPort())) {
      socket.setSoTimeout(30_000);
      String head =
          "GET %sp/proxy/teapot HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n";
      socket.getOutputStream().write(head.formatted(PODS).getBytes(StandardCharsets.US_ASCII));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      assertThat(in.readLine()).startsWith("HTTP/1.1 418");
    }
  }

  @Test
  void whatCannotBeReachedIsUnavailable() throws Exception {
    int nobody;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = taken.getLocalPort();
    }
    assertThat(get(PODS + "p:" + nobody + "/proxy/").body())
        .isEqualTo(
            "503 ServiceUnavailable error trying to reach service: dial tcp 127.0.0.1:%d: connect: connection refused"
                .formatted(nobody));
  }

  @ParameterizedTest
  @CsvSource({
    "'SSH-2.0-OpenSSH\r\n\r\n', 'error trying to reach service: malformed HTTP response \"SSH-2.0-OpenSSH\"'",
    "'', error trying to reach service: EOF"
  })
  void whoDoesNotSpeakHttpIsUnavailable(String says, String message) throws Exception {
    assertThat(get(PODS + "p:" + raw(says) + "/proxy/").body())
        .isEqualTo("503 ServiceUnavailable " + message);
  }

  @Test
  void halfAnAnswerIsNoWholeOne() throws Exception {
    for (String half :
        List.of(
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhalf",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 10\r\n\r\n<a>")) {
      String path = PODS + "p:" + raw(half) + "/proxy/";
      assertThatThrownBy(() -> get(path)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void interimAnswersAreSkippedAndABodyMayEndWithTheConnection() throws Exception {
    int early = raw("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\nwhole");
    assertThat(get(PODS + "p:" + early + "/proxy/").body()).isEqualTo("whole");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ftp:p:80    | 400 BadRequest invalid pod request "ftp:p:80"
          p:http      | 400 BadRequest invalid port "http"
          p:70000     | 400 BadRequest invalid port "70000"
          nosuch      | 404 NotFound pods "nosuch" not found
          """)
  void podsThatAreNoneAreRefused(String name, String message) throws Exception {
    assertThat(get(PODS + name + "/proxy/").body()).isEqualTo(message);
  }

  @Test
  void servicesArePickedByPortNameAndNumber() throws Exception {
    objects.put(
        Kinds.SERVICE, "s", "spec: {ports: [{name: web, port: 80}, {name: other, port: 81}]}");
    String good = "{ip: 127.0.0.1, targetRef: {kind: Pod, namespace: default, name: p}}";
    String stranger = "{ip: 127.0.0.1}";
    objects.put(
        Kinds.ENDPOINTS,
        "s",
        "subsets: [{addresses: [%s, %s], ports: [{name: web, port: %d}]}]"
            .formatted(stranger, good, port));
    for (String name : List.of("s:web", "s:80", "http:s:web")) {
      assertThat(get(SERVICES + name + "/proxy/echo").body()).startsWith("GET /echo\n");
    }
    String none = "503 ServiceUnavailable no endpoints available for service \"%s\"";
    assertThat(get(SERVICES + "s/proxy/").body()).isEqualTo(none.formatted("s"));
    assertThat(get(SERVICES + "s:other/proxy/").body()).isEqualTo(none.formatted("s:other"));
    assertThat(get(SERVICES + "s:82/proxy/").body())
        .isEqualTo("503 ServiceUnavailable no service port 82 found for service \"s\"");
    objects.put(
        Kinds.ENDPOINTS,
        "s",
        "subsets: [{notReadyAddresses: [%s], ports: [{name: web, port: 1}]}]".formatted(good));
    assertThat(get(SERVICES + "s:web/proxy/").body()).isEqualTo(none.formatted("s:web"));
    objects.put(Kinds.ENDPOINTS, "s", "metadata: {name: s}");
    assertThat(get(SERVICES + "s:web/proxy/").body()).isEqualTo(none.formatted("s"));
  }

  @Test
  void aNodeIsItsKubeletUnlessAPortSaysOtherwise() throws Exception {
    Issued serving = authority.issueServer("node-1", List.of("node-1"), List.of("127.0.0.1"));
    Tls tls = new Tls(serving.key(), List.of(serving.certificate()), List.of(serving.authority()));
    int kubelet =
        listen(
                tls,
                exchange ->
                    exchange.respond(
                        200,
                        List.of(),
                        bytes(
                            "shown: "
                                + (exchange.request().client()
                                    instanceof ClientCertificate.Verified))))
            .getPort();
    objects.put(
        Kinds.NODE,
        "n",
        "{metadata: {name: n}, status: {addresses: [{type: InternalIP, address: 127.0.0.1}], daemonEndpoints: {kubeletEndpoint: {Port: %d}}}}"
            .formatted(kubelet));
    assertThat(get("/api/v1/nodes/n/proxy/healthz").body()).isEqualTo("shown: true");
    assertThat(get("/api/v1/nodes/n:" + kubelet + "/proxy/x").body()).isEqualTo("shown: true");
    assertThat(get("/api/v1/nodes/n:" + port + "/proxy/echo").body()).startsWith("GET /echo\n");
  }

  @Test
  void loopbackAndLinkAddressesAreNotReached() throws Exception {
    for (String address : List.of("127.0.0.1", "::1", "0.0.0.0", "169.254.1.1", "224.0.0.1")) {
      assertThat(Backends.globalUnicast(InetAddress.ofLiteral(address))).as(address).isFalse();
    }
    assertThat(Backends.globalUnicast(InetAddress.ofLiteral("10.112.1.5"))).isTrue();
  }

  private void backend(HttpExchange exchange) throws IOException, InterruptedException {
    String path = exchange.request().path();
    switch (path.substring(1).split("/", 2)[0]) {
      case "slow" -> {
        try (OutputStream out = exchange.stream(200, List.of())) {
          out.write(bytes("one\n"));
          out.flush();
          goOn.await();
          out.write(bytes("two\n"));
        }
      }
      case "teapot" ->
          exchange.respond(
              418,
              List.of(new Header("X-Tea", "green"), new Header("Access-Control-Allow-Origin", "*")),
              bytes("short"));
      case "nothing" -> exchange.respond(204, List.of(), new byte[0]);
      case "moved" ->
          exchange.respond(302, List.of(new Header("Location", "/there/?a=b")), new byte[0]);
      case "page" -> html(exchange, List.of(), bytes("<html><a href=\"/x\">é</a></html>"));
      case "packed" -> {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
          out.write(bytes("<a href=\"/x\">"));
        }
        html(exchange, List.of(new Header("Content-Encoding", "gzip")), packed.toByteArray());
      }
      case "upgrade" -> {
        HttpExchange.Duplex duplex = exchange.upgrade(List.of(new Header("Upgrade", "echo")));
        byte[] buffer = new byte[64];
        for (int n = duplex.in().read(buffer); n >= 0; n = duplex.in().read(buffer)) {
          duplex.out().write(buffer, 0, n);
          duplex.out().flush();
        }
        duplex.out().close();
      }
      default -> echo(exchange);
    }
  }

  private static void html(HttpExchange exchange, List<Header> more, byte[] body)
      throws IOException {
    List<Header> headers = new ArrayList<>(more);
    headers.add(new Header("Content-Type", "text/html; charset=utf-8"));
    exchange.respond(200, headers, body);
  }

  private static void echo(HttpExchange exchange) throws IOException {
    dev.fairlead.http.HttpRequest request = exchange.request();
    String query = request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery();
    StringBuilder text = new StringBuilder();
    text.append(request.method() + " " + request.rawPath() + query + "\n");
    for (Map.Entry<String, List<String>> each : new TreeMap<>(request.headers()).entrySet()) {
      each.getValue().forEach(value -> text.append(each.getKey() + ": " + value + "\n"));
    }
    text.append(new String(request.body().readAllBytes(), StandardCharsets.UTF_8));
    exchange.respond(200, List.of(), bytes(text.toString()));
  }

  /** A server that says this to whoever connects, and hangs up. */
  private int raw(String says) throws IOException {
    ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    open.add(server);
    Thread.ofVirtual()
        .start(() -> {
          try (Socket socket = server.accept()) {
            socket.getInputStream().read(new byte[4096]);
            socket.getOutputStream().write(bytes(says));
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
    return server.getLocalPort();
  }

  private static void serve(ResourceProxy proxy, HttpExchange exchange)
      throws IOException, InterruptedException {
    List<String> path = List.of(exchange.request().path().substring(1).split("/"));
    boolean node = path.get(2).equals("nodes");
    ResourceType type = Kinds.byPlural("", "v1", node ? "nodes" : path.get(4)).orElseThrow();
    Target target = Target.object(type, node ? "" : "default", path.get(node ? 3 : 5));
    try {
      proxy.serve(exchange, target.sub("proxy"));
    } catch (ApiException e) {
      exchange.respond(e.code(), List.of(), bytes(e.code() + " " + e.reason() + " " + e.message()));
    }
  }

  private InetSocketAddress listen(Tls tls, HttpHandler handler) throws IOException {
    HttpServer server = new HttpServer("proxy-test", HttpServerSettings.DEFAULT, tls, handler);
    open.add(server);
    return server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private void pod(String name, int containerPort) {
    objects.put(
        Kinds.POD,
        name,
        "{spec: {containers: [{name: c}, {name: d, ports: [{containerPort: %d}]}]}, status: {podIPs: [{ip: 127.0.0.1}]}}"
            .formatted(containerPort));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + front.getPort() + path));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
