package dev.fairlead.apiserver.proxy;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.Target;
import dev.fairlead.apiserver.backend.Backend;
import dev.fairlead.apiserver.backend.BackendConnection;
import dev.fairlead.apiserver.backend.RequestHead;
import dev.fairlead.apiserver.backend.ResponseHead;
import dev.fairlead.apiserver.streams.Pumps;
import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpExchange.Header;
import dev.fairlead.http.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Serves {@code pods/proxy}, {@code services/proxy} and {@code nodes/proxy}: any request to the
 * path below goes to the backend, and its answer comes back, also through an upgrade (upstream:
 * {@code apimachinery/pkg/util/proxy}).
 */
public final class ResourceProxy {
  /** The methods that are passed on. */
  public static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private static final Duration CONNECT_MAX = Duration.ofSeconds(30);

  /** A stream may be silent for long, as a watch is; a backend that is gone must not hold on. */
  private static final Duration QUIET_MAX = Duration.ofHours(4);

  private final Backends backends;

  /**
   * A proxy for one cluster.
   *
   * @param api without authorization: whoever may use the proxy need not see Endpoints
   * @param kubelets shows the API server's client certificate and trusts the kubelets'
   */
  public ResourceProxy(KubeApi api, SSLContext kubelets, RandomGenerator random) {
    this(new Backends(api, kubelets, random, Backends::globalUnicast));
  }

  ResourceProxy(Backends backends) {
    this.backends = backends;
  }

  /**
   * Answers one request with whatever the backend answers.
   *
   * @throws ApiException 400, 404, or 503 when there is no backend or it cannot be reached
   */
  public void serve(HttpExchange exchange, Target target) throws IOException, InterruptedException {
    HttpRequest request = exchange.request();
    ProxyPath path = ProxyPath.of(request, target);
    Backend backend = backends.find(target);
    boolean upgrade = isUpgrade(request);
    boolean read = request.method().equals("GET") || request.method().equals("HEAD");
    if (!upgrade && read && path.rest().isEmpty()) {
      String query = request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery();
      exchange.respond(
          301, List.of(new Header("Location", path.prefix() + "/" + query)), new byte[0]);
      return;
    }
    try (BackendConnection connection = open(backend)) {
      exchange.onClose(connection::cut);
      Forwarding forwarding = new Forwarding(exchange, path, backend, connection);
      if (upgrade) {
        forwarding.upgrade();
      } else {
        forwarding.pass();
      }
    }
  }

  private static boolean isUpgrade(HttpRequest request) {
    return request.header("upgrade") != null
        && request.headers().getOrDefault("connection", List.of()).stream()
            .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("upgrade"));
  }

  private static BackendConnection open(Backend backend) {
    try {
      return BackendConnection.open(backend, CONNECT_MAX);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private static ApiException unreachable(IOException e) {
    String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return ApiException.unavailable("error trying to reach service: " + why);
  }

  /** One request on its way. */
  private record Forwarding(
      HttpExchange exchange, ProxyPath path, Backend backend, BackendConnection connection) {

    void pass() throws IOException {
      HttpRequest request = exchange.request();
      RequestBody body = RequestBody.of(request);
      ResponseHead head = ask(body.framing(), List.of(new Header("Connection", "close")), body);
      ResponseBody answer = new ResponseBody(head, links());
      List<Header> headers = new ArrayList<>(ForwardedHeaders.response(head, links()));
      if (!answer.rewritten() && !head.first("Content-Length").isEmpty()) {
        headers.add(new Header("Content-Length", head.first("Content-Length")));
      }
      try (InputStream in = connection.body(request.method(), head)) {
        if (head.status() == 204 || head.status() == 304) {
          exchange.respond(head.status(), headers, new byte[0]);
          return;
        }
        OutputStream out = exchange.stream(head.status(), headers);
        out.flush();
        answer.pass(in, out);
        out.close();
      }
    }

    void upgrade() throws IOException, InterruptedException {
      HttpRequest request = exchange.request();
      String protocol = String.valueOf(request.header("upgrade"));
      ResponseHead head =
          ask(
              List.of(),
              List.of(new Header("Connection", "Upgrade"), new Header("Upgrade", protocol)),
              null);
      List<Header> headers = new ArrayList<>(ForwardedHeaders.response(head, links()));
      if (head.status() != 101) {
        if (head.status() < 400) {
          throw ApiException.unavailable(
              "error trying to reach service: invalid upgrade response: status code "
                  + head.status());
        }
        try (InputStream in = connection.body(request.method(), head);
            OutputStream out = exchange.stream(head.status(), headers)) {
          in.transferTo(out);
        }
        return;
      }
      head.values("Upgrade").forEach(value -> headers.add(new Header("Upgrade", value)));
      connection.upgraded();
      new Pumps(exchange.upgrade(headers), connection).run();
    }

    private ResponseHead ask(List<Header> framing, List<Header> more, @Nullable RequestBody body) {
      HttpRequest request = exchange.request();
      List<Header> headers =
          new ArrayList<>(ForwardedHeaders.request(request, path, backend.authority()));
      headers.addAll(framing);
      headers.addAll(more);
      String query = request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery();
      String rest = path.rest().isEmpty() ? "/" : path.rest();
      try {
        connection.send(new RequestHead(request.method(), rest + query, headers));
        if (body != null) {
          body.send(connection);
        }
        return connection.answer(QUIET_MAX);
      } catch (IOException e) {
        if (body != null && body.tooLarge() != null) {
          throw new ApiException(
              413, "RequestEntityTooLarge", "Request entity too large: limit is 3145728", null);
        }
        throw unreachable(e);
      }
    }

    private Links links() {
      String asked = exchange.request().header("host");
      return new Links(path.prefix(), backend.authority(), asked == null ? "" : asked);
    }
  }
}
