package dev.fairlead.kuard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class KuardServerTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-23T22:10:01Z"));

  @TempDir Path folder;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final HttpClient client = HttpClient.newHttpClient();
  private DatagramSocket nameServer;
  private KuardServer server;

  @BeforeEach
  void start() throws IOException {
    nameServer = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
    Path resolvConf =
        Files.writeString(
            folder.resolve("resolv.conf"),
            """
            search default.svc.cluster.local svc.cluster.local cluster.local
            nameserver 127.0.0.1
            options ndots:5
            """);
    server =
        new KuardServer(
            new KuardSettings("127.0.0.1", 0, "green"),
            List.of("/kuard", "--version=green"),
            Map.of("HOSTNAME", "alpaca-1", "B", "2", "A", "<1>"),
            new DnsLookup(resolvConf, nameServer.getLocalPort(), bound -> 12_071),
            new Log(new PrintStream(log), CLOCK, ZoneOffset.UTC),
            CLOCK);
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
    nameServer.close();
    client.close();
  }

  @Test
  void thePageTellsWhereItRuns() throws Exception {
    HttpResponse<String> page = send("GET", "/", "");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("<title>KUAR Demo: green</title>")
        .contains("alpaca-1")
        .contains("\"versionColor\":\"#1a8a3c\"")
        .contains("GET / HTTP/1.1")
        .doesNotContain("{{");
    assertThat(send("GET", "/-/readiness", "").statusCode()).isEqualTo(200);
    assertThat(send("GET", "/static/kuard.js", "").statusCode()).isEqualTo(200);
    assertThat(send("GET", "/static/kuard.css", "").statusCode()).isEqualTo(200);
  }

  @Test
  void aPageCannotBeMadeToRunWhatAClientSends() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/?%3Cscript%3E")).header("X-Evil", "</script><b>").build();
    String page = client.send(request, HttpResponse.BodyHandlers.ofString()).body();

    assertThat(page).doesNotContain("<b>").contains("&lt;/script&gt;&lt;b&gt;");
  }

  @Test
  void probesFailAsTold() throws Exception {
    assertThat(send("GET", "/ready", "").body()).isEqualTo("ok");
    assertThat(send("PUT", "/ready/api", "{\"failNext\": 1}").body()).contains("\"failNext\":1");

    HttpResponse<String> failed = send("GET", "/ready", "");
    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(failed.body()).isEqualTo("fail, 0 left");
    assertThat(send("GET", "/ready", "").statusCode()).isEqualTo(200);

    send("PUT", "/ready/api", "{\"failNext\": -1}");
    assertThat(send("GET", "/ready", "").body()).isEqualTo("fail, permanent");
    assertThat(send("GET", "/healthy", "").statusCode()).isEqualTo(200);
    assertThat(send("GET", "/ready/api", "").body())
        .startsWith(
            "{\"probePath\":\"/ready\",\"failNext\":-1,\"history\":[{\"id\":4,"
                + "\"when\":\"Nov 23 22:10:01\",\"relWhen\":\"now\",\"code\":500},");
  }

  @Test
  void theEnvironmentIsShown() throws Exception {
    assertThat(send("GET", "/env/api", "").body())
        .isEqualTo(
            "{\"commandLine\":[\"/kuard\",\"--version=green\"],"
                + "\"env\":{\"A\":\"\\u003c1\\u003e\",\"B\":\"2\",\"HOSTNAME\":\"alpaca-1\"}}");
  }

  @Test
  void namesAreLookedUpThroughTheSearchList() throws Exception {
    answer("alpaca-prod.default.svc.cluster.local.");

    HttpResponse<String> response =
        send("POST", "/dns/api", "{\"type\":\"A\",\"name\":\"alpaca-prod\"}");

    assertThat(Json.object(response.body()).get("result"))
        .isEqualTo(
            """
            ;; opcode: QUERY, status: NOERROR, id: 12071
            ;; flags: qr aa rd ra; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 0

            ;; QUESTION SECTION:
            ;alpaca-prod.default.svc.cluster.local.\tIN\t A

            ;; ANSWER SECTION:
            alpaca-prod.default.svc.cluster.local.\t30\tIN\tA\t10.115.245.13
            """);
  }

  @Test
  void badInputGetsASentence() throws Exception {
    assertRefused(
        "POST", "/dns/api", "{\"type\":\"A\",\"name\":\"a..b\"}", 400, "is not a DNS name");
    assertRefused(
        "POST", "/dns/api", "{\"type\":\"X\",\"name\":\"a\"}", 400, "Unknown DNS type: X");
    assertRefused("POST", "/dns/api", "nonsense", 400, "invalid JSON");
    assertRefused("PUT", "/ready/api", "{\"failNext\":\"x\"}", 400, "failNext must be");
    assertRefused("PUT", "/ready/api", "[".repeat(100), 400, "nested too deep");
    assertRefused("PUT", "/ready/api", " ".repeat(70_000), 413, "larger than 64 KiB");
    assertRefused("GET", "/nothing", "", 404, "404 page not found");
    assertRefused("POST", "/ready", "", 405, "Method Not Allowed");
  }

  @Test
  void eachRequestIsLogged() throws Exception {
    send("GET", "/ready", "");

    assertThat(log.toString(StandardCharsets.UTF_8))
        .matches("2026/11/23 22:10:01 127\\.0\\.0\\.1:\\d+ GET /ready\n");
  }

  private void assertRefused(String method, String path, String body, int code, String text)
      throws Exception {
    HttpResponse<String> response = send(method, path, body);
    assertThat(response.statusCode()).isEqualTo(code);
    assertThat(response.body()).contains(text);
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /** Answers one query: the name has an address, as one from the cluster's DNS. */
  private void answer(String name) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            DatagramPacket packet = new DatagramPacket(new byte[512], 512);
            nameServer.receive(packet);
            byte[] query = Arrays.copyOf(packet.getData(), packet.getLength());
            assertThat(query).isEqualTo(DnsMessage.query(12_071, name, 1));
            byte[] answer = Arrays.copyOf(query, query.length + 16);
            answer[2] = (byte) 0x85;
            answer[3] = (byte) 0x80;
            answer[7] = 1;
            byte[] record = {
              (byte) 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 30, 0, 4, 10, 115, (byte) 245, 13
            };
            System.arraycopy(record, 0, answer, query.length, 16);
            nameServer.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
          } catch (IOException e) {
            assertThat(nameServer.isClosed()).isTrue();
          }
        });
  }
}
