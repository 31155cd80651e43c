package dev.fairlead.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.Listing;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.Watch;
import dev.fairlead.api.WatchOptions;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The API over HTTP and JSON, against Fairlead's or upstream's API server. A server that cannot be
 * reached, or that does not answer in time, is 503 {@code ServiceUnavailable}.
 */
public final class HttpKubeApi implements KubeApi, AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
  private static final String JSON = "application/json";

  private final ClientSettings settings;
  private final String userAgent;
  private final HttpClient http;

  /**
   * A client.
   *
   * @param userAgent who asks, for example {@code fairlead-kubelet/0.1}
   * @throws IllegalArgumentException when the certificates cannot be used
   */
  public HttpKubeApi(ClientSettings settings, String userAgent) {
    this.settings = settings;
    this.userAgent = userAgent;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .sslContext(Tls.context(settings))
            .build();
  }

  @Override
  public Document get(Target target) {
    return document(send("GET", Urls.path(target), BodyPublishers.noBody(), ""));
  }

  @Override
  public Listing list(Target target, ListOptions options) {
    String path = Urls.path(target) + Urls.query(options);
    return listing(target, document(send("GET", path, BodyPublishers.noBody(), "")));
  }

  @Override
  public Watch watch(Target target, WatchOptions options) {
    String path = Urls.path(target) + Urls.query(options);
    // A connection of its own: a slow reader must not hold back what shares an HTTP/2 connection.
    HttpRequest request =
        request("GET", path, BodyPublishers.noBody(), "")
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    HttpResponse<InputStream> response = exchange(request);
    if (response.statusCode() != 200) {
      throw refusal(response.statusCode(), bytes(response));
    }
    return new HttpWatch(response.body(), target.type());
  }

  @Override
  public Document create(Target target, Document object, WriteOptions options) {
    String path = Urls.path(target) + Urls.query(options);
    return document(send("POST", path, BodyPublishers.ofByteArray(object.json()), JSON));
  }

  @Override
  public Document update(Target target, Document object, WriteOptions options) {
    String path = Urls.path(target) + Urls.query(options);
    return document(send("PUT", path, BodyPublishers.ofByteArray(object.json()), JSON));
  }

  @Override
  public Document patch(Target target, Patch patch, WriteOptions options) {
    String path = Urls.path(target) + Urls.query(options);
    BodyPublisher body = BodyPublishers.ofByteArray(Json.bytes(patch.body()));
    return document(send("PATCH", path, body, patch.type().mediaType()));
  }

  @Override
  public Document delete(Target target, DeleteOptions options) {
    return document(send("DELETE", Urls.path(target), body(options), JSON));
  }

  @Override
  public Listing deleteCollection(Target target, ListOptions which, DeleteOptions options) {
    String path = Urls.path(target) + Urls.query(which);
    return listing(target, document(send("DELETE", path, body(options), JSON)));
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private byte[] send(String method, String path, BodyPublisher body, String contentType) {
    HttpRequest request = request(method, path, body, contentType).timeout(ANSWER_TIMEOUT).build();
    HttpResponse<InputStream> response = exchange(request);
    byte[] answer = bytes(response);
    if (response.statusCode() >= 300) {
      throw refusal(response.statusCode(), answer);
    }
    return answer;
  }

  private HttpRequest.Builder request(
      String method, String path, BodyPublisher body, String contentType) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(settings.server().toString().replaceAll("/+$", "") + path))
            .method(method, body)
            .header("Accept", JSON)
            .header("User-Agent", userAgent);
    if (!contentType.isEmpty()) {
      request.header("Content-Type", contentType);
    }
    if (!settings.token().isEmpty()) {
      request.header("Authorization", "Bearer " + settings.token());
    }
    return request;
  }

  private HttpResponse<InputStream> exchange(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiException.unavailable("interrupted while waiting for " + settings.server());
    }
  }

  private byte[] bytes(HttpResponse<InputStream> response) {
    try (InputStream body = response.body()) {
      return body.readAllBytes();
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private ApiException unreachable(IOException e) {
    String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return ApiException.unavailable(
        "the API server at %s cannot be reached: %s".formatted(settings.server(), why));
  }

  private static ApiException refusal(int code, byte[] body) {
    try {
      Document status = Document.ofJson(body);
      if (status.kind().equals("Status")) {
        return ApiException.ofStatus(status);
      }
    } catch (UncheckedIOException e) {
      return plain(code, body);
    }
    return plain(code, body);
  }

  private static ApiException plain(int code, byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8).strip();
    return new ApiException(
        code, "", text.isEmpty() ? "the server answered with code " + code : text, null);
  }

  private static Document document(byte[] body) {
    return Document.ofJson(body);
  }

  private static Listing listing(Target target, Document list) {
    ObjectNode tree = list.tree();
    List<Document> items = new ArrayList<>(tree.path("items").size());
    for (JsonNode item : tree.path("items")) {
      if (item instanceof ObjectNode object) {
        object.put("apiVersion", target.type().apiVersion()).put("kind", target.type().kind());
        items.add(Document.of(object));
      }
    }
    JsonNode meta = tree.path("metadata");
    JsonNode remaining = meta.path("remainingItemCount");
    return new Listing(
        items,
        meta.path("resourceVersion").asText(""),
        meta.path("continue").asText(""),
        remaining.isNumber() ? Long.valueOf(remaining.asLong()) : null);
  }

  private static BodyPublisher body(DeleteOptions options) {
    ObjectNode tree = Json.object();
    tree.put("apiVersion", "v1").put("kind", "DeleteOptions");
    if (options.gracePeriodSeconds() != null) {
      tree.put("gracePeriodSeconds", options.gracePeriodSeconds());
    }
    if (options.propagation() != null) {
      tree.put(
          "propagationPolicy",
          switch (options.propagation()) {
            case ORPHAN -> "Orphan";
            case BACKGROUND -> "Background";
            case FOREGROUND -> "Foreground";
          });
    }
    if (!options.uid().isEmpty()) {
      tree.withObject("/preconditions").put("uid", options.uid());
    }
    if (!options.resourceVersion().isEmpty()) {
      tree.withObject("/preconditions").put("resourceVersion", options.resourceVersion());
    }
    if (options.dryRun()) {
      tree.putArray("dryRun").add("All");
    }
    return BodyPublishers.ofByteArray(Json.bytes(tree));
  }
}
