package dev.fairlead.apiserver.logs;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.Target;
import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpExchange.Header;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import javax.net.ssl.SSLContext;

/**
 * Serves {@code pods/log}: finds the pod's kubelet and passes its stream on.
 *
 * <p>Kubelet's door: {@code GET /containerLogs/NAMESPACE/POD/CONTAINER?…} with upstream's
 * parameters.
 */
public final class PodLogs implements AutoCloseable {
  private final HttpClient client;

  /**
   * Logs over TLS.
   *
   * @param tls shows the API server's client certificate and trusts the kubelets'
   */
  public PodLogs(SSLContext tls) {
    this.client =
        HttpClient.newBuilder()
            .sslContext(tls)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
  }

  /** Answers one request for logs: of a pod without a node with nothing (204), as upstream. */
  public void serve(HttpExchange exchange, KubeApi api, Target target, LogOptions options)
      throws IOException, InterruptedException {
    Document pod = api.get(Target.object(Kinds.POD, target.key()));
    String container = Containers.choose(pod, options.container());
    if (pod.spec().path("nodeName").asText("").isEmpty()) {
      exchange.respond(204, List.of(), new byte[0]);
      return;
    }
    URI uri = uri(KubeletAddress.of(api, pod), pod, container, options.parameters());
    HttpResponse<InputStream> answer = fetch(uri);
    try (InputStream body = answer.body()) {
      if (answer.statusCode() != 200) {
        String why = new String(body.readNBytes(64 * 1024), StandardCharsets.UTF_8).strip();
        throw answer.statusCode() == 404
            ? new ApiException(404, "NotFound", why, null)
            : ApiException.badRequest(why);
      }
      exchange.onClose(() -> closeQuietly(body));
      pass(body, exchange);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private static void pass(InputStream body, HttpExchange exchange) throws IOException {
    try (OutputStream out =
        exchange.stream(200, List.of(new Header("Content-Type", "text/plain")))) {
      out.flush();
      byte[] buffer = new byte[16 * 1024];
      for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
        out.write(buffer, 0, count);
        out.flush();
      }
    }
  }

  private HttpResponse<InputStream> fetch(URI uri) throws InterruptedException {
    try {
      return client.send(
          java.net.http.HttpRequest.newBuilder(uri).build(), BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw ApiException.internal("Get \"%s\": %s".formatted(uri, reason(e)));
    }
  }

  private static URI uri(
      KubeletAddress kubelet, Document pod, String container, Map<String, String> parameters) {
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    parameters.forEach(
        (name, value) -> query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return URI.create(
        "https://%s/containerLogs/%s/%s/%s%s"
            .formatted(kubelet.authority(), pod.namespace(), pod.name(), container, query));
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static void closeQuietly(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      // The kubelet's end is gone as well: nothing is left to release.
    }
  }
}
