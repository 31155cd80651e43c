package dev.fairlead.bench;

import dev.fairlead.http.AnyCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The client of the benchmarks: the JDK's, over TLS, the same for every server. */
final class ApiCaller implements AutoCloseable {
  private final String url;
  private final HttpClient client;

  /**
   * A client with connections of its own.
   *
   * @param keys the certificate to show, where the file exists
   */
  ApiCaller(String url, Path keys) {
    this.url = url;
    this.client = HttpClient.newBuilder().sslContext(context(keys)).build();
  }

  HttpClient client() {
    return client;
  }

  HttpRequest.Builder request(String path, String accept) {
    return HttpRequest.newBuilder(URI.create(url + path)).header("Accept", accept);
  }

  /**
   * Sends one request with a JSON body and drops the answer.
   *
   * @throws IllegalStateException when it is refused: the run does not count
   */
  void send(String method, String path, String mediaType, String body) {
    HttpRequest request =
        request(path, "application/json")
            .header("Content-Type", mediaType)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      require(client.send(request, HttpResponse.BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Gets something and drops it. */
  void get(String path) {
    try {
      require(
          client.send(
              request(path, "application/json").build(), HttpResponse.BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new IllegalStateException("GET " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Gets something as a stream, which the caller closes. */
  InputStream open(String path, String accept) throws IOException, InterruptedException {
    HttpResponse<InputStream> answer =
        client.send(request(path, accept).build(), HttpResponse.BodyHandlers.ofInputStream());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(path + ": " + answer.statusCode());
    }
    return answer.body();
  }

  private static void require(HttpResponse<byte[]> answer) {
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(
          answer.request() + ": " + answer.statusCode() + " " + new String(answer.body()));
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  /** The servers are ours and on loopback. */
  private static SSLContext context(Path keys) {
    try {
      return AnyCertificate.context(keyManagers(keys));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(keys.toString(), e);
    }
  }

  private static KeyManager[] keyManagers(Path keys) throws GeneralSecurityException, IOException {
    if (!Files.exists(keys)) {
      return new KeyManager[0];
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(KeyStore.getInstance(keys.toFile(), new char[0]), new char[0]);
    return factory.getKeyManagers();
  }
}
