package dev.fairlead.apiserver;

import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.auth.Authorizer;
import dev.fairlead.apiserver.certs.CertificateAuthority;
import dev.fairlead.apiserver.certs.Issued;
import dev.fairlead.apiserver.certs.SigningKey;
import dev.fairlead.apiserver.discovery.Check;
import dev.fairlead.apiserver.registry.Registry;
import dev.fairlead.apiserver.registry.RegistrySettings;
import dev.fairlead.apiserver.tokens.TokenCodec;
import dev.fairlead.http.HttpServerSettings;
import dev.fairlead.store.MemoryStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;

/** An API server over a memory store on loopback, with a client for an administrator. */
final class TestServer implements AutoCloseable {
  static final String ISSUER = "https://kubernetes.default.svc.cluster.local";

  final CertificateAuthority authority = CertificateAuthority.create(Clock.systemUTC());
  final Issued admin = authority.issueUser("admin", List.of("system:masters"));
  final Registry registry;
  private final MemoryStore store = new MemoryStore();
  private final ApiServer server;
  private final InetSocketAddress address;
  private final HttpClient client;

  TestServer() throws IOException {
    registry = new Registry(store, RegistrySettings.DEFAULT, InstantSource.system(), new Random(1));
    Document namespace =
        Document.of(
                Json.parse(
                    "{\"metadata\":{\"name\":\"default\"}}".getBytes(StandardCharsets.UTF_8)))
            .with(tree -> tree.put("apiVersion", "v1").put("kind", "Namespace"));
    registry.create(Target.all(Kinds.NAMESPACE), namespace, WriteOptions.NONE);
    server =
        new ApiServer(
            new ApiServer.Settings(
                registry,
                Authorizer.AUTHENTICATED,
                authority.issueServer("apiserver", List.of("localhost"), List.of("127.0.0.1")),
                authority.issueClient("kube-apiserver", List.of("system:masters")),
                new TokenCodec(SigningKey.create(), ISSUER),
                List.of(new Check("registry", () -> true)),
                InstantSource.system(),
                new Random(1),
                HttpServerSettings.DEFAULT));
    address = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    client = HttpClient.newBuilder().sslContext(admin.clientContext()).build();
  }

  HttpClient anonymous() throws Exception {
    SSLContext trusting = authority.issueClient("", List.of()).clientContext();
    return HttpClient.newBuilder().sslContext(trusting).build();
  }

  HttpClient client() {
    return client;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + address.getPort() + path));
  }

  HttpResponse<String> get(String path, String accept) throws Exception {
    return client.send(
        request(path).header("Accept", accept).build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> send(String method, String path, String type, String body) throws Exception {
    return client.send(
        request(path)
            .header("Content-Type", type)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  String kubeconfig() {
    return """
    apiVersion: v1
    kind: Config
    current-context: test
    clusters: [{name: test, cluster: {server: "https://127.0.0.1:%d", certificate-authority-data: %s}}]
    users: [{name: test, user: {client-certificate-data: %s, client-key-data: %s}}]
    contexts: [{name: test, context: {cluster: test, user: test}}]
    """
        .formatted(
            address.getPort(),
            base64(authority.certificatePem()),
            base64(admin.certificatePem()),
            base64(admin.keyPem()));
  }

  /** For the holder of a token. */
  String kubeconfig(String token) {
    return """
    apiVersion: v1
    kind: Config
    current-context: test
    clusters: [{name: test, cluster: {server: "https://127.0.0.1:%d", certificate-authority-data: %s}}]
    users: [{name: test, user: {token: "%s"}}]
    contexts: [{name: test, context: {cluster: test, user: test}}]
    """
        .formatted(address.getPort(), base64(authority.certificatePem()), token);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.close();
    registry.close();
    store.close();
  }
}
