package dev.fairlead.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.Target;
import dev.fairlead.api.WatchEvent;
import dev.fairlead.api.WatchOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpKubeApiTest {
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private HttpKubeApi api;
  private int code = 200;
  private String answer = "{}";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(code, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    api = new HttpKubeApi(new ClientSettings(uri, "", "", "", "t", "default"), "test");
  }

  @AfterEach
  void stop() {
    api.close();
    server.stop(0);
  }

  @Test
  void listsWithSelectorsAndGivesItemsTheirKind() {
    answer =
        "{\"metadata\":{\"resourceVersion\":\"7\"},\"items\":[{\"metadata\":{\"name\":\"a\"}}]}";
    var listing =
        api.list(Target.collection(Kinds.DEPLOYMENT, "x"), ListOptions.labels("a in (b, c)"));
    assertThat(asked)
        .containsExactly(
            "GET /apis/apps/v1/namespaces/x/deployments?labelSelector=a%20in%20%28b%2C%20c%29");
    assertThat(listing.resourceVersion()).isEqualTo("7");
    assertThat(listing.items().getFirst().kind()).isEqualTo("Deployment");
  }

  @Test
  void aStatusBecomesAnException() {
    code = 404;
    answer = ApiException.notFound(Kinds.POD, "a").status().toString();
    var refusal =
        catchThrowableOfType(
            ApiException.class, () -> api.get(Target.object(Kinds.POD, "default", "a")));
    assertThat(refusal.isNotFound()).isTrue();
    assertThat(refusal.message()).isEqualTo("pods \"a\" not found");
  }

  @Test
  void aWatchReadsLinesAndEndsWithTheConnection() throws Exception {
    answer =
        """
        {"type":"ADDED","object":{"metadata":{"name":"a","resourceVersion":"3"}}}
        {"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"9"}}}
        """;
    try (var watch = api.watch(Target.all(Kinds.POD), WatchOptions.from("1"))) {
      WatchEvent first = watch.next();
      assertThat(first).isNotNull();
      assertThat(first.object().name()).isEqualTo("a");
      WatchEvent second = watch.next();
      assertThat(second).isNotNull();
      assertThat(second.type()).isEqualTo(WatchEvent.Type.BOOKMARK);
      assertThat(watch.next()).isNull();
    }
  }

  @Test
  void aServerThatIsAwayIsUnavailable() {
    server.stop(0);
    var refusal =
        catchThrowableOfType(
            ApiException.class, () -> api.get(Target.object(Kinds.POD, "default", "a")));
    assertThat(refusal.code()).isEqualTo(503);
  }
}
