package dev.fairlead.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

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

  private static SSLContext context(Path keys) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers(keys), new TrustManager[] {new AnyServer()}, null);
      return context;
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

  /** The servers are ours and on loopback. */
  private static final class AnyServer extends X509ExtendedTrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      throw new IllegalStateException("no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
      throw new IllegalStateException("no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
      throw new IllegalStateException("no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
