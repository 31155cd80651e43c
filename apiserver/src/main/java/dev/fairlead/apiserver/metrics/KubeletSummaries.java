package dev.fairlead.apiserver.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.logs.KubeletAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches {@code /stats/summary} of many kubelets at once. */
final class KubeletSummaries implements SummarySource, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KubeletSummaries.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient client;

  /**
   * Over TLS.
   *
   * @param tls shows the API server's client certificate and trusts the kubelets'
   */
  KubeletSummaries(SSLContext tls) {
    this.client =
        HttpClient.newBuilder()
            .sslContext(tls)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
  }

  @Override
  public Map<String, JsonNode> fetch(Collection<Document> nodes) {
    Map<String, CompletableFuture<HttpResponse<byte[]>>> asked = new TreeMap<>();
    for (Document node : nodes) {
      KubeletAddress.ofNode(node).ifPresent(kubelet -> asked.put(node.name(), ask(kubelet)));
    }
    Map<String, JsonNode> result = new TreeMap<>();
    asked.forEach((name, answer) -> {
      try {
        HttpResponse<byte[]> response = answer.join();
        if (response.statusCode() == 200) {
          result.put(name, Json.tree(response.body()));
        } else {
          log.debug("{}: its kubelet answers {}", name, response.statusCode());
        }
      } catch (RuntimeException e) {
        log.debug("{}: its kubelet does not answer: {}", name, e.getMessage());
      }
    });
    return result;
  }

  private CompletableFuture<HttpResponse<byte[]>> ask(KubeletAddress kubelet) {
    URI uri = URI.create("https://%s/stats/summary".formatted(kubelet.authority()));
    return client.sendAsync(
        HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(), BodyHandlers.ofByteArray());
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
